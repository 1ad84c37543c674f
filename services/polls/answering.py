"""Answering a survey: sheets are kept locked, and become one sealed ballot.

Commands handle closed boxes only; what opens and closes them is handed in, and its key never
reaches the tables.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.polls.model import Option, Poll, Question
from services.polls.ordering import order
from services.polls.sheet import Sheet
from services.refusal import N_, Refusal
from storage import poll_drafts as drafts
from storage import polls as rows

# From the box that is kept, None where there is none, to what comes in its place.
Turn = Callable[[bytes | None], bytes | None]
Step = Callable[[Sequence[Question], Sheet], Sheet]


class PollClosed(Refusal):
    """The poll takes no more answers."""

    def __init__(self) -> None:
        super().__init__(N_("This poll is closed: answers are no longer accepted."))


@dataclass(frozen=True, slots=True)
class Filling:
    """One person before one poll; without a sheet where nothing is begun."""

    poll: Poll
    sheet: Sheet | None
    # Whether a ballot of theirs is sealed already; nobody can ask which.
    answered: bool = False
    tag: bytes = field(default=b"", repr=False)

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return the options in the order in which this person meets them."""
        return order(question, self.tag)


def change_draft(
    connection: Connection, poll_id: int, tag: bytes, turn: Turn, now: datetime
) -> None:
    """Keep what `turn` makes of the locked sheet; None leaves all as it is.

    Raises PollClosed from the closing time on, and once an operator has closed the poll.

    Key: (poll, voter tag); what `turn` makes of its own result must be the same.
    """
    if not drafts.hold_open(connection, poll_id, now):
        raise PollClosed
    box = turn(drafts.hold_draft(connection, poll_id, tag))
    if box is not None:
        drafts.put_draft(connection, poll_id, tag, box)


def cast_draft(
    connection: Connection, poll_id: int, tag: bytes, turn: Turn, now: datetime
) -> bool:
    """Keep the sealed ballot that `turn` makes of the locked sheet, and forget the sheet.

    False where `turn` makes none of it: then nothing changes. Raises PollClosed.

    Key: (poll, voter tag).
    """
    if not drafts.hold_open(connection, poll_id, now):
        raise PollClosed
    sealed = turn(drafts.hold_draft(connection, poll_id, tag))
    if sealed is None:
        return False
    rows.put_ballot(connection, poll_id, tag, sealed, now)
    drafts.delete_draft(connection, poll_id, tag)
    return True


def kept(connection: Connection, poll_id: int, tag: bytes) -> tuple[bytes | None, bool]:
    """Return the locked sheet of a tag, and whether a ballot is kept under it."""
    box = drafts.find_draft(connection, poll_id, tag)
    return box, rows.has_ballot(connection, poll_id, tag)
