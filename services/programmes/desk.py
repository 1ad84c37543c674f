"""What the staff see of programmes: the list, one of them whole, and who takes part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record_reading
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.catalogue import Card
from services.programmes.composing import where_is
from services.programmes.model import (
    ACTIVE,
    Field,
    Programme,
    SignUp,
    field_of,
    programme_of,
    session_of,
    signup_of,
)
from services.refusal import N_, Refusal
from storage import programmes as rows
from storage import signups as people

PAGE = 8
PERSONS = 10
# Of one file.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Participants:
    """Who takes part or waits, a page of them; counts: by status, of all."""

    programme: Programme
    fields: tuple[Field, ...]
    people: tuple[SignUp, ...] = field(repr=False)
    counts: Mapping[str, int]
    more: bool


def all_programmes(
    connection: Connection, by: int, before: int | None = None
) -> tuple[list[Programme], bool]:
    """Return programmes within the reach of this person, the newest first, and if there are more.

    A query; raises Refusal.
    """
    reached = authorise(connection, by, Deed.RUN_PROGRAMMES)
    found: list[Programme] = []
    while True:
        page = [programme_of(row) for row in rows.desk(connection, before, PAGE + 1)]
        found += [each for each in page if reached.holds(where_is(each))]
        if len(page) <= PAGE or len(found) > PAGE:
            return found[:PAGE], len(found) > PAGE
        before = page[-1].id


def desk_card(connection: Connection, by: int, programme_id: int) -> Card:
    """Return a programme with its form and sessions, for the staff (a query); raises Refusal."""
    programme = find_programme(connection, programme_id)
    authorise(connection, by, Deed.RUN_PROGRAMMES, where_is(programme))
    return Card(
        programme,
        tuple(map(field_of, rows.fields_of(connection, programme_id))),
        tuple(map(session_of, rows.sessions_of(connection, programme_id))),
    )


def read_participants(
    connection: Connection, by: int, programme_id: int, after: int, now: datetime
) -> Participants:
    """Return a page of who takes part or waits, by sign-up, and write down who has read it.

    Key: reading (programme, who, ten minutes).
    """
    programme = find_programme(connection, programme_id)
    authorise(connection, by, Deed.READ_PARTICIPANTS, where_is(programme))
    on = f"programme:{programme_id}"
    record_reading(connection, who=by, what=Deed.READ_PARTICIPANTS, on=on, now=now)
    return _participants(connection, programme, after, PERSONS)


def all_participants(connection: Connection, by: int, programme_id: int) -> Participants:
    """Return everybody who takes part or waits (a query); for a file that was let out."""
    programme = find_programme(connection, programme_id)
    authorise(connection, by, Deed.READ_PARTICIPANTS, where_is(programme))
    return _participants(connection, programme, 0, MOST)


def _participants(
    connection: Connection, programme: Programme, after: int, limit: int
) -> Participants:
    standing = [each.value for each in ACTIVE]
    found = people.signups_of(connection, programme.id, standing, after=after, limit=limit + 1)
    return Participants(
        programme,
        tuple(map(field_of, rows.fields_of(connection, programme.id, retired=True))),
        tuple(map(signup_of, found[:limit])),
        people.count_by_status(connection, programme.id),
        len(found) > limit,
    )


def find_programme(connection: Connection, programme_id: int) -> Programme:
    """Return a programme (a query); raises Refusal where there is none."""
    row = rows.find_programme(connection, programme_id)
    if row is None:
        raise Refusal(N_("There is no such programme."))
    return programme_of(row)
