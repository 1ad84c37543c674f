"""Where news comes from by itself, and each thing that it brought."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.delivery import MailingStatus
from storage.schema.delivery import mailings
from storage.schema.news import news_sources, source_items
from storage.upsert import upsert

_ENDED = (
    MailingStatus.FINISHED.value,
    MailingStatus.CANCELLED.value,
    MailingStatus.RECALLING.value,
    MailingStatus.RECALLED.value,
)


def add_source(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Add a source; False where its address is known, be it in use or retired."""
    return upsert(connection, news_sources, ["address"], values, update=()).rowcount == 1


def newest_item(connection: Connection, source_id: int) -> datetime | None:
    """Return when a source last brought something."""
    statement = sa.select(sa.func.max(source_items.c.found_at)).where(
        source_items.c.source_id == source_id
    )
    newest: datetime | None = connection.execute(statement).scalar_one()
    return newest


def find_source(connection: Connection, source_id: int) -> RowMapping | None:
    """Return the row of a source."""
    statement = sa.select(news_sources).where(news_sources.c.id == source_id)
    return connection.execute(statement).mappings().one_or_none()


def find_address(connection: Connection, address: str) -> RowMapping | None:
    """Return the row of the source with this address."""
    statement = sa.select(news_sources).where(news_sources.c.address == address)
    return connection.execute(statement).mappings().one_or_none()


def sources_in_use(
    connection: Connection, after: int, limit: int
) -> Sequence[tuple[RowMapping, datetime | None]]:
    """Return sources beyond this id with the moment of their newest item, the oldest first."""
    newest = (
        sa.select(sa.func.max(source_items.c.found_at))
        .where(source_items.c.source_id == news_sources.c.id)
        .scalar_subquery()
    )
    statement = (
        sa.select(news_sources, newest.label("newest"))
        .where(news_sources.c.retired_at.is_(None), news_sources.c.id > after)
        .order_by(news_sources.c.id)
        .limit(limit)
    )
    return [(row, row["newest"]) for row in connection.execute(statement).mappings()]


def feeds_due(connection: Connection, before: datetime, now: datetime) -> Sequence[RowMapping]:
    """Return feeds that were not asked since then; one asked later than now is due, too."""
    due = sa.or_(
        news_sources.c.checked_at.is_(None),
        news_sources.c.checked_at <= before,
        news_sources.c.checked_at > now,
    )
    statement = (
        sa.select(news_sources)
        .where(news_sources.c.kind == "feed", news_sources.c.retired_at.is_(None), due)
        .order_by(news_sources.c.checked_at.nulls_first(), news_sources.c.id)
    )
    return connection.execute(statement).mappings().all()


def change_source(
    connection: Connection, source_id: int, values: Mapping[str, Any], **expected: Any
) -> bool:
    """Change columns of a source that still has these expected values; False where not."""
    statement = sa.update(news_sources).where(news_sources.c.id == source_id)
    for column, value in expected.items():
        statement = statement.where(news_sources.c[column].is_not_distinct_from(value))
    return connection.execute(statement.values(**values)).rowcount == 1


def add_item(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Add what a source brought; False where it is known already."""
    keys = ["source_id", "item"]
    return upsert(connection, source_items, keys, values, update=()).rowcount == 1


def known_items(
    connection: Connection, source_id: int, items: Collection[str]
) -> dict[str, RowMapping]:
    """Return those of these items that are known, by their name in the source."""
    statement = sa.select(source_items).where(
        source_items.c.source_id == source_id, source_items.c.item.in_(items)
    )
    return {row["item"]: row for row in connection.execute(statement).mappings()}


def lock_item(connection: Connection, source_id: int, item: str) -> RowMapping | None:
    """Return the row of an item and let nobody else change it in the meantime."""
    statement = sa.select(source_items).where(
        source_items.c.source_id == source_id, source_items.c.item == item
    )
    return connection.execute(statement.with_for_update()).mappings().one_or_none()


def find_item(connection: Connection, item_id: int, *, lock: bool = False) -> RowMapping | None:
    """Return the row of an item."""
    statement = sa.select(source_items).where(source_items.c.id == item_id)
    statement = statement.with_for_update() if lock else statement
    return connection.execute(statement).mappings().one_or_none()


def change_item(
    connection: Connection, item_id: int, values: Mapping[str, Any], **expected: Any
) -> bool:
    """Change columns of an item that still has these expected values; False where not."""
    statement = sa.update(source_items).where(source_items.c.id == item_id)
    for column, value in expected.items():
        statement = statement.where(source_items.c[column] == value)
    return connection.execute(statement.values(**values)).rowcount == 1


def arrived(connection: Connection, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of items that are whole and of which nothing was decided yet."""
    statement = (
        sa.select(source_items.c.id)
        .where(source_items.c.status == "arrived", source_items.c.ready_at <= now)
        .order_by(source_items.c.ready_at, source_items.c.id)
        .limit(limit)
    )
    return connection.execute(statement).scalars().all()


def published_by_itself(connection: Connection, source_id: int, since: datetime) -> int:
    """Return how many items of a source went out unasked since then."""
    statement = sa.select(sa.func.count()).where(
        source_items.c.status == "published",
        source_items.c.ready_at >= since,
        source_items.c.source_id == source_id,
        source_items.c.decided_by.is_(None),
    )
    return connection.execute(statement).scalar_one()


def correct_mailing(connection: Connection, key: str, payload: Mapping[str, Any]) -> None:
    """Change what a mailing carries that has not ended; those who have it keep what they have."""
    statement = sa.update(mailings).where(mailings.c.key == key, mailings.c.status.not_in(_ENDED))
    connection.execute(statement.values(payload=dict(payload)))
