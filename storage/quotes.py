"""Words of citizens that a moderator has let others read, and nobody has taken back since."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.reach import Bounds, within
from storage.roadmap_scope import Area
from storage.roadmap_scope import within as within_areas
from storage.schema.appeals import appeals, quotes
from storage.upsert import upsert

# What may be shown of a quote; services.digests.facts.Quote takes exactly these.
_SHOWN = (quotes.c.text, quotes.c.language, quotes.c.topic, quotes.c.region)


def newest(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> RowMapping | None:
    """Return text, language, topic and region of the newest quote, None where there is none.

    Of appeals that came on the days first … last in these areas.
    """
    statement = (
        sa.select(*_SHOWN)
        .where(*_shown(connection, areas, first, last))
        .order_by(quotes.c.day.desc(), quotes.c.at.desc(), quotes.c.appeal_id.desc())
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def voices(
    connection: Connection, areas: Iterable[Area], first: date, last: date, limit: int
) -> Sequence[RowMapping]:
    """Return at most `limit` quotes as `newest` does.

    The newest of each section come before the second ones of any.
    """
    newest_first = (quotes.c.day.desc(), quotes.c.appeal_id.desc())
    place = sa.func.row_number().over(partition_by=quotes.c.section, order_by=newest_first)
    statement = (
        sa.select(*_SHOWN)
        .where(*_shown(connection, areas, first, last))
        .order_by(place, *newest_first)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def unquoted(
    connection: Connection,
    bounds: Bounds,
    never: Iterable[str],
    *,
    before: int | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return id, number, topic, region and district of the newest appeals without a quote.

    Of citizens, not sealed, in no state of `never`; with `before`, only smaller ids.
    """
    row = appeals.c
    quoted = sa.exists().where(quotes.c.appeal_id == row.id)
    statement = sa.select(row.id, row.number, row.topic, row.region, row.district).where(
        row.person_id.is_not(None),
        row.confidential.is_(False),
        row.status.not_in(list(never)),
        row.anonymised_at.is_(None),
        ~quoted,
    )
    if before is not None:
        statement = statement.where(row.id < before)
    statement = within(statement, appeals, bounds).order_by(row.id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def find_quote(connection: Connection, appeal_id: int) -> RowMapping | None:
    """Return the quote of an appeal, also one that was taken back."""
    statement = sa.select(quotes).where(quotes.c.appeal_id == appeal_id)
    return connection.execute(statement).mappings().one_or_none()


def keep_quote(connection: Connection, values: dict[str, Any]) -> None:
    """Write the quote of an appeal in the place of an earlier one."""
    changed = ("language", "text", "by", "at", "withdrawn_at")
    upsert(
        connection,
        quotes,
        ("appeal_id",),
        {**values, "withdrawn_at": None},
        update=changed,
    )


def withdraw_quote(connection: Connection, appeal_id: int, now: datetime) -> bool:
    """Let nobody read the quote any more; its words are gone. False where there is none."""
    statement = (
        sa.update(quotes)
        .where(quotes.c.appeal_id == appeal_id, quotes.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now, text="")
    )
    return connection.execute(statement).rowcount == 1


def _shown(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> tuple[sa.ColumnElement[bool], ...]:
    of_days = quotes.c.day.between(first, last)
    return quotes.c.withdrawn_at.is_(None), of_days, within_areas(connection, quotes, areas)
