"""Statements about open appeals of those who leave, and about who has left."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import OPEN, appeals
from storage.schema.councils import council_members
from storage.schema.organisation import offices, routes, section_assignments
from storage.schema.people import roles

Key = tuple[date, int]

_A = appeals.c


def open_of_official(
    connection: Connection, official: str, after: Key | None, limit: int
) -> Sequence[RowMapping]:
    """Return the open appeals that name this official, the earliest due first, after the key."""
    statement = sa.select(appeals).where(sa.text(OPEN), _A.official == official)
    if after is not None:
        statement = statement.where(sa.tuple_(_A.due_on, _A.id) > sa.tuple_(*after))
    statement = statement.order_by(_A.due_on, _A.id).limit(limit)
    return connection.execute(statement).mappings().all()


def open_of_assignees(
    connection: Connection, people: Collection[int], limit: int
) -> Sequence[RowMapping]:
    """Return the open appeals on which one of these people works."""
    statement = sa.select(appeals).where(
        sa.text(OPEN), _A.assignee.is_not(None), _A.assignee.in_(people)
    )
    return connection.execute(statement.limit(limit)).mappings().all()


def holders_ever(connection: Connection, official: str) -> Sequence[int]:
    """Return who holds the official's account, or held it last."""
    statement = sa.select(roles.c.person_id).where(roles.c.official == official)
    return connection.execute(statement.order_by(roles.c.person_id)).scalars().all()


def gone_with_work(connection: Connection, since: datetime) -> Sequence[int]:
    """Return who left the staff at or after this moment and still has open appeals assigned."""
    still = roles.alias()
    works = sa.exists().where(still.c.person_id == roles.c.person_id, still.c.until.is_(None))
    assigned = sa.exists().where(
        sa.text(OPEN), _A.assignee.is_not(None), _A.assignee == roles.c.person_id
    )
    statement = (
        sa.select(roles.c.person_id)
        .where(roles.c.until >= since, ~works, assigned)
        .distinct()
        .order_by(roles.c.person_id)
    )
    return connection.execute(statement).scalars().all()


def ended(connection: Connection, first: date, last: date) -> list[tuple[str, date]]:
    """Return whose assignments, routes and seats in councils ended on these days, and when."""
    found = {
        (row.official, row.until)
        for table in (section_assignments, routes, council_members)
        for row in connection.execute(
            sa.select(table.c.official, table.c.until).where(
                table.c.until.between(first, last), table.c.official.is_not(None)
            )
        )
    }
    return sorted(found)


def head_of(connection: Connection, office: str) -> str | None:
    """Return the code of the official who leads an office."""
    return connection.execute(sa.select(offices.c.head).where(offices.c.code == office)).scalar()


def ever_held(connection: Connection, section: str, official: str) -> bool:
    """Tell whether the section was assigned to the official at any time."""
    table = section_assignments.c
    found = sa.exists().where(table.section == section, table.official == official)
    return bool(connection.execute(sa.select(found)).scalar())


def count_by_official(connection: Connection) -> dict[str, int]:
    """Return how many open appeals name each official; walks through the index of open ones."""
    statement = (
        sa.select(_A.official, sa.func.count().label("open"))
        .where(sa.text(OPEN), _A.official.is_not(None))
        .group_by(_A.official)
        .order_by(_A.official)
    )
    return {row.official: row.open for row in connection.execute(statement)}
