"""Feeds asked for what is new: which are due, what they brought, and when one breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.news.breaking import tell_broken, tell_mended
from services.news.feeds import Feed, FeedItem, Trouble
from services.news.following import follow
from services.news.items import Content, ItemStatus
from services.news.sources import Source, existing, source_of
from storage import sources as rows

EVERY = timedelta(minutes=10)
# A feed that is new to the bot brings what appeared within a day, not its whole past.
FRESH = timedelta(days=1)
# Where an entry seems new and is not: a feed that gave all its entries new ids.
STALE = timedelta(days=7)
AT_ONCE = 10  # new items of one look, the newest of them
PATIENCE = 3  # failures in a row before anybody is told


@dataclass(frozen=True, slots=True)
class Asked:
    """What a server said about what it sent, to be asked only for what is new."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """How many items of a look were new and told, new and too old to be told, and edited."""

    new: int = 0
    passed: int = 0
    edited: int = 0


def feeds_due(connection: Connection, now: datetime) -> Sequence[Source]:
    """Return feeds to be asked now, who waited longest first (a query)."""
    return [source_of(row) for row in rows.feeds_due(connection, now - EVERY, now)]


def take_feed(
    connection: Connection,
    source_id: int,
    checked_at: datetime | None,
    feed: Feed | None,
    asked: Asked,
    now: datetime,
) -> Brought:
    """Keep what a feed brought since it was asked at `checked_at`; None: nothing has changed.

    Each entry counts once, whatever becomes of its words; what is told is decided as with any
    item. The first look takes nothing that is older than a day or has no date, later ones nothing
    older than a week, and at most the ten newest at once; the rest is remembered and not told.
    Who was told that the feed is broken is told that it works.

    Key: (source, moment of the look before).
    """
    values = {"checked_at": now, "failures": 0, "broken_since": None}
    if feed is not None:
        values |= {"etag": asked.etag, "last_modified": asked.last_modified}
    source = existing(connection, source_id)
    if source.retired_at is not None or not rows.change_source(
        connection, source_id, values, checked_at=checked_at
    ):
        return Brought()
    if source.broken_since is not None:
        tell_mended(connection, source, source.broken_since, now)
    if feed is None:
        return Brought()
    names = [item.name for item in feed.items]
    known = rows.known_items(connection, source_id, names)
    edited = 0
    for item in feed.items:
        if item.name in known and known[item.name]["status"] != ItemStatus.PASSED:
            edited += _edited(connection, source, known[item.name], item, now)
    unknown = [item for item in feed.items if item.name not in known]
    told = _worth_telling(unknown, now, first=checked_at is None)
    for item in told:
        _add(connection, source_id, item, ItemStatus.ARRIVED, now)
    fresh = {item.name for item in told}
    for item in unknown:
        if item.name not in fresh:
            _add(connection, source_id, item, ItemStatus.PASSED, now)
    return Brought(len(told), len(unknown) - len(told), edited)


def _edited(
    connection: Connection, source: Source, known: RowMapping, item: FeedItem, now: datetime
) -> bool:
    """Follow an entry that has other words now; tell whether it has."""
    if Content.of_json(known["content"]) == item.content:
        return False
    row = rows.lock_item(connection, source.id, item.name)  # an operator may be deciding on it
    if row is not None:
        follow(connection, source, row, item.content, now)
    return True


def feed_failed(
    connection: Connection,
    source_id: int,
    checked_at: datetime | None,
    trouble: Trouble,
    now: datetime,
) -> None:
    """Note that a feed could not be read; the third time in a row the staff are told, once.

    Key: (source, moment of the look before).
    """
    row = rows.find_source(connection, source_id)
    if row is None or row["retired_at"] is not None:
        return
    failures = row["failures"] + 1
    values = {"checked_at": now, "failures": failures}
    breaks = failures >= PATIENCE and row["broken_since"] is None
    if breaks:
        values["broken_since"] = now
    if rows.change_source(connection, source_id, values, checked_at=checked_at) and breaks:
        tell_broken(connection, source_of(row), trouble.value, now, now)


def _worth_telling(
    unknown: Sequence[FeedItem], now: datetime, *, first: bool
) -> Sequence[FeedItem]:
    """Return the new items, the oldest first."""
    since = now - (FRESH if first else STALE)
    dated = [item for item in unknown if item.published is not None and item.published >= since]
    undated = [] if first else [item for item in unknown if item.published is None]
    # A feed lists its newest entry first.
    newest = sorted(dated, key=lambda item: item.published or now, reverse=True)
    return [*undated, *newest][:AT_ONCE][::-1]


def _add(
    connection: Connection, source_id: int, item: FeedItem, status: ItemStatus, now: datetime
) -> None:
    content = item.content if status is ItemStatus.ARRIVED else Content(link=item.content.link)
    rows.add_item(
        connection,
        {
            "source_id": source_id,
            "item": item.name,
            "status": status.value,
            "content": content.as_json(),
            "found_at": now,
            "ready_at": now,
        },
    )
