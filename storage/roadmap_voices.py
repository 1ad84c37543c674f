"""What citizens say about indicators: appeals from the counters, and polls that were counted."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_days
from storage.schema.polls import polls
from storage.schema.roadmap import indicator_polls


def appeals(
    connection: Connection,
    sections: Collection[str],
    first: date,
    last: date,
    *,
    regions: Collection[str] | None = None,
    districts: Collection[str] | None = None,
) -> Sequence[RowMapping]:
    """Return section, topic, region, district, count and joined of the days first … last.

    region and district are "" where they are not asked for.
    """
    days = appeal_days.c
    nowhere = sa.literal("")
    region = days.region if regions is not None else nowhere
    district = days.district if districts is not None else nowhere
    places = [column for column in (region, district) if column is not nowhere]
    statement = (
        sa.select(
            days.section,
            days.topic,
            region.label("region"),
            district.label("district"),
            sa.func.sum(days.registered).label("count"),
            sa.func.sum(days.joined).label("joined"),
        )
        .where(days.section.in_(sections), days.day.between(first, last))
        .group_by(days.section, days.topic, *places)
    )
    if regions is not None:
        statement = statement.where(days.region.in_(regions))
    if districts is not None:
        statement = statement.where(days.district.in_(districts))
    return connection.execute(statement).mappings().all()


def counted_polls(
    connection: Connection, codes: Collection[str], before: datetime
) -> Sequence[RowMapping]:
    """Return indicator, poll_id, titles, frozen_at and base of polls tied to these indicators.

    Only of those that are counted and ended before that moment, the newest first.
    """
    statement = (
        sa.select(
            indicator_polls.c.indicator,
            indicator_polls.c.poll_id,
            polls.c.title_kk,
            polls.c.title_ru,
            polls.c.frozen_at,
            polls.c.base,
        )
        .join(polls, polls.c.id == indicator_polls.c.poll_id)
        .where(
            indicator_polls.c.indicator.in_(codes),
            polls.c.base.is_not(None),
            polls.c.frozen_at < before,
        )
        .order_by(polls.c.frozen_at.desc(), polls.c.id.desc())
    )
    return connection.execute(statement).mappings().all()
