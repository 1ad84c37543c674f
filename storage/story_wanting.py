"""Statements about what wants a story: closed polls, and topics about which many wrote."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_days
from storage.schema.organisation import sections
from storage.schema.polls import polls


def counted_between(
    connection: Connection, since: datetime, until: datetime
) -> Sequence[RowMapping]:
    """Return id, titles, frozen_at, done_at of polls with a result that closed between these."""
    table = polls.c
    statement = (
        sa.select(table.id, table.title_kk, table.title_ru, table.frozen_at, table.done_at)
        .where(table.frozen_at.between(since, until), table.base.is_not(None))
        .order_by(table.frozen_at, table.id)
    )
    return connection.execute(statement).mappings().all()


def voices(connection: Connection, since: date, until: date) -> list[tuple[str, int]]:
    """Return each topic of which people wrote or joined on these days, and how many did."""
    days = appeal_days.c
    people = sa.func.sum(days.registered + days.joined)
    # Said so that the key can be used: it begins with the section.
    everywhere = days.section.in_(sa.select(sections.c.code))
    statement = (
        sa.select(days.topic, people)
        .where(everywhere, days.day.between(since, until))
        .group_by(days.topic)
    )
    return [(row[0], int(row[1])) for row in connection.execute(statement)]
