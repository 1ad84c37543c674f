"""Figures of months: counted from the counters, kept once published, corrected."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.roadmap_scope import Area, within
from storage.schema.appeals import answer_spans, appeal_days
from storage.schema.openness import openness_corrections, openness_figures, openness_months
from storage.upsert import upsert

_COUNTED = (
    "registered", "answered", "in_time", "disputed_in_time", "confirmed", "disputed",
    "unconfirmed", "rated", "rating_sum",
)  # fmt: skip


def counted(
    connection: Connection, everywhere: Area, first: date, last: date
) -> Sequence[RowMapping]:
    """Return the sums of the days first … last by region and topic."""
    days = appeal_days.c
    sums = (_sum(days[name]).label(name) for name in _COUNTED)
    statement = (
        sa.select(days.region, days.topic, *sums)
        .where(within(connection, appeal_days, [everywhere], days.day.between(first, last)))
        .group_by(days.region, days.topic)
        .order_by(days.region, days.topic)
    )
    return connection.execute(statement).mappings().all()


def spans(
    connection: Connection, everywhere: Area, first: date, last: date
) -> Sequence[RowMapping]:
    """Return how many answers took how many working_days, by region and topic; topic may be ""."""
    table = answer_spans.c
    statement = (
        sa.select(table.region, table.topic, table.working_days, _sum(table.count).label("count"))
        .where(within(connection, answer_spans, [everywhere], table.day.between(first, last)))
        .group_by(table.region, table.topic, table.working_days)
        .order_by(table.region, table.topic, table.working_days)
    )
    return connection.execute(statement).mappings().all()


def anything_counted(connection: Connection, everywhere: Area, first: date, last: date) -> bool:
    """Tell whether the bot itself counted anything on these days."""
    days = appeal_days.c.day.between(first, last)
    statement = sa.select(sa.exists().where(within(connection, appeal_days, [everywhere], days)))
    return bool(connection.execute(statement).scalar())


def newest_month(connection: Connection, source: str | None = None) -> date | None:
    """Return the newest month that is out, of one source where it is named."""
    statement = sa.select(sa.func.max(openness_months.c.month))
    if source is not None:
        statement = statement.where(openness_months.c.source == source)
    found: date | None = connection.execute(statement).scalar()
    return found


def find_month(connection: Connection, month: date) -> RowMapping | None:
    """Return the row of a month that is out."""
    statement = sa.select(openness_months).where(openness_months.c.month == month)
    return connection.execute(statement).mappings().one_or_none()


def months(connection: Connection, limit: int, before: date | None = None) -> Sequence[RowMapping]:
    """Return months that are out, the newest first."""
    table = openness_months.c
    statement = sa.select(openness_months).order_by(table.month.desc()).limit(limit)
    if before is not None:
        statement = statement.where(table.month < before)
    return connection.execute(statement).mappings().all()


def figures(connection: Connection, found: Iterable[date]) -> Sequence[RowMapping]:
    """Return the figures of these months, in their order, by region and topic."""
    table = openness_figures.c
    statement = (
        sa.select(openness_figures)
        .where(table.month.in_(list(found)))
        .order_by(table.month, table.region, table.topic)
    )
    return connection.execute(statement).mappings().all()


def line(
    connection: Connection, region: str, topic: str, limit: int, last: date
) -> Sequence[RowMapping]:
    """Return the figures of one cell in the months up to the last, the newest first."""
    table = openness_figures.c
    statement = (
        sa.select(openness_figures)
        .where(table.region == region, table.topic == topic, table.month <= last)
        .order_by(table.month.desc())
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def add_month(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Put a month out; False where it is out already."""
    return upsert(connection, openness_months, ["month"], values, update=()).rowcount == 1


def put_figures(connection: Connection, month: date, rows: Iterable[Mapping[str, Any]]) -> None:
    """Bring the figures of a month in the place of those that were there. Key: the month."""
    connection.execute(sa.delete(openness_figures).where(openness_figures.c.month == month))
    values = [{"month": month, **row} for row in rows]
    if values:
        connection.execute(sa.insert(openness_figures), values)


def note_correction(connection: Connection, month: date, now: datetime) -> None:
    """Note that a month is not as it first came out. Key: the month."""
    statement = sa.update(openness_months).where(openness_months.c.month == month)
    connection.execute(statement.values(corrected_at=now))


def add_correction(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a correction that is asked for; False where the same was kept already."""
    return upsert(connection, openness_corrections, ["key"], values, update=()).rowcount == 1


def find_correction(connection: Connection, correction: int) -> RowMapping | None:
    """Return a correction."""
    statement = sa.select(openness_corrections).where(openness_corrections.c.id == correction)
    return connection.execute(statement).mappings().one_or_none()


def correction_of(connection: Connection, key: str) -> RowMapping:
    """Return the correction that was kept under a key."""
    statement = sa.select(openness_corrections).where(openness_corrections.c.key == key)
    return connection.execute(statement).mappings().one()


def corrections(
    connection: Connection, found: Iterable[date], status: str
) -> Sequence[RowMapping]:
    """Return the corrections of these months in one state, in the order of time."""
    table = openness_corrections.c
    statement = (
        sa.select(openness_corrections)
        .where(table.month.in_(list(found)), table.status == status)
        .order_by(table.id)
    )
    return connection.execute(statement).mappings().all()


def waiting(connection: Connection, status: str, limit: int) -> Sequence[RowMapping]:
    """Return the corrections in a state, the oldest first."""
    table = openness_corrections.c
    statement = sa.select(openness_corrections).where(table.status == status)
    return connection.execute(statement.order_by(table.id).limit(limit)).mappings().all()


def decide(
    connection: Connection, correction: int, was: str, status: str, by: int, now: datetime
) -> bool:
    """Move a correction out of a state; False where it is in another. Key: correction, was."""
    table = openness_corrections.c
    statement = (
        sa.update(openness_corrections)
        .where(table.id == correction, table.status == was)
        .values(status=status, decided_by=by, decided_at=now)
    )
    return connection.execute(statement).rowcount == 1


def end_others(
    connection: Connection, month: date, was: str, status: str, but: int, now: datetime
) -> None:
    """Move all other corrections of a month out of a state. Key: month, was."""
    table = openness_corrections.c
    statement = (
        sa.update(openness_corrections)
        .where(table.month == month, table.status == was, table.id != but)
        .values(status=status, decided_at=now)
    )
    connection.execute(statement)


def _sum(column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.Integer)
