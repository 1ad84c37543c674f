"""What a digest counts, from the counters and by index: its cost does not grow with the total."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.outbox import OutboxStatus
from storage.schema.appeals import OPEN, appeal_days, appeals, open_appeals
from storage.schema.delivery import outbox

_CASE = (
    appeals.c.id,
    appeals.c.number,
    appeals.c.topic,
    appeals.c.region,
    appeals.c.district,
    appeals.c.due_on,
)


def activity(
    connection: Connection, sections: Collection[str], first: date, last: date
) -> RowMapping:
    """Return registered, answered and unconfirmed in these sections on the days first … last."""
    days = appeal_days.c
    statement = sa.select(
        *(
            sa.func.coalesce(sa.func.sum(column), 0).label(column.name)
            for column in (days.registered, days.answered, days.unconfirmed)
        )
    ).where(appeal_days.c.section.in_(sections), appeal_days.c.day.between(first, last))
    return connection.execute(statement).mappings().one()


def waiting(
    connection: Connection, sections: Collection[str], today: date, soon: date
) -> RowMapping:
    """Return open, overdue (due before today) and due_soon (due today … soon)."""
    count, due_on = open_appeals.c.count, open_appeals.c.due_on
    overdue = sa.case((due_on < today, count), else_=0)
    due_soon = sa.case((due_on.between(today, soon), count), else_=0)
    statement = sa.select(
        sa.func.coalesce(sa.func.sum(count), 0).label("open"),
        sa.func.coalesce(sa.func.sum(overdue), 0).label("overdue"),
        sa.func.coalesce(sa.func.sum(due_soon), 0).label("due_soon"),
    ).where(open_appeals.c.section.in_(sections))
    return connection.execute(statement).mappings().one()


def count_in_state(connection: Connection, sections: Collection[str], status: str) -> int:
    """Return how many appeals of these sections are in this state: a stretch of the index."""
    statement = sa.select(sa.func.count()).where(
        appeals.c.section.in_(sections), appeals.c.status == status
    )
    return connection.execute(statement).scalar_one()


def count_named(
    connection: Connection, officials: Collection[str], sections: Collection[str]
) -> int:
    """Return how many open appeals outside of these sections name one of these officials."""
    statement = sa.select(sa.func.count()).where(
        sa.text(OPEN), appeals.c.official.in_(officials), appeals.c.section.not_in(sections)
    )
    return connection.execute(statement).scalar_one()


def named_cases(
    connection: Connection,
    officials: Collection[str],
    sections: Collection[str],
    *,
    after: tuple[date, int] | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return the cases that `count_named` counts as `open_cases` does."""
    statement = sa.select(*_CASE).where(
        sa.text(OPEN), appeals.c.official.in_(officials), appeals.c.section.not_in(sections)
    )
    if after is not None:
        key = sa.tuple_(appeals.c.due_on, appeals.c.id)
        statement = statement.where(key > sa.tuple_(*after))
    statement = statement.order_by(appeals.c.due_on, appeals.c.id).limit(limit)
    return connection.execute(statement).mappings().all()


def frequent_topics(
    connection: Connection, sections: Collection[str], first: date, last: date, limit: int
) -> Sequence[RowMapping]:
    """Return topic, region, district ("" if unknown), count and joined: most people first."""
    days = appeal_days.c
    count = sa.func.sum(days.registered).label("count")
    joined = sa.func.sum(days.joined).label("joined")
    people = count + joined
    statement = (
        sa.select(days.topic, days.region, days.district, count, joined)
        .where(days.section.in_(sections), days.day.between(first, last))
        .group_by(days.topic, days.region, days.district)
        .having(people > 0)
        .order_by(people.desc(), days.topic, days.region, days.district)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def open_cases(
    connection: Connection,
    sections: Collection[str],
    statuses: Collection[str],
    *,
    first: date,
    last: date,
    after: tuple[date, int] | None = None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return id, number, topic, region, district, due_on of cases due on first … last.

    The earliest due first, from the (due_on, id) key `after` on.
    """
    cases = [
        _cases(section, status, first, last, after, limit)
        for section in sections
        for status in statuses
    ]
    if not cases:
        return []
    together = sa.union_all(*cases).subquery()
    statement = sa.select(together).order_by(together.c.due_on, together.c.id).limit(limit)
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


def _cases(
    section: str,
    status: str,
    first: date,
    last: date,
    after: tuple[date, int] | None,
    limit: int,
) -> sa.Select[tuple[int, str, str, str, str | None, date]]:
    """One section and status are one stretch of the index; the branches are merged above."""
    columns = appeals.c
    statement = sa.select(*_CASE).where(
        columns.section == section,
        columns.status == status,
        columns.due_on.between(first, last),
    )
    if after is not None:
        due_on, appeal_id = after
        statement = statement.where(
            sa.or_(
                columns.due_on > due_on,
                sa.and_(columns.due_on == due_on, columns.id > appeal_id),
            )
        )
    branch = statement.order_by(columns.due_on, columns.id).limit(limit).subquery()
    return sa.select(branch)
