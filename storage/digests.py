"""What a digest counts, from the counters and by index: its cost does not grow with the total."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.outbox import OutboxStatus
from storage.roadmap_scope import Area, within
from storage.schema.appeals import OPEN, UNROUTED, appeal_days, appeals, open_appeals
from storage.schema.delivery import outbox
from storage.schema.organisation import sections


def by_day(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> Sequence[RowMapping]:
    """Return what happened in these areas on each of the days first … last on which anything did.

    day, registered, answered, unconfirmed, escalated, badly_rated, and placeless: registered
    without a district.
    """
    days = appeal_days.c
    placeless = sa.case((days.district == "", days.registered), else_=0)
    counted = (days.registered, days.answered, days.unconfirmed, days.escalated, days.badly_rated)
    statement = (
        sa.select(
            days.day,
            *(sa.func.sum(column).label(column.name) for column in counted),
            sa.func.sum(placeless).label("placeless"),
        )
        .where(within(connection, appeal_days, areas, days.day.between(first, last)))
        .group_by(days.day)
        .order_by(days.day)
    )
    return connection.execute(statement).mappings().all()


def first_day(connection: Connection) -> date | None:
    """Return the first day on which anything was counted, None where nothing was."""
    own = appeal_days.c.section == sections.c.code
    of_section = sa.select(sa.func.min(appeal_days.c.day)).where(own).correlate(sections)
    day = of_section.scalar_subquery().label("day")
    days = sa.select(day).select_from(sections).subquery()
    found: date | None = connection.execute(sa.select(sa.func.min(days.c.day))).scalar()
    return found


def waiting(connection: Connection, areas: Iterable[Area], today: date, soon: date) -> RowMapping:
    """Return open, overdue (due before today) and due_soon (due today … soon)."""
    count, due_on = open_appeals.c.count, open_appeals.c.due_on
    overdue = sa.case((due_on < today, count), else_=0)
    due_soon = sa.case((due_on.between(today, soon), count), else_=0)
    statement = sa.select(
        sa.func.coalesce(sa.func.sum(count), 0).label("open"),
        sa.func.coalesce(sa.func.sum(overdue), 0).label("overdue"),
        sa.func.coalesce(sa.func.sum(due_soon), 0).label("due_soon"),
    ).where(within(connection, open_appeals, areas))
    return connection.execute(statement).mappings().one()


def count_in_state(connection: Connection, areas: Iterable[Area], status: str) -> int:
    """Return how many appeals of these areas are in this state: a stretch of an index."""
    statement = sa.select(sa.func.count()).where(
        within(connection, appeals, areas, appeals.c.status == status)
    )
    return connection.execute(statement).scalar_one()


def count_named(connection: Connection, officials: Collection[str], areas: Iterable[Area]) -> int:
    """Return how many open appeals outside of these areas name one of these officials."""
    statement = sa.select(sa.func.count()).where(*named(connection, officials, areas))
    return connection.execute(statement).scalar_one()


def named(
    connection: Connection, officials: Collection[str], areas: Iterable[Area]
) -> tuple[sa.ColumnExpressionArgument[bool], ...]:
    """Return the conditions of what `count_named` counts."""
    # What lies in a district of an area is unknown where the citizen named none: then it is out.
    outside = within(connection, appeals, areas).is_not(sa.true())
    return sa.text(OPEN), appeals.c.official.in_(officials), outside


def unrouted(connection: Connection, limit: int) -> Sequence[RowMapping]:
    """Return section, region, district and count of open appeals that belong to nobody.

    No office takes them, or nobody answers for them; at most `limit` of each kind are looked at.
    """
    place = (appeals.c.section, appeals.c.region, appeals.c.district)
    nameless = (appeals.c.official.is_(None), appeals.c.office.is_not(None), sa.text(OPEN))
    some = sa.union_all(
        *(
            sa.select(sa.select(*place).where(*conditions).limit(limit).subquery())
            for conditions in ((sa.text(UNROUTED),), nameless)
        )
    ).subquery()
    statement = sa.select(some, sa.func.count().label("count")).group_by(*some.c)
    return connection.execute(statement).mappings().all()


def busiest(
    connection: Connection,
    areas: Iterable[Area],
    before: date,
    first: date,
    last: date,
    limit: int,
) -> Sequence[RowMapping]:
    """Return what people wrote about on the days first … last, most people first.

    topic, region, district ("" if unknown), count, joined, and earlier: how many wrote and joined
    on the days before … first, the last not included.
    """
    days = appeal_days.c
    lately = days.day >= first
    count = _sum(sa.case((lately, days.registered), else_=0)).label("count")
    joined = _sum(sa.case((lately, days.joined), else_=0)).label("joined")
    earlier = _sum(sa.case((lately, 0), else_=days.registered + days.joined)).label("earlier")
    people = count + joined
    statement = (
        sa.select(days.topic, days.region, days.district, count, joined, earlier)
        .where(within(connection, appeal_days, areas, days.day.between(before, last)))
        .group_by(days.topic, days.region, days.district)
        .having(people > 0)
        .order_by(people.desc(), days.topic, days.region, days.district)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def drop_stale(connection: Connection, kind: str, before: datetime, now: datetime) -> int:
    """Give up messages of this kind that still wait since before that moment; how many."""
    statement = (
        sa.update(outbox)
        .where(
            outbox.c.status == OutboxStatus.WAITING.value,
            outbox.c.kind == kind,
            outbox.c.queued_at < before,
        )
        .values(status=OutboxStatus.GIVEN_UP.value, ended_at=now)
    )
    return connection.execute(statement).rowcount


def _sum(column: sa.ColumnElement[int]) -> sa.Function[int]:
    return sa.func.coalesce(sa.func.sum(column), 0)
