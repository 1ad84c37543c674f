"""Statements about public councils: fields, terms, members, meetings, who came."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping, Table

from storage.schema.councils import (
    council_attendance,
    council_field_topics,
    council_fields,
    council_meetings,
    council_members,
    council_terms,
    councils,
)
from storage.schema.organisation import officials
from storage.upsert import upsert

Row = Mapping[str, Any]

_AT_ONCE = 500


def fields(connection: Connection) -> Sequence[RowMapping]:
    """Return the fields in their order, retired ones included."""
    return _all(connection, council_fields, council_fields.c.position, council_fields.c.code)


def field_topics(connection: Connection) -> Sequence[RowMapping]:
    """Return field and topic of every pair."""
    return _all(connection, council_field_topics, *council_field_topics.primary_key)


def names(connection: Connection) -> Sequence[RowMapping]:
    """Return code and names of every council that there ever was."""
    return _all(connection, councils, councils.c.code)


def terms(connection: Connection) -> Sequence[RowMapping]:
    """Return every term that there ever was, by council and day."""
    return _all(connection, council_terms, *council_terms.primary_key)


def members(connection: Connection) -> Sequence[RowMapping]:
    """Return everybody who ever sat in a council, by council, official and day."""
    return _all(connection, council_members, *council_members.primary_key)


def meetings(connection: Connection) -> Sequence[RowMapping]:
    """Return every meeting, by council and day."""
    return _all(connection, council_meetings, *council_meetings.primary_key)


def attendance(connection: Connection, of: Collection[str]) -> Sequence[RowMapping]:
    """Return who came to the meetings of these councils."""
    found: list[RowMapping] = []
    ordered = sorted(of)
    for start in range(0, len(ordered), _AT_ONCE):
        these = council_attendance.c.council.in_(ordered[start : start + _AT_ONCE])
        statement = sa.select(council_attendance).where(these)
        found += connection.execute(statement).mappings().all()
    return found


def put_field(connection: Connection, row: Row) -> None:
    """Add or change a field."""
    _put(connection, council_fields, row)


def replace_topics(connection: Connection, field: str, topics: Collection[str]) -> None:
    """Let exactly these topics belong to the field."""
    table = council_field_topics
    connection.execute(sa.delete(table).where(table.c.field == field))
    if topics:
        connection.execute(sa.insert(table), [{"field": field, "topic": one} for one in topics])


def put_council(connection: Connection, row: Row) -> None:
    """Add a council or change its name."""
    _put(connection, councils, row)


def put_term(connection: Connection, row: Row) -> None:
    """Add or change the term of a council that begins on this day."""
    _put(connection, council_terms, row)


def put_member(connection: Connection, row: Row) -> None:
    """Add or change how somebody sits in a council from this day on."""
    _put(connection, council_members, row)


def put_meeting(connection: Connection, row: Row) -> None:
    """Add a meeting or change what it was about."""
    _put(connection, council_meetings, row)


def put_attendance(connection: Connection, row: Row) -> None:
    """Note whether somebody came."""
    _put(connection, council_attendance, row)


def put_official(connection: Connection, row: Row) -> None:
    """Add an official, or change the names and positions."""
    upsert(connection, officials, ["code"], row, update=[n for n in row if n not in _KEPT])


# Whoever belongs to another body, such as the Bureau, goes on belonging to it.
_KEPT = {"code", "body"}


def in_force(table: Table, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition of rows in force on a day; `until` is the first day after."""
    return table.c.since <= day, sa.or_(table.c.until.is_(None), table.c.until > day)


def _all(
    connection: Connection, table: Table, *order: sa.ColumnElement[Any]
) -> Sequence[RowMapping]:
    return connection.execute(sa.select(table).order_by(*order)).mappings().all()


def _put(connection: Connection, table: Table, row: Row) -> None:
    keys = [column.name for column in table.primary_key]
    upsert(connection, table, keys, row, update=[name for name in row if name not in keys])
