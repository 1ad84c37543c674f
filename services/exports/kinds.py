"""Every file that staff can take, what it holds, and whether one alone may take it.

The one place where that is said; docs/administrator.md repeats it, and a test holds them equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.people.deeds import Deed


class Export(StrEnum):
    """A file, as the audit names it: "export:<kind>:<of which>"."""

    # Persons, or words of citizens
    NAMED = "named"
    WORDS = "words"
    UNREACHED = "unreached"
    AUDIT = "audit"
    PARTICIPANTS = "participants"
    # Numbers
    REPORT = "report"
    MAILING = "mailing"
    ROADMAP = "roadmap"
    COUNCILS = "councils"
    EXECUTION = "execution"
    CASES = "cases"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a file holds, and by which deed it is taken; second: another person lets it out."""

    holds: str
    deed: Deed
    second: bool


HOLDINGS: Mapping[Export, Holding] = {
    Export.NAMED: Holding(
        "who answered what in a named poll: names, places, answers",
        Deed.READ_RESPONDENTS,
        second=True,
    ),
    Export.WORDS: Holding(
        "all answers in words of a poll, with their themes", Deed.READ_ANSWERS, second=True
    ),
    Export.UNREACHED: Holding(
        "whom a mailing did not reach: Telegram numbers and reasons",
        Deed.EXPORT_UNREACHED,
        second=True,
    ),
    Export.AUDIT: Holding(
        "the audit: who did what, when, on which case", Deed.EXPORT_AUDIT, second=True
    ),
    Export.PARTICIPANTS: Holding(
        "who takes part in a programme or waits: names, answers of the form",
        Deed.READ_PARTICIPANTS,
        second=True,
    ),
    Export.REPORT: Holding(
        "the report of a poll (PDF, XLSX): counts", Deed.READ_REPORT, second=False
    ),
    Export.MAILING: Holding("a mailing in numbers", Deed.READ_MAILINGS, second=False),
    Export.ROADMAP: Holding("the tables of the Road Map", Deed.EXPORT_ROADMAP, second=False),
    Export.COUNCILS: Holding(
        "public councils: fields, terms, members, meetings, who came",
        Deed.IMPORT_COUNCILS,
        second=False,
    ),
    Export.EXECUTION: Holding(
        "how the Road Map is carried out (PDF, XLSX)", Deed.READ_EXECUTION, second=False
    ),
    Export.CASES: Holding(
        "open cases of a digest: numbers, topics, places, days; no names and no words",
        Deed.READ_DIGEST,
        second=False,
    ),
}
