"""A note in a digest: what it is about, how many, and what it names."""

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is about."""

    # A round of the rating waits for its second person; letters to deputies that are late.
    RATING_WAITS = "rating_waits"
    LETTERS_LATE = "letters_late"
    # Members of public councils who do nothing; people who offered themselves.
    COUNCIL_IDLE = "council_idle"
    COUNCIL_APPLICATIONS = "council_applications"
    # Programmes that begin this week, and those with a waiting list.
    PROGRAMMES_SOON = "programmes_soon"
    PROGRAMMES_FULL = "programmes_full"
    # Proposals that wait for a moderator or an answer, and the most supported of the week.
    PROPOSALS_UNREAD = "proposals_unread"
    PROPOSALS_WAIT = "proposals_wait"
    PROPOSALS_TOP = "proposals_top"
    # Closed polls and popular topics of which nobody has told what became of them.
    STORIES_WANTED = "stories_wanted"
    # A month of open numbers came out.
    OPENNESS_OUT = "openness_out"


@dataclass(frozen=True, slots=True)
class NoteItem:
    """One thing that a note names: its code or number, what it is called, how many."""

    ref: str
    kk: str = ""
    ru: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a digest; count is 0 where the items say it all."""

    kind: NoteKind
    count: int = 0
    items: tuple[NoteItem, ...] = ()
