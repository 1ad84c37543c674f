"""Commands about sources of news and the party's channel, each with something to do."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.delivery.outcome import Outcome, Result
from services.language import Language
from services.news import (
    arriving,
    breaking,
    channel,
    channel_access,
    channel_posts,
    deciding,
    feed_reading,
    following,
    sources,
)
from services.news.feeds import Feed, FeedItem, Trouble
from services.news.items import Content, Part, joined
from services.news.model import ChannelText, Draft
from services.news.posts import put_out
from services.news.sources import NewSource, SourceKind
from storage import sources as rows
from tests.operations.seeded import ADMINISTRATOR, NEWS, NOW, OPERATOR, Seeded

CHANNEL = -1_002_000_000_009
NEW = NewSource(SourceKind.FEED, "https://example.kz/new", "Көз", NEWS, Language.KAZAKH)
BOTH = ChannelText.BOTH
DELIVERED = Outcome(Result.DELIVERED)
FEED = Feed("Сайт", (FeedItem("a" * 64, "Хабар", Content("Хабар"), NOW),))
EDITED = Part(1, "Түзетілген хабар", changed=(1, 1))
ASKED = feed_reading.Asked("etag")


def source(connection: Connection, kind: SourceKind = SourceKind.FEED) -> int:
    """Return a feed, or the channel."""
    address = "https://example.kz/rss" if kind is SourceKind.FEED else str(CHANNEL)
    known = rows.find_address(connection, address)
    if known is not None:
        number: int = known["id"]
        return number
    new = NewSource(kind, address, "Көз", NEWS, Language.KAZAKH)
    return sources.add_source(connection, OPERATOR, new, NOW).id


def arrived(connection: Connection, now: datetime = NOW) -> int:
    """Return an item that is whole."""
    source(connection, SourceKind.CHANNEL)
    part = Part(1, "Хабар")
    channel_posts.take_channel_post(connection, CHANNEL, None, part, NOW, now)
    found = rows.find_address(connection, str(CHANNEL))
    assert found is not None
    item = rows.lock_item(connection, found["id"], "post:1")
    assert item is not None
    number: int = item["id"]
    return number


def asked(connection: Connection) -> int:
    """Return an item that operators are asked about."""
    item = arrived(connection)
    arriving.deal_with(connection, item, NOW)
    return item


def facts(connection: Connection, item: int) -> Any:
    """Return the row of an item, its source and its content."""
    row = rows.find_item(connection, item)
    assert row is not None
    return row, sources.existing(connection, row["source_id"]), Content.of_json(row["content"])


def posted(connection: Connection, language: ChannelText | None = BOTH) -> int:
    """Return a post, which also goes to the channel."""
    draft = Draft(NEWS, "Хабар", "Новость", channel=language)
    return put_out(connection, OPERATOR, "copied", draft, NOW).post_id


def sending(connection: Connection) -> int:
    """Return a post of which the copy is being sent."""
    post = posted(connection)
    channel.take_turn(connection, NOW)
    return post


def recalling(connection: Connection) -> int:
    """Return a post of which the copy is being taken back."""
    post = sending(connection)
    channel.recall_copy(connection, post)
    return post


def follow(connection: Connection, _: Seeded, now: datetime) -> None:
    """Let a source change what it said."""
    row, found, _content = facts(connection, asked(connection))
    following.follow(connection, found, row, joined([EDITED]), now)


def ask(connection: Connection, _: Seeded, now: datetime) -> None:
    """Ask about an item."""
    arriving.ask(connection, *facts(connection, arrived(connection)), now)


CASES: dict[str, Any] = {
    "services.news.arriving.ask": ask,
    "services.news.arriving.deal_with": lambda c, _, now: arriving.deal_with(c, arrived(c), now),
    "services.news.breaking.tell_broken": lambda c, _, now: breaking.tell_broken(
        c, sources.existing(c, source(c)), Trouble.NOT_FOUND.value, NOW, now
    ),
    "services.news.breaking.tell_mended": lambda c, _, now: breaking.tell_mended(
        c, sources.existing(c, source(c)), NOW, now
    ),
    "services.news.channel.end_recalling": lambda c, _, now: channel.end_recalling(
        c, recalling(c), DELIVERED, now
    ),
    "services.news.channel.end_sending": lambda c, _, now: channel.end_sending(
        c, sending(c), DELIVERED, now
    ),
    "services.news.channel.keep_messages": lambda c, _, __: channel.keep_messages(
        c, sending(c), CHANNEL, [5, 6]
    ),
    "services.news.channel.queue_copy": lambda c, _, now: channel.queue_copy(
        c, posted(c, None), BOTH, now
    ),
    "services.news.channel.recall_copy": lambda c, _, __: channel.recall_copy(c, sending(c)),
    "services.news.channel.recover_copies": lambda c, _, now: (
        sending(c),
        channel.recover_copies(c, now),
    ),
    "services.news.channel.take_turn": lambda c, _, now: (posted(c), channel.take_turn(c, now)),
    "services.news.channel_access.channel_access": lambda c, _, now: channel_access.channel_access(
        c, CHANNEL, "Арна", OPERATOR, now, able=True
    ),
    "services.news.channel_posts.take_channel_post": lambda c, _, now: arrived(c, now),
    "services.news.deciding.compose_item": lambda c, _, now: deciding.compose_item(
        c, OPERATOR, asked(c), 0, now
    ),
    "services.news.deciding.publish_item": lambda c, _, now: deciding.publish_item(
        c, OPERATOR, asked(c), 0, now, 1000
    ),
    "services.news.deciding.skip_item": lambda c, _, now: deciding.skip_item(
        c, OPERATOR, asked(c), 0, now
    ),
    "services.news.feed_reading.feed_failed": lambda c, _, now: feed_reading.feed_failed(
        c, source(c), None, Trouble.NOT_FOUND, now
    ),
    "services.news.feed_reading.take_feed": lambda c, _, now: feed_reading.take_feed(
        c, source(c), None, FEED, ASKED, now
    ),
    "services.news.following.follow": follow,
    "services.news.sources.add_source": lambda c, _, now: sources.add_source(
        c, OPERATOR, NEW, now
    ),
    "services.news.sources.change_source": lambda c, _, now: sources.change_source(
        c, ADMINISTRATOR, source(c), 0, now, automatic=True
    ),
    "services.news.sources.retire_source": lambda c, _, now: sources.retire_source(
        c, OPERATOR, source(c), 0, now
    ),
}
