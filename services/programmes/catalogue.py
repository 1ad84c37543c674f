"""What citizens see: programmes that are still ahead or going on, and one of them whole."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.programmes.model import (
    ACTIVE,
    PUBLIC,
    Field,
    Programme,
    ProgrammeStatus,
    Session,
    SignUp,
    SignUpStatus,
    field_of,
    programme_of,
    session_of,
    signup_of,
)
from services.programmes.topics import Hearing, hearing_of
from services.refusal import N_, Refusal
from storage import programmes as rows
from storage import signups as people

PAGE = 8


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue; more: there are others beyond the last one."""

    programmes: tuple[Programme, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A programme, what its form asks, its sessions, and how the reader stands to it.

    place: which place in the queue is theirs, from 1; None where they do not wait. hearing:
    whether they get its news.
    """

    programme: Programme
    fields: tuple[Field, ...]
    sessions: tuple[Session, ...]
    own: SignUp | None = None
    place: int | None = None
    hearing: Hearing = Hearing.NOTHING


def open_programmes(
    connection: Connection,
    place: tuple[str | None, str | None] | None,
    day: date,
    after: tuple[date, int] | None = None,
) -> Page:
    """Return programmes that one can sign up for or that go on, the next ones first (a query).

    place: for whom (region, district) or everybody; None: for whatever place.
    """
    standing = [ProgrammeStatus.OPEN.value, ProgrammeStatus.CLOSED.value]
    found = rows.catalogue(
        connection, standing, since=day, place=place, after=after, limit=PAGE + 1
    )
    return Page(tuple(map(programme_of, found[:PAGE])), len(found) > PAGE)


def own_programmes(
    connection: Connection, person_id: int, day: date
) -> list[tuple[Programme, SignUp]]:
    """Return what somebody takes part in or waits for, those to come first (a query)."""
    mine = {
        row["programme_id"]: signup_of(row)
        for row in people.own_signups(connection, person_id, [each.value for each in ACTIVE])
    }
    found = [programme_of(row) for row in rows.programmes_by_ids(connection, sorted(mine))]
    ordered = sorted(found, key=lambda one: (one.over(day), one.begins_on, one.id))
    return [(each, mine[each.id]) for each in ordered]


def read_card(connection: Connection, programme_id: int, person_id: int) -> Card:
    """Return a programme that citizens may see (a query); raises Refusal for any other."""
    row = rows.find_programme(connection, programme_id)
    if row is None or ProgrammeStatus(row["status"]) not in PUBLIC:
        raise Refusal(N_("There is no such programme."))
    own = people.find_own(connection, programme_id, person_id)
    waits = own is not None and own["status"] == SignUpStatus.WAITING.value
    programme = programme_of(row)
    return Card(
        programme,
        tuple(map(field_of, rows.fields_of(connection, programme_id))),
        tuple(map(session_of, rows.sessions_of(connection, programme_id))),
        None if own is None else signup_of(own),
        people.place_in_queue(connection, own) if own is not None and waits else None,
        hearing_of(connection, person_id, programme),
    )
