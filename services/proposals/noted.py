"""What digests say of proposals: how many wait for an answer, and the top of the week.

How many no moderator has read for two days is told to who answers for everything.
The top is told on Mondays and in weekly digests, of the seven days that end on the Sunday before;
to those in whose section or place the proposals lie.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from services.clock import ALMATY
from services.digests.model import Period
from services.digests.notes import Note, NoteItem, NoteKind
from services.proposals.model import PUBLIC, ProposalStatus, titles_of
from storage import proposal_board as rows

if TYPE_CHECKING:
    from services.digests.party import Reader

# As long as a proposal may wait for its first answer before the digest names it.
PATIENCE = timedelta(days=15)
# As long as it may wait for a moderator.
UNREAD = timedelta(days=2)
_TOP = 3
_WEEK = timedelta(days=7)
_MONDAY = 0
_PUBLIC = tuple(sorted(status.value for status in PUBLIC))


def proposal_notes(connection: Connection, reader: "Reader") -> Iterator[Note]:
    """Yield what there is to say of proposals to this reader."""
    if not reader.scope:
        return
    begins = datetime.combine(reader.day, time(), ALMATY)
    if reader.scope.everything:
        waiting = ProposalStatus.WAITING.value
        unread = rows.count_unread(connection, waiting, begins - UNREAD)
        if unread:
            yield Note(NoteKind.PROPOSALS_UNREAD, unread)
    waits = rows.count_unanswered(
        connection, reader.scope.areas, ProposalStatus.PUBLISHED.value, begins - PATIENCE
    )
    if waits:
        yield Note(NoteKind.PROPOSALS_WAIT, waits)
    items = top_of_week(connection, reader)
    if items:
        yield Note(NoteKind.PROPOSALS_TOP, len(items), items)


def top_of_week(connection: Connection, reader: "Reader") -> tuple[NoteItem, ...]:
    """Return the proposals that got the most supports in the week; none on other days."""
    if reader.period is Period.WEEKLY:
        days = (reader.since, reader.until)
    elif reader.period is Period.DAILY and reader.day.weekday() == _MONDAY:
        days = (reader.day - _WEEK, reader.day - timedelta(days=1))
    else:
        return ()
    found = rows.top_of_days(connection, reader.scope.areas, _PUBLIC, days, _TOP)
    return tuple(
        NoteItem(str(row["id"]), *titles_of(row), count=int(row["gained"])) for row in found
    )
