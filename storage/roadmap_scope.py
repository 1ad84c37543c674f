"""What lies in the areas for which somebody answers: conditions for any table with a place."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.organisation import offices, sections
from storage.schema.roadmap import indicator_assignments, indicators


class Area(Protocol):
    """Sections in a place; None is all of them, anywhere, any district."""

    @property
    def sections(self) -> tuple[str, ...] | None:
        """Codes of sections."""

    @property
    def region(self) -> str | None:
        """KATO prefix of two digits."""

    @property
    def district(self) -> str | None:
        """KATO prefix of six digits."""


def within(
    connection: Connection,
    table: sa.FromClause,
    areas: Iterable[Area],
    *also: sa.ColumnElement[bool],
) -> sa.ColumnElement[bool]:
    """Return the condition that a row with section, region and district lies in an area.

    `also` must hold besides; each area repeats it, so that each is one stretch of an index.
    All sections are named where no place narrows the search, so that indexes that begin with the
    section serve; nothing lies in no areas.
    """
    found = []
    for area in areas:
        parts: list[sa.ColumnElement[bool]] = []
        codes = area.sections
        if codes is None and area.region is None:
            codes = tuple(connection.execute(sa.select(sections.c.code)).scalars())
        if codes is not None:
            parts.append(table.c.section.in_(codes))
        if area.region is not None:
            parts.append(table.c.region == area.region)
        if area.district is not None:
            parts.append(table.c.district == area.district)
        found.append(sa.and_(sa.true(), *parts, *also))
    return sa.or_(sa.false(), *found)


def headed(connection: Connection, officials: Collection[str]) -> Sequence[RowMapping]:
    """Return code, region and district of the offices that one of these officials heads."""
    statement = (
        sa.select(offices.c.code, offices.c.region, offices.c.district)
        .where(offices.c.head.in_(officials))
        .order_by(offices.c.code)
    )
    return connection.execute(statement).mappings().all()


def indicator_places(
    connection: Connection, officials: Collection[str], day: date
) -> Sequence[RowMapping]:
    """Return section, region and district of the indicators assigned to one of them on a day."""
    held = indicator_assignments.c
    statement = (
        sa.select(indicators.c.section, indicators.c.region, indicators.c.district)
        .join(indicator_assignments, held.indicator == indicators.c.code)
        .where(
            held.official.in_(officials),
            held.since <= day,
            sa.or_(held.until.is_(None), held.until > day),
            ~indicators.c.retired,
        )
        .distinct()
        .order_by(indicators.c.section, indicators.c.region, indicators.c.district)
    )
    return connection.execute(statement).mappings().all()
