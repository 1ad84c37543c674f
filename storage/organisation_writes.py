"""Writing the party’s own data; nothing that old appeals refer to is ever deleted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.listeners import is_own_column
from storage.schema import organisation as tables
from storage.upsert import upsert

Rows = Iterable[Mapping[str, Any]]


def is_empty(connection: Connection) -> bool:
    """Tell whether no organisation has been imported yet."""
    return connection.execute(sa.select(tables.sections.c.code).limit(1)).first() is None


def replace_texts(connection: Connection, rows: Rows) -> None:
    """Keep exactly these bilingual texts: rows of key, kk, ru."""
    _put(connection, tables.party_texts, "key", rows)
    _delete_others(connection, tables.party_texts.c.key, [row["key"] for row in rows])


def put_officials(connection: Connection, rows: Rows) -> None:
    """Add or change officials; one who left stays for the appeals of that time."""
    _put(connection, tables.officials, "code", rows)


def put_offices(connection: Connection, rows: Rows) -> None:
    """Add or change offices, parents first; a closed one stays for the appeals of that time."""
    _put(connection, tables.offices, "code", rows)


def put_sections(connection: Connection, rows: Rows) -> None:
    """Add or change sections of the Road Map; one that is gone stays, without topics."""
    _put(connection, tables.sections, "code", rows)


def replace_topics(connection: Connection, rows: Rows) -> None:
    """Offer exactly these topics; the others are retired."""
    _put(connection, tables.topics, "code", [{**row, "retired": False} for row in rows])
    _retire_others(connection, tables.topics, [row["code"] for row in rows])


def replace_questions(connection: Connection, rows: Rows) -> None:
    """Ask exactly these questions about topics; the others are retired."""
    table = tables.topic_questions
    connection.execute(sa.update(table).values(retired=True))
    for row in rows:
        update = [name for name in (*row, "retired") if name not in {"topic", "code"}]
        upsert(connection, table, ["topic", "code"], {**row, "retired": False}, update=update)


def put_types(connection: Connection, rows: Rows) -> None:
    """Add or change the types of appeals."""
    _put(connection, tables.appeal_types, "code", rows)


def replace_stops(connection: Connection, rows: Rows) -> None:
    """Show exactly these stop messages; the others are retired."""
    _put(connection, tables.stop_messages, "code", [{**row, "retired": False} for row in rows])
    _retire_others(connection, tables.stop_messages, [row["code"] for row in rows])


def replace_templates(connection: Connection, rows: Rows) -> None:
    """Offer exactly these templates of answers; the others are retired."""
    _put(connection, tables.answer_templates, "code", [{**row, "retired": False} for row in rows])
    _retire_others(connection, tables.answer_templates, [row["code"] for row in rows])


def replace_news_topics(connection: Connection, rows: Rows) -> None:
    """Offer exactly these topics of news, and those of programmes; the others are retired."""
    table = tables.news_topics
    _put(connection, table, "code", [{**row, "retired": False} for row in rows])
    others = sa.and_(
        table.c.code.not_in([row["code"] for row in rows]), ~is_own_column(table.c.code)
    )
    connection.execute(sa.update(table).where(others).values(retired=True))


def replace_calendar(connection: Connection, rows: Rows) -> None:
    """Keep exactly these exceptions to the calendar of working days."""
    _put(connection, tables.calendar_overrides, "day", rows)
    _delete_others(connection, tables.calendar_overrides.c.day, [row["day"] for row in rows])


def assignments(connection: Connection) -> Sequence[RowMapping]:
    """Return every assignment there has been: section, since, official, until."""
    return connection.execute(sa.select(tables.section_assignments)).mappings().all()


def change_assignment(
    connection: Connection, section: str, since: date, values: Mapping[str, Any]
) -> None:
    """Change columns of the assignment that began on this day."""
    table = tables.section_assignments
    row = sa.and_(table.c.section == section, table.c.since == since)
    connection.execute(sa.update(table).where(row).values(**values))


def add_assignment(connection: Connection, section: str, official: str, since: date) -> None:
    """Begin an assignment."""
    values = {"section": section, "official": official, "since": since, "until": None}
    connection.execute(sa.insert(tables.section_assignments).values(**values))


def routes(connection: Connection) -> Sequence[RowMapping]:
    """Return every route there has been."""
    return connection.execute(sa.select(tables.routes)).mappings().all()


def change_route(connection: Connection, route_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a route."""
    table = tables.routes
    connection.execute(sa.update(table).where(table.c.id == route_id).values(**values))


def add_route(connection: Connection, values: Mapping[str, Any]) -> None:
    """Begin a route: topic, region, district, office, official, since."""
    connection.execute(sa.insert(tables.routes).values(**values))


def absences(connection: Connection) -> Sequence[RowMapping]:
    """Return every absence there has been: official, deputy, since, until."""
    return connection.execute(sa.select(tables.absences)).mappings().all()


def add_absence(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write an absence: official, deputy, since, until."""
    connection.execute(sa.insert(tables.absences).values(**values))


def end_absence(connection: Connection, official: str, since: date, until: date) -> None:
    """Let the absence that began on this day end on another one."""
    table = tables.absences
    row = sa.and_(table.c.official == official, table.c.since == since)
    connection.execute(sa.update(table).where(row).values(until=until))


def drop_absence(connection: Connection, official: str, since: date) -> None:
    """Delete an absence that has not begun."""
    table = tables.absences
    row = sa.and_(table.c.official == official, table.c.since == since)
    connection.execute(sa.delete(table).where(row))


def _put(connection: Connection, table: sa.Table, key: str, rows: Rows) -> None:
    for row in rows:
        update = [name for name in row if name != key]
        upsert(connection, table, [key], row, update=update)


def _retire_others(connection: Connection, table: sa.Table, codes: Sequence[str]) -> None:
    gone = table.c.code.not_in(codes)
    connection.execute(sa.update(table).where(gone).values(retired=True))


def _delete_others(connection: Connection, column: sa.Column[Any], values: Sequence[Any]) -> None:
    connection.execute(sa.delete(column.table).where(column.not_in(values)))
