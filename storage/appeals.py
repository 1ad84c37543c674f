"""Statements about appeals, their files and their history."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema.appeals import (
    appeal_events,
    appeal_numbers,
    appeals,
    attachments,
)
from storage.upsert import upsert

_LINE = (
    appeals.c.id,
    appeals.c.number,
    appeals.c.status,
    appeals.c.topic,
    appeals.c.section,
    appeals.c.region,
    appeals.c.district,
    appeals.c.registered_at,
    appeals.c.due_on,
    appeals.c.campaign,
)

# Made once: building a statement costs more than running it.
_BY_DRAFT = sa.select(appeals).where(appeals.c.draft_id == sa.bindparam("of_draft"))
_NEXT_NUMBER = (
    sa.update(appeal_numbers)
    .where(appeal_numbers.c.year == sa.bindparam("of_year"))
    .values(last=appeal_numbers.c.last + 1)
    .returning(appeal_numbers.c.last)
)
_ADD_APPEAL = {
    name: dialect.insert(appeals)
    .on_conflict_do_nothing(index_elements=["draft_id"])
    .returning(*appeals.c)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_ADD_EVENT = sa.insert(appeal_events)
_BY_ID = sa.select(appeals).where(appeals.c.id == sa.bindparam("of_appeal"))
_LAST_PLACE = (
    sa.select(appeals.c.region, appeals.c.district)
    .where(appeals.c.person_id == sa.bindparam("of_person"))
    .order_by(appeals.c.id.desc())
    .limit(1)
)


def find_appeal(connection: Connection, appeal_id: int) -> RowMapping | None:
    """Return the row of this appeal."""
    return connection.execute(_BY_ID, {"of_appeal": appeal_id}).mappings().one_or_none()


def find_by_draft(connection: Connection, draft_id: str) -> RowMapping | None:
    """Return the row of the appeal that this draft became."""
    return connection.execute(_BY_DRAFT, {"of_draft": draft_id}).mappings().one_or_none()


def next_number(connection: Connection, year: int) -> int:
    """Take the next number of a year: 1, 2, 3 and so on."""
    first = {"year": year, "last": 0}
    upsert(connection, appeal_numbers, ["year"], first, update=())
    number: int = connection.execute(_NEXT_NUMBER, {"of_year": year}).scalar_one()
    return number


def add_appeal(connection: Connection, values: Mapping[str, Any]) -> RowMapping | None:
    """Write an appeal and return its row; None where its draft is already registered."""
    statement = _ADD_APPEAL[connection.dialect.name]
    return connection.execute(statement, dict(values)).mappings().one_or_none()


def change_appeal(
    connection: Connection, appeal_id: int, version: int, values: Mapping[str, Any]
) -> bool:
    """Change an appeal that still has this version and raise it; False where it has not."""
    statement = (
        sa.update(appeals)
        .where(appeals.c.id == appeal_id, appeals.c.version == version)
        .values(version=version + 1, **values)
    )
    return connection.execute(statement).rowcount == 1


def add_event(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write what happened at this version of an appeal."""
    connection.execute(_ADD_EVENT, dict(values))


def add_attachments(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the files of an appeal."""
    if rows:
        connection.execute(sa.insert(attachments), [dict(row) for row in rows])


def attachments_of(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return the files of an appeal that are not erased, in the order in which they were sent."""
    table = attachments.c
    columns = (
        table.kind,
        table.file_id,
        table.file_unique_id,
        table.file_name,
        table.mime_type,
        table.size,
    )
    this = (table.appeal_id == appeal_id, table.erased_at.is_(None))
    statement = sa.select(*columns).where(*this).order_by(table.message_id)
    return connection.execute(statement).mappings().all()


def own_appeals(
    connection: Connection, person_id: int, after: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return a person's appeals, the newest first, from below the id `after` on."""
    statement = sa.select(*_LINE).where(appeals.c.person_id == person_id)
    if after is not None:
        statement = statement.where(appeals.c.id < after)
    statement = statement.order_by(appeals.c.id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def last_place(connection: Connection, person_id: int) -> RowMapping | None:
    """Return region and district of a person's newest appeal."""
    return connection.execute(_LAST_PLACE, {"of_person": person_id}).mappings().one_or_none()


def count_own(connection: Connection, person_id: int) -> int:
    """Return how many appeals a person has registered."""
    statement = sa.select(sa.func.count()).where(appeals.c.person_id == person_id)
    return connection.execute(statement).scalar_one()
