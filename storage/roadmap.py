"""Statements about indicators of the Road Map and who answers for them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.roadmap_scope import Area, within
from storage.schema.organisation import sections
from storage.schema.roadmap import (
    indicator_assignments,
    indicator_polls,
    indicator_topics,
    indicators,
)
from storage.upsert import upsert

_TERM = ("indicator", "since", "official", "until")


def read_indicators(
    connection: Connection,
    *,
    areas: Iterable[Area] | None = None,
    codes: Collection[str] | None = None,
    retired: bool = False,
) -> Sequence[RowMapping]:
    """Return indicators in the order of their sections; None is all of them.

    retired: with those that are kept for their history only.
    """
    statement = sa.select(indicators).join(sections, sections.c.code == indicators.c.section)
    if areas is not None:
        statement = statement.where(within(connection, indicators, areas))
    if codes is not None:
        statement = statement.where(indicators.c.code.in_(codes))
    if not retired:
        statement = statement.where(indicators.c.retired.is_(False))
    order = (sections.c.position, indicators.c.position, indicators.c.code)
    return connection.execute(statement.order_by(*order)).mappings().all()


def topics_of(connection: Connection, codes: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the topics that speak of these indicators; those that name none are left out."""
    table = indicator_topics.c
    statement = (
        sa.select(table.indicator, table.topic)
        .where(table.indicator.in_(codes))
        .order_by(table.indicator, table.topic)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(statement):
        found[row.indicator] = (*found.get(row.indicator, ()), row.topic)
    return found


def add_indicator(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Write an indicator of a code that is not there; False where it is."""
    return upsert(connection, indicators, ["code"], values, update=()).rowcount == 1


def change_indicator(
    connection: Connection, code: str, seen: int, values: Mapping[str, Any]
) -> bool:
    """Change columns of the indicator and raise its version; False where it is another one."""
    table = indicators.c
    statement = (
        sa.update(indicators)
        .where(table.code == code, table.version == seen)
        .values(**values, version=table.version + 1)
    )
    return connection.execute(statement).rowcount == 1


def replace_topics(connection: Connection, code: str, topics: Collection[str]) -> None:
    """Let exactly these topics speak of the indicator."""
    own = indicator_topics.c.indicator == code
    connection.execute(
        sa.delete(indicator_topics).where(own, indicator_topics.c.topic.not_in(topics))
    )
    for topic in topics:
        values = {"indicator": code, "topic": topic}
        upsert(connection, indicator_topics, values, values, update=())


def tie_poll(connection: Connection, code: str, poll_id: int) -> bool:
    """Tie a poll to an indicator; False where it is already."""
    values = {"indicator": code, "poll_id": poll_id}
    return upsert(connection, indicator_polls, values, values, update=()).rowcount == 1


def untie_poll(connection: Connection, code: str, poll_id: int) -> bool:
    """Let a poll say nothing about an indicator; False where it says nothing."""
    table = indicator_polls.c
    statement = sa.delete(indicator_polls).where(table.indicator == code, table.poll_id == poll_id)
    return connection.execute(statement).rowcount == 1


def responsible_on(connection: Connection, codes: Collection[str], day: date) -> Mapping[str, str]:
    """Return indicator → official for those that are assigned to somebody on this day."""
    table = indicator_assignments.c
    statement = (
        sa.select(table.indicator, table.official)
        .where(
            table.indicator.in_(codes),
            table.since <= day,
            sa.or_(table.until.is_(None), table.until > day),
        )
        .order_by(table.since)
    )
    return {row.indicator: row.official for row in connection.execute(statement)}


def assignments(
    connection: Connection, codes: Collection[str] | None = None
) -> Sequence[RowMapping]:
    """Return every assignment there has been, the earliest of an indicator first."""
    table = indicator_assignments.c
    statement = sa.select(*(table[name] for name in _TERM)).order_by(table.indicator, table.since)
    if codes is not None:
        statement = statement.where(table.indicator.in_(codes))
    return connection.execute(statement).mappings().all()


def change_assignment(
    connection: Connection, code: str, since: date, values: Mapping[str, Any]
) -> None:
    """Change columns of the assignment that began on this day."""
    table = indicator_assignments
    row = sa.and_(table.c.indicator == code, table.c.since == since)
    connection.execute(sa.update(table).where(row).values(**values))


def add_assignment(connection: Connection, code: str, official: str, since: date) -> None:
    """Begin an assignment."""
    values = {"indicator": code, "official": official, "since": since, "until": None}
    connection.execute(sa.insert(indicator_assignments).values(**values))
