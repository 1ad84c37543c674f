"""Queries and writes about people and their roles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.consents import HELD
from storage.schema.people import people, roles
from storage.upsert import upsert

# Written once: every update of somebody who is not in memory asks these.
_FIND = sa.select(people).where(people.c.id == sa.bindparam("person"))
# Rows that refer to the person can be written by others meanwhile.
_HOLD = (
    sa.select(people.c.id)
    .where(people.c.id == sa.bindparam("person"))
    .with_for_update(key_share=True)
)
_ROLES = sa.select(roles.c.role, roles.c.area, roles.c.section, roles.c.official).where(
    roles.c.person_id == sa.bindparam("person"), roles.c.until.is_(None)
)
_FIND_WHOLE = _FIND.add_columns(
    HELD.scalar_subquery().label("consents"), sa.exists(_ROLES).label("works")
)


def find_person(connection: Connection, person_id: int) -> RowMapping | None:
    """Return the row of this person."""
    return connection.execute(_FIND, {"person": person_id}).mappings().one_or_none()


def hold(connection: Connection, person_id: int) -> None:
    """Let everybody else who holds this person wait until the end of the transaction."""
    connection.execute(_HOLD, {"person": person_id})


def find_whole_person(connection: Connection, person_id: int) -> RowMapping | None:
    """Return the row of this person with `consents` and `works`.

    consents are those in force as "kind:version kind:version", NULL for none; works tells
    whether they hold any role.
    """
    return connection.execute(_FIND_WHOLE, {"person": person_id}).mappings().one_or_none()


def add_person(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a person who came for the first time; a known one keeps everything."""
    upsert(connection, people, ["id"], values, update=())


def note_profile_asked(connection: Connection, person_id: int, now: datetime) -> None:
    """Note that a person was asked for the poll profile; the first time stands."""
    connection.execute(
        sa.update(people)
        .where(people.c.id == person_id, people.c.profile_asked_at.is_(None))
        .values(profile_asked_at=now)
    )


def change_person(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a person."""
    connection.execute(sa.update(people).where(people.c.id == person_id).values(**values))


def current_roles(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return the roles that this person holds now: rows of role, area, section and official."""
    return connection.execute(_ROLES, {"person": person_id}).mappings().all()


def people_with_role(
    connection: Connection, role: str, official: str | None = None
) -> Sequence[int]:
    """Return the ids of people who hold this role now, for one official where named."""
    statement = sa.select(roles.c.person_id).where(roles.c.role == role, roles.c.until.is_(None))
    if official is not None:
        statement = statement.where(roles.c.official == official)
    return connection.execute(statement.order_by(roles.c.person_id)).scalars().all()


def grant_role(
    connection: Connection,
    person_id: int,
    role: str,
    official: str | None,
    now: datetime,
    *,
    area: str = "",
    section: str = "",
) -> None:
    """Give a role for a place and a section, or give it again after it ended.

    Whoever has it already keeps the moment since when they have it.
    """
    held = {
        (each["role"], each["area"], each["section"], each["official"])
        for each in current_roles(connection, person_id)
    }
    if (role, area, section, official) in held:
        return
    values = {
        "person_id": person_id,
        "role": role,
        "area": area,
        "section": section,
        "official": official,
        "since": now,
        "until": None,
    }
    keys = ["person_id", "role", "area", "section"]
    upsert(connection, roles, keys, values, update=("official", "since", "until"))
