"""What officials have before them and what their answers came to: by index and from counters."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.roadmap_scope import Area
from storage.schema.appeals import OPEN, appeals, official_days
from storage.schema.organisation import offices, officials, routes, section_assignments, topics
from storage.schema.roadmap import indicator_assignments, indicators

_COUNTED = (
    "answered",
    "in_time",
    "confirmed",
    "disputed",
    "disputed_in_time",
    "unconfirmed",
    "rated",
    "rating_sum",
)


def counters(
    connection: Connection, wanted: Collection[str], first: date, last: date
) -> dict[str, dict[str, int]]:
    """Return the sums of the counters of these officials on the days first … last, by official."""
    days = official_days.c
    statement = (
        sa.select(days.official, *(sa.func.sum(days[name]).label(name) for name in _COUNTED))
        .where(days.official.in_(wanted), days.day.between(first, last))
        .group_by(days.official)
    )
    found = connection.execute(statement).mappings()
    return {row["official"]: {name: row[name] for name in _COUNTED} for row in found}


def waiting(
    connection: Connection, wanted: Collection[str], day: date
) -> dict[str, tuple[int, int]]:
    """Return how many open appeals name each of these officials, and how many are overdue."""
    named = sa.select(sa.func.count()).where(sa.text(OPEN), appeals.c.official == officials.c.code)
    late = named.where(appeals.c.due_on < day)
    columns = (officials.c.code, named.scalar_subquery(), late.scalar_subquery())
    found = connection.execute(sa.select(*columns).where(officials.c.code.in_(wanted)))
    return {official: (count, overdue) for official, count, overdue in found if count}


def everybody(connection: Connection) -> Sequence[str]:
    """Return the codes of all officials."""
    return connection.execute(sa.select(officials.c.code)).scalars().all()


def answering_in(connection: Connection, area: Area, day: date) -> Sequence[str]:
    """Return the codes of the officials who answer for something within an area on this day.

    That are the heads of its offices and those whom its routes name, where the area is a place;
    those who answer for one of its sections, where it is the whole country; and those whose
    indicators lie in it.
    """
    found = [_of_indicators(area, day), _of_routes(area, day)]
    if area.sections is None:
        found.append(sa.select(offices.c.head).where(*_placed(offices, area)))
    elif area.region is None:
        table = section_assignments
        found.append(
            sa.select(table.c.official).where(
                table.c.section.in_(area.sections), *_in_force(table, day)
            )
        )
    named = connection.execute(sa.union(*found)).scalars()
    return [code for code in named if code is not None]


def _of_indicators(area: Area, day: date) -> sa.Select[Any]:
    held = indicator_assignments
    statement = sa.select(held.c.official).join(indicators, indicators.c.code == held.c.indicator)
    statement = statement.where(~indicators.c.retired, *_in_force(held, day))
    if area.sections is not None:
        statement = statement.where(indicators.c.section.in_(area.sections))
    return statement.where(*_placed(indicators, area))


def _of_routes(area: Area, day: date) -> sa.Select[Any]:
    statement = sa.select(routes.c.official).where(*_in_force(routes, day), *_placed(routes, area))
    if area.sections is None:
        return statement
    of_sections = sa.select(topics.c.code).where(topics.c.section.in_(area.sections))
    return statement.where(routes.c.topic.in_(of_sections))


def _placed(table: sa.Table, area: Area) -> list[sa.ColumnElement[bool]]:
    parts = ((table.c.region, area.region), (table.c.district, area.district))
    return [column == code for column, code in parts if code is not None]


def _in_force(table: sa.Table, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    until = table.c.until
    return table.c.since <= day, sa.or_(until.is_(None), until > day)
