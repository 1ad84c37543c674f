"""Who answers for what on a day, all at once: for lists of people rather than for one."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.organisation import offices, officials, section_assignments
from storage.schema.people import roles
from storage.schema.roadmap import indicator_assignments, indicators


def answering(connection: Connection, day: date) -> Sequence[RowMapping]:
    """Return official, section, region and district of all that officials answer for; None: any.

    Sections, territories of the offices they head, and their indicators.
    """
    nothing = sa.cast(sa.null(), sa.String)
    sections = sa.select(
        section_assignments.c.official,
        section_assignments.c.section,
        nothing.label("region"),
        nothing.label("district"),
    ).where(*_in_force(section_assignments, day))
    territories = sa.select(offices.c.head, nothing, offices.c.region, offices.c.district).where(
        offices.c.head.is_not(None)
    )
    held = (
        sa.select(
            indicator_assignments.c.official,
            indicators.c.section,
            indicators.c.region,
            indicators.c.district,
        )
        .join(indicators, indicators.c.code == indicator_assignments.c.indicator)
        .where(*_in_force(indicator_assignments, day), ~indicators.c.retired)
    )
    return connection.execute(sa.union(sections, territories, held)).mappings().all()


def of_body(connection: Connection, body: str) -> Sequence[str]:
    """Return the codes of the officials of a body."""
    statement = sa.select(officials.c.code).where(officials.c.body == body)
    return connection.execute(statement).scalars().all()


def holders(connection: Connection, codes: Collection[str]) -> dict[int, str]:
    """Return the people who hold accounts of these officials now, by id."""
    statement = (
        sa.select(roles.c.person_id, roles.c.official)
        .where(roles.c.official.in_(codes), roles.c.until.is_(None))
        .order_by(roles.c.official, roles.c.person_id)
    )
    return {row.person_id: row.official for row in connection.execute(statement)}


def _in_force(table: sa.Table, day: date) -> tuple[Any, ...]:
    return table.c.since <= day, sa.or_(table.c.until.is_(None), table.c.until > day)
