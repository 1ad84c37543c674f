"""What digests of a week, a month or a quarter add up: sums of counters within areas."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.digest_delivery import holds_account
from storage.outbox import OutboxStatus
from storage.roadmap_scope import Area, within
from storage.schema.appeals import answer_spans, appeal_days, open_appeals
from storage.schema.delivery import outbox
from storage.schema.digests import digests, errands
from storage.schema.people import people, roles

_KEYS = frozenset({"section", "day", "topic", "region", "district"})


def totals(connection: Connection, areas: Iterable[Area], first: date, last: date) -> RowMapping:
    """Return the sum of every counter of `appeal_days` on the days first … last."""
    columns = [column for column in appeal_days.c if column.name not in _KEYS]
    sums = (_sum(column).label(column.name) for column in columns)
    statement = sa.select(*sums).where(*_days(connection, areas, first, last))
    return connection.execute(statement).mappings().one()


def by_day(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> Sequence[RowMapping]:
    """Return day, registered, answered of the days on which there was anything."""
    days = appeal_days.c
    statement = (
        sa.select(days.day, _named(days.registered), _named(days.answered))
        .where(*_days(connection, areas, first, last))
        .group_by(days.day)
        .order_by(days.day)
    )
    return connection.execute(statement).mappings().all()


def by_topic(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> Sequence[RowMapping]:
    """Return topic, count and joined of the topics about which anybody wrote, the most first."""
    days = appeal_days.c
    count, joined = _sum(days.registered).label("count"), _named(days.joined)
    statement = (
        sa.select(days.topic, count, joined)
        .where(*_days(connection, areas, first, last))
        .group_by(days.topic)
        .having(count + joined > 0)
        .order_by((count + joined).desc(), days.topic)
    )
    return connection.execute(statement).mappings().all()


def by_place(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> Sequence[RowMapping]:
    """Return topic, region, district ("" if unknown) and count, the most first."""
    days = appeal_days.c
    count = _sum(days.registered).label("count")
    statement = (
        sa.select(days.topic, days.region, days.district, count)
        .where(*_days(connection, areas, first, last))
        .group_by(days.topic, days.region, days.district)
        .having(count > 0)
        .order_by(count.desc(), days.topic, days.region, days.district)
    )
    return connection.execute(statement).mappings().all()


def spans(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> dict[int, int]:
    """Return how many answers took how many working days."""
    table = answer_spans.c
    statement = (
        sa.select(table.working_days, _sum(table.count))
        .where(within(connection, answer_spans, areas, table.day.between(first, last)))
        .group_by(table.working_days)
    )
    return {days: count for days, count in connection.execute(statement) if count}


def waiting(connection: Connection, areas: Iterable[Area], day: date) -> tuple[int, int]:
    """Return how many appeals are open, and how many of them were due before this day."""
    table = open_appeals.c
    late = _sum(sa.case((table.due_on < day, table.count), else_=0))
    statement = sa.select(_sum(table.count), late).where(within(connection, open_appeals, areas))
    found = connection.execute(statement).one()
    return found[0], found[1]


def anything_before(connection: Connection, areas: Iterable[Area], day: date) -> bool:
    """Tell whether anything was counted before this day."""
    statement = sa.select(
        sa.exists().where(within(connection, appeal_days, areas, appeal_days.c.day < day))
    )
    return bool(connection.execute(statement).scalar())


def last_digest(
    connection: Connection, official: str, period: str, day: date
) -> RowMapping | None:
    """Return the facts of the official's last digest of a period before this day."""
    table = digests.c
    statement = (
        sa.select(table.facts)
        .where(table.official == official, table.period == period, table.day < day)
        .order_by(table.day.desc(), table.id.desc())
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def undelivered(
    connection: Connection, day: date, periods: Collection[str], channel: str
) -> Sequence[RowMapping]:
    """Return the digests of a day that are not told yet, or whose message still waits.

    id, official, period, day, person_id, facts, and the language of the reader, who still holds
    the official's account.
    """
    table = digests.c
    person = sa.cast(table.person_id, sa.String)
    key = (
        sa.literal("digest:")
        + table.official
        + ":"
        + table.period
        + f":{day.isoformat()}:"
        + person
    )
    ended = sa.exists().where(outbox.c.key == key, outbox.c.status != OutboxStatus.WAITING.value)
    statement = (
        sa.select(
            table.id,
            table.official,
            table.period,
            table.day,
            table.person_id,
            table.facts,
            people.c.language,
        )
        .join(people, people.c.id == table.person_id)
        .where(
            table.day == day,
            table.period.in_(periods),
            table.channel == channel,
            table.delivered_at.is_(None),
            ~ended,
            holds_account(),
        )
        .order_by(table.id)
    )
    return connection.execute(statement).mappings().all()


def errands_waiting(connection: Connection, official: str, kind: str) -> int:
    """Return how many errands of a kind wait for a word of those who hold this account."""
    table = errands.c
    statement = (
        sa.select(sa.func.count())
        .select_from(errands.join(roles, roles.c.person_id == table.person_id))
        .where(
            roles.c.official == official,
            roles.c.until.is_(None),
            table.kind == kind,
            table.accepted_at.is_(None),
            table.done_at.is_(None),
            table.called_off_at.is_(None),
        )
    )
    return connection.execute(statement).scalar_one()


def _days(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> Collection[sa.ColumnElement[bool]]:
    return [within(connection, appeal_days, areas, appeal_days.c.day.between(first, last))]


def _named(column: sa.ColumnElement[int]) -> sa.Label[int]:
    return _sum(column).label(getattr(column, "name", None))


def _sum(column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.Integer)
