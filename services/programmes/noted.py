"""What digests say of programmes: which begin within a week, which fill up, where people wait.

Whoever answers for a whole territory hears of it once a week: on Monday morning, and who answers
for the whole country in the weekly digest. Numbers of people under 10 are not told.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from services.digests.hiding import SMALLEST
from services.digests.model import Period
from services.digests.notes import Note, NoteItem, NoteKind
from services.programmes.model import Programme, programme_of
from services.programmes.queue import GOES_ON
from services.roadmap.scope import Scope
from storage import programmes as rows

if TYPE_CHECKING:
    from services.digests.party import Reader

WEEK = timedelta(days=7)
# Programmes that a note names; the others are counted.
_NAMED = 3
# Programmes looked at for one reader.
_MOST = 100


def programme_notes(connection: Connection, reader: "Reader") -> Iterator[Note]:
    """Yield what begins within a week, and what fills up or has a waiting list (a query)."""
    if not _is_weekly(reader) or not any(area.sections is None for area in reader.scope.areas):
        return
    standing = [each.value for each in GOES_ON]
    found = rows.noteworthy(connection, standing, reader.day, reader.day + WEEK, _MOST)
    seen = [each for each in map(programme_of, found) if _holds(reader.scope, each)]
    soon = [each for each in seen if reader.day <= each.begins_on <= reader.day + WEEK]
    full = [each for each in seen if each.queued or is_filling(each)]
    if soon:
        yield Note(NoteKind.PROGRAMMES_SOON, len(soon), _items(soon))
    if full:
        yield Note(NoteKind.PROGRAMMES_FULL, len(full), _items(full))


def is_filling(programme: Programme) -> bool:
    """Tell whether nine places of ten are taken."""
    return programme.capacity is not None and programme.taken * 10 >= programme.capacity * 9


def _items(found: Sequence[Programme]) -> tuple[NoteItem, ...]:
    return tuple(
        NoteItem(
            str(each.id),
            each.title_kk,
            each.title_ru,
            each.queued if each.queued >= SMALLEST else 0,
        )
        for each in found[:_NAMED]
    )


def _holds(scope: Scope, programme: Programme) -> bool:
    if scope.everything:
        return True
    if programme.region is None:
        return False
    return any(
        area.sections is None
        and area.region in {None, programme.region}
        and area.district in {None, programme.district}
        for area in scope.areas
    )


def _is_weekly(reader: "Reader") -> bool:
    if reader.period is Period.DAILY:
        return reader.day.weekday() == 0 and not reader.scope.everything
    return reader.period is Period.WEEKLY
