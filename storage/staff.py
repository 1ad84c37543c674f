"""Statements about who works here."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.people import people, roles


def staff_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of those who are or were staff, by id; others are left out."""
    worked = sa.exists().where(roles.c.person_id == people.c.id)
    statement = sa.select(people.c.id, people.c.name).where(people.c.id.in_(ids), worked)
    return {row.id: row.name for row in connection.execute(statement)}


def colleagues(
    connection: Connection, held: Collection[str], after: int, limit: int
) -> Sequence[RowMapping]:
    """Return id and name of who holds one of these roles now, by name, from behind a person on.

    after is the id of that person, 0 for the beginning.
    """
    works = sa.exists().where(
        roles.c.person_id == people.c.id, roles.c.role.in_(held), roles.c.until.is_(None)
    )
    statement = sa.select(people.c.id, people.c.name).where(works)
    if after:
        last = sa.select(people.c.name).where(people.c.id == after).scalar_subquery()
        behind = sa.and_(people.c.name == last, people.c.id > after)
        statement = statement.where(sa.or_(people.c.name > last, behind))
    statement = statement.order_by(people.c.name, people.c.id).limit(limit)
    return connection.execute(statement).mappings().all()


def reachable(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Return those of these people who work here now and can be written to."""
    works = sa.exists().where(roles.c.person_id == people.c.id, roles.c.until.is_(None))
    statement = sa.select(people.c.id).where(
        people.c.id.in_(ids), people.c.unreachable_since.is_(None), works
    )
    return frozenset(connection.execute(statement).scalars())


def officials_with_accounts(connection: Connection) -> frozenset[str]:
    """Return the codes of the officials whose account somebody holds now."""
    statement = sa.select(roles.c.official).where(
        roles.c.official.is_not(None), roles.c.until.is_(None)
    )
    return frozenset(connection.execute(statement).scalars())
