"""The programmes whose attendance somebody may mark."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.model import Programme, ProgrammeStatus, programme_of
from services.programmes.place import place_of
from storage import programmes as rows

PAGE = 10


@dataclass(frozen=True, slots=True)
class Schools:
    """A page of programmes, the newest first; later: below which number it goes on."""

    programmes: tuple[Programme, ...]
    later: int | None


def read_schools(connection: Connection, actor: int, before: int | None) -> Schools:
    """Return the programmes within somebody's reach that are no drafts (a query)."""
    reached = authorise(connection, actor, Deed.MARK_ATTENDANCE)
    found = rows.desk(connection, before, PAGE)
    own = [programme_of(row) for row in found if row["status"] != ProgrammeStatus.DRAFT]
    return Schools(
        tuple(each for each in own if reached.holds(place_of(each))),
        found[-1]["id"] if len(found) == PAGE else None,
    )
