"""Lists of proposals: the board, an author's own, those that wait for staff, the top of days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.reach import Bounds, within
from storage.roadmap_scope import Area
from storage.roadmap_scope import within as within_areas
from storage.schema.proposals import proposal_days, proposals


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals a list holds, and behind which one it goes on.

    most: the most supported first, else the newest; after: the id behind which it goes on, and
    how many supported it when it was shown.
    """

    statuses: tuple[str, ...]
    topic: str | None = None
    most: bool = False
    after: tuple[int, int] | None = None


def listed(connection: Connection, wanted: Wanted, limit: int) -> Sequence[RowMapping]:
    """Return proposals of the board."""
    table = proposals.c
    statement = sa.select(proposals).where(table.status.in_(wanted.statuses))
    if wanted.topic is not None:
        statement = statement.where(table.topic == wanted.topic)
    key = (table.supports, table.id) if wanted.most else (table.published_at, table.id)
    if wanted.after is not None:
        last, supports = wanted.after
        edge = (
            sa.literal(supports)
            if wanted.most
            else sa.select(table.published_at).where(table.id == last).scalar_subquery()
        )
        statement = statement.where(
            sa.or_(key[0] < edge, sa.and_(key[0] == edge, table.id < last))
        )
    statement = statement.order_by(*(column.desc() for column in key)).limit(limit)
    return connection.execute(statement).mappings().all()


def topics_in_use(connection: Connection, statuses: Collection[str]) -> Sequence[RowMapping]:
    """Return topic and `number` of the proposals in these states, those with the most first."""
    number = sa.func.count().label("number")
    statement = (
        sa.select(proposals.c.topic, number)
        .where(proposals.c.status.in_(statuses))
        .group_by(proposals.c.topic)
        .order_by(number.desc(), proposals.c.topic)
    )
    return connection.execute(statement).mappings().all()


def of_author(connection: Connection, person_id: int, limit: int) -> Sequence[RowMapping]:
    """Return the newest proposals of a person, the newest first."""
    table = proposals.c
    statement = (
        sa.select(proposals)
        .where(table.person_id == person_id)
        .order_by(table.id.desc())
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def waiting(
    connection: Connection, status: str, bounds: Bounds, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return what is in this state within the bounds, the oldest first, beyond this id."""
    statement = sa.select(proposals).where(proposals.c.status == status, proposals.c.id > after)
    statement = within(statement, proposals, bounds).order_by(proposals.c.id).limit(limit)
    return connection.execute(statement).mappings().all()


def count_waiting(connection: Connection, status: str, bounds: Bounds) -> int:
    """Return how many are in this state within the bounds."""
    statement = sa.select(sa.func.count()).select_from(proposals)
    statement = statement.where(proposals.c.status == status)
    found: int = connection.execute(within(statement, proposals, bounds)).scalar_one()
    return found


def count_unread(connection: Connection, status: str, before: datetime) -> int:
    """Return how many are in this state that came before then."""
    table = proposals.c
    statement = (
        sa.select(sa.func.count())
        .select_from(proposals)
        .where(table.status == status, table.at < before)
    )
    found: int = connection.execute(statement).scalar_one()
    return found


def of_sections(
    connection: Connection,
    sections: Collection[str] | None,
    statuses: Collection[str],
    after: tuple[int, int] | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return proposals of these sections (None: of all), the most supported first."""
    table = proposals.c
    statement = sa.select(proposals).where(table.status.in_(statuses))
    if sections is not None:
        statement = statement.where(table.section.in_(sections))
    if after is not None:
        last, supports = after
        beyond = sa.and_(table.supports == supports, table.id < last)
        statement = statement.where(sa.or_(table.supports < supports, beyond))
    statement = statement.order_by(table.supports.desc(), table.id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def top_of_days(
    connection: Connection,
    areas: Collection[Area],
    statuses: Collection[str],
    days: tuple[date, date],
    limit: int,
) -> Sequence[RowMapping]:
    """Return what got the most supports on the days first … last in these areas, with `gained`."""
    gained = sa.func.sum(proposal_days.c.supports).label("gained")
    table = proposals.c
    statement = (
        sa.select(table.id, table.language, table.title, table.title_other, gained)
        .join(proposal_days, proposal_days.c.proposal_id == table.id)
        .where(
            proposal_days.c.day.between(*days),
            table.status.in_(statuses),
            within_areas(connection, proposals, areas),
        )
        .group_by(table.id, table.language, table.title, table.title_other)
        .having(gained > 0)
        .order_by(gained.desc(), table.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def count_unanswered(
    connection: Connection, areas: Collection[Area], status: str, before: datetime
) -> int:
    """Return how many of these areas stand in this state since before then."""
    table = proposals.c
    statement = (
        sa.select(sa.func.count())
        .select_from(proposals)
        .where(
            table.status == status,
            table.published_at < before,
            within_areas(connection, proposals, areas),
        )
    )
    found: int = connection.execute(statement).scalar_one()
    return found
