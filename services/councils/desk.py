"""What those who look after councils see first: how complete, who is inactive, who applies."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.councils.composition import Composition, Places, composition_of, overview
from services.councils.deciding import count_for
from services.councils.members import inactive_seen
from services.people.deeds import Deed
from services.people.rights import authorise, entitled, may


@dataclass(frozen=True, slots=True)
class Desk:
    """waiting is None for who decides on no application."""

    places: tuple[Places, ...]
    inactive: int
    waiting: int | None


def read_desk(connection: Connection, actor: int, now: datetime) -> Desk:
    """Return what an actor sees first (a query); raises Refusal for who looks after none."""
    day = local_date(now)
    found = inactive_seen(connection, actor, day)
    return Desk(
        overview(connection, day),
        sum(len(one.members) for one in found),
        _waiting(connection, actor, day),
    )


def _waiting(connection: Connection, actor: int, day: date) -> int | None:
    if not may(connection, actor, Deed.READ_APPLICATIONS):
        return None
    return count_for(connection, entitled(connection, actor, Deed.READ_APPLICATIONS), day)


def read_place(
    connection: Connection, actor: int, region: str | None, district: str | None, now: datetime
) -> Composition:
    """Return the composition of a place to the staff (a query); raises Refusal for others."""
    authorise(connection, actor, Deed.READ_COUNCILS)
    return composition_of(connection, region, district, local_date(now))
