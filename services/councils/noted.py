"""What digests say of public councils: inactive members, and who offered themselves.

Whoever answers for a whole territory hears of its councils, a chair and a deputy of their own.
Fewer than ten councils lie in most territories; the whole country is read in a few statements.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from services.councils.composition import council_of
from services.councils.deciding import decided_for
from services.councils.members import inactive_in
from services.councils.sight import scope_holds
from services.digests.model import Period
from services.digests.notes import Note, NoteItem, NoteKind
from services.roadmap.responsibility import stands_for
from storage import council_applications, council_reading

if TYPE_CHECKING:
    from services.digests.party import Reader

# Councils that a note names; the others are counted.
_NAMED = 3


def council_notes(connection: Connection, reader: "Reader") -> Iterator[Note]:
    """Yield what waits and, once a week, who does nothing (a query)."""
    officials = stands_for(connection, reader.official, reader.day)
    own = decided_for(connection, officials, reader.day)
    if waiting := _waiting(connection, own):
        yield Note(NoteKind.COUNCIL_APPLICATIONS, waiting)
    if not _is_weekly(reader) or not (own or _territory(reader)):
        return
    seen = [
        one
        for one in map(council_of, council_reading.all_on(connection, reader.day))
        if one.code in own or scope_holds(reader.scope, one)
    ]
    found = inactive_in(connection, seen, reader.day)
    if found:
        items = tuple(
            NoteItem(one.council.code, one.council.name_kk, one.council.name_ru, len(one.members))
            for one in found[:_NAMED]
        )
        yield Note(NoteKind.COUNCIL_IDLE, sum(len(one.members) for one in found), items)


def _waiting(connection: Connection, own: frozenset[str]) -> int:
    """Return how many applications wait for the reader: of their own councils only."""
    return council_applications.count_waiting(connection, own) if own else 0


def _territory(reader: "Reader") -> bool:
    return any(area.sections is None for area in reader.scope.areas)


def _is_weekly(reader: "Reader") -> bool:
    """Tell whether it is Monday morning, or a digest of a longer time.

    Whoever answers for the whole country reads it in the longer ones only.
    """
    if reader.period is not Period.DAILY:
        return True
    return reader.day.weekday() == 0 and not reader.scope.everything
