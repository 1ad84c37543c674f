"""Who works here: the first administrators, and the list of the staff with what each holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.audit.acts import Act
from services.audit.recording import record
from services.people.deeds import Deed
from services.people.model import Role
from services.people.person import find_person
from services.people.rights import Grant, authorise
from services.people.sessions import Session, session_of
from storage import people as rows
from storage import staff as staff_rows
from storage.former_staff import has_left
from storage.sessions import find_session


@dataclass(frozen=True, slots=True)
class Held:
    """A grant and since when it is held."""

    grant: Grant
    since: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff; used_at is when they used the bot last, None where they have no PIN."""

    id: int
    name: str
    held: tuple[Held, ...]
    session: Session
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Members:
    """Some of the staff by name, (person, name, roles); `more` where others follow."""

    people: tuple[tuple[int, str, tuple[Role, ...]], ...]
    more: bool


def list_staff(connection: Connection, actor: int, *, after: int = 0, limit: int = 10) -> Members:
    """Return a page of the staff from behind this person on, 0 for the beginning.

    Raises Refusal for who neither administers nor audits the whole organisation.
    """
    authorise(connection, actor, Deed.READ_STAFF)
    return members(connection, after=after, limit=limit)


def members(connection: Connection, *, after: int = 0, limit: int = 10) -> Members:
    """Return what `list_staff` does, on the server (a query)."""
    held = [role.value for role in Role]
    found = staff_rows.colleagues(connection, held, after, limit + 1)
    people = tuple((row["id"], row["name"], _roles(connection, row)) for row in found[:limit])
    return Members(people, more=len(found) > limit)


def find_member(connection: Connection, actor: int, person_id: int) -> Member | None:
    """Return one of the staff, None for who is none of them any more; raises Refusal (a query)."""
    authorise(connection, actor, Deed.READ_STAFF)
    person = rows.find_person(connection, person_id)
    held = staff_rows.roles_since(connection, person_id)
    if person is None or not held:
        return None
    session = find_session(connection, person_id)
    return Member(
        person_id,
        person["name"],
        tuple(Held(_grant(row), row["since"]) for row in held),
        session_of(connection, person_id),
        session["used_at"] if session is not None else None,
    )


def appoint_administrators(
    connection: Connection, person_id: int, administrators: Collection[int], now: datetime
) -> None:
    """Give the administrator's role to a person whom the settings name.

    Not to one who had it already, under whatever data: it may have been ended since.

    Key: (person, role).
    """
    role = Role.ADMINISTRATOR.value
    held = staff_rows.ever_held(connection, person_id, role) or has_left(connection, person_id)
    if person_id in administrators and not held:
        rows.grant_role(connection, person_id, role, None, now)
        on = f"person:{person_id}"
        record(connection, who=None, what=Act.APPOINT, on=on, now=now, key=role, role=role)


def appoint_known_administrators(
    connection: Connection, administrators: Collection[int], now: datetime
) -> None:
    """Give the administrator's role to those whom the settings name and the bot knows already.

    Key: (person, role).
    """
    for person_id in sorted(administrators):
        if find_person(connection, person_id) is not None:
            appoint_administrators(connection, person_id, administrators, now)


def _roles(connection: Connection, row: RowMapping) -> tuple[Role, ...]:
    held = {Role(each["role"]) for each in rows.current_roles(connection, row["id"])}
    return tuple(role for role in Role if role in held)


def _grant(row: RowMapping) -> Grant:
    return Grant(Role(row["role"]), row["area"], row["section"], row["official"])
