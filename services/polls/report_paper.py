"""The report of a poll as a document in one language, before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.polls.report import Asked, Blunt, Breakdown, Group, Share

_SPACE = "\N{NO-BREAK SPACE}"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Said:
    """The words of tables; those with braces are filled in by whoever draws."""

    contents: str
    facts: str
    method: str
    question: str  # {number}
    national: str
    answer: str
    group: str
    breakdown: str
    votes: str
    share: str
    weighted: str
    interval: str
    low: str
    high: str
    differs: str
    base: str
    skipped: str
    not_asked: str
    value: str
    note: str
    mean: str
    rank: str
    borda: str
    theme: str
    mentions: str
    open_answers: str
    no_themes: str
    low_base: str
    no_percentages: str
    too_few: str
    missing: str  # {groups}
    several: str
    page: str  # {page}, {pages}
    respondents: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who answered what in a named poll, in words: personal data, for a spreadsheet only."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything written in a report.

    facts are pairs of a label and a value; method are pairs of a term and what it means. pictures
    are PNG files by the number of the question.
    """

    language: str
    over: str
    title: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    questions: tuple[Asked, ...]
    method: tuple[tuple[str, str], ...]
    said: Said
    made_at: datetime
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    roster: Roster | None = None

    @property
    def weighted(self) -> bool:
        """Tell whether any share is weighted."""
        groups = (asked.national for asked in self.questions if asked.national)
        return any(line.weighted is not None for group in groups for line in group.lines)


def share_words(share: Share) -> str:
    """Return «42 %», «>95 %», «<5 %», or a dash."""
    if share is None:
        return NOTHING
    if isinstance(share, Blunt):
        return f">95{_SPACE}%" if share.all else f"<5{_SPACE}%"
    return f"{int(share * 100 + 0.5 + 1e-9)}{_SPACE}%"


def interval_words(low: float | None, high: float | None) -> str:
    """Return «38–44 %», or a dash."""
    if low is None or high is None:
        return NOTHING
    return f"{round(low * 100)}–{round(high * 100)}{_SPACE}%"


def number_words(value: float) -> str:
    """Return a number with one place behind the comma."""
    return f"{value:.1f}".replace(".", ",")


def base_words(group: Group, said: Said) -> str:
    """Return «Answered: 155 · skipped: 12 · low base»."""
    parts = [f"{said.base}: {spaced(group.answered)}"]
    if group.skipped:
        parts.append(f"{said.skipped}: {spaced(group.skipped)}")
    if group.not_asked:
        parts.append(f"{said.not_asked}: {spaced(group.not_asked)}")
    parts += [mark for mark in (mark_of(group, said),) if mark]
    return " · ".join(parts)


def mark_of(group: Group, said: Said) -> str:
    """Return «low base», «too few for percentages», or nothing."""
    if group.low_base:
        return said.low_base
    return "" if group.percentages or not group.lines else said.no_percentages


def missing_words(breakdown: Breakdown, said: Said) -> str:
    """Return which groups have no table of their own, or nothing."""
    if not breakdown.missing:
        return ""
    return said.missing.replace("{groups}", ", ".join(breakdown.missing))


def spaced(value: int) -> str:
    """Return the number with its thousands apart."""
    return f"{value:,}".replace(",", _SPACE)
