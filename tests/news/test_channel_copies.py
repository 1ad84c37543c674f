"""A post in the party's channel: once, in the words chosen, and taken back with its post."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.delivery.outcome import Outcome, Result
from services.news import channel
from services.news.channel import DIVIDER, CopyStatus, Label, Piece, pieces
from services.news.model import ChannelText, Draft, Link, Media, MediaType, Post, post_of
from services.news.planned import call_off
from services.news.posts import put_out
from storage import news
from storage.schema import metadata
from storage.schema.delivery import outbox
from storage.schema.news import channel_copies, channel_messages
from tests.news.conftest import settle

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OPERATOR = 2
CHANNEL = -1_002_000_000_001
LINK = Link("Толығырақ", "Подробнее", "https://example.kz")
DRAFT = Draft("roads", "Жол", "Дорога", links=(LINK,), channel=ChannelText.BOTH)
PHOTO = (Media(MediaType.PHOTO, "file"),)


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """Yield a connection to a database in memory with the people of these tests."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        settle(connection)
        yield connection
    engine.dispose()


def publish(connection: sa.Connection, draft: Draft = DRAFT) -> Post:
    """Publish a post and return it."""
    published = put_out(connection, OPERATOR, "draft", draft, NOW)
    row = news.find_post(connection, published.post_id)
    assert row is not None
    return post_of(row)


def status(connection: sa.Connection) -> str:
    """Return how far the only copy has come."""
    found: str = connection.execute(sa.select(channel_copies.c.status)).scalar_one()
    return found


def told(connection: sa.Connection) -> list[str]:
    """Return what the author was told about the copy."""
    letters = connection.execute(sa.select(outbox).where(outbox.c.kind == channel.NOTICE))
    return [letter.payload["status"] for letter in letters]


def test_both_languages_in_one_message_or_in_two(connection: sa.Connection) -> None:
    """Kazakh stands first; where one message is too short for both, Russian is the second."""
    post = publish(connection)
    both = Label("Толығырақ / Подробнее", LINK.url)
    assert (Piece(f"Жол{DIVIDER}Дорога", (), (both,)),) == pieces(post, ChannelText.BOTH)
    long = replace(post, text_kk="ә" * 600, text_ru="я" * 600, media=PHOTO)
    expected = (
        Piece(long.text_kk, PHOTO, (Label("Толығырақ", LINK.url),)),
        Piece(long.text_ru, (), (Label("Подробнее", LINK.url),)),
    )
    assert expected == pieces(long, ChannelText.BOTH)
    assert "Дорога" == pieces(post, ChannelText.RUSSIAN)[0].text


def test_it_goes_out_with_its_post(connection: sa.Connection) -> None:
    """A planned post's copy waits for the same moment."""
    at = NOW + timedelta(hours=2)
    publish(connection, replace(DRAFT, publish_at=at))
    assert not channel.copy_waits(connection, NOW)
    turn = channel.take_turn(connection, at)
    assert turn is not None
    channel.keep_messages(connection, turn.post.id, CHANNEL, [7])
    channel.end_sending(connection, turn.post.id, Outcome(Result.DELIVERED), at)
    assert (CopyStatus.SENT, []) == (status(connection), told(connection))
    assert None is channel.take_turn(connection, at)


def test_of_unknown_end_is_not_sent_again(connection: sa.Connection) -> None:
    """After a kill or a timeout the author is asked to look, once."""
    post = publish(connection)
    channel.take_turn(connection, NOW)
    assert [1, 0] == [channel.recover_copies(connection, NOW) for _ in range(2)]
    channel.end_sending(connection, post.id, Outcome(Result.DELIVERED), NOW)
    assert not channel.copy_waits(connection, NOW + timedelta(days=1))
    assert (CopyStatus.UNCERTAIN, ["uncertain"]) == (status(connection), told(connection))


@pytest.mark.parametrize(
    ("result", "begun", "expected", "tells"),
    [
        (Result.UNSENT, False, CopyStatus.WAITING, []),
        (Result.UNSENT, True, CopyStatus.UNCERTAIN, ["uncertain"]),
        (Result.UNCERTAIN, False, CopyStatus.UNCERTAIN, ["uncertain"]),
        (Result.REFUSED, False, CopyStatus.FAILED, ["failed"]),
    ],
)
def test_trouble(
    connection: sa.Connection,
    result: Result,
    begun: bool,  # noqa: FBT001
    expected: CopyStatus,
    tells: list[str],
) -> None:
    """Only what has certainly not arrived, not even in part, is tried again."""
    post = publish(connection)
    channel.take_turn(connection, NOW)
    if begun:
        channel.keep_messages(connection, post.id, CHANNEL, [7])
    channel.end_sending(connection, post.id, Outcome(result, error="words"), NOW)
    assert (expected, tells) == (status(connection), told(connection))


def test_it_is_taken_back(connection: sa.Connection) -> None:
    """What stands in the channel is deleted, part for part; what waits never appears."""
    post = publish(connection)
    channel.take_turn(connection, NOW)
    channel.keep_messages(connection, post.id, CHANNEL, [7, 8])
    channel.end_sending(connection, post.id, Outcome(Result.DELIVERED), NOW)
    channel.recall_copy(connection, post.id)
    turn = channel.take_turn(connection, NOW)
    assert turn is not None
    assert (True, ((CHANNEL, 7), (CHANNEL, 8))) == (turn.recalling, turn.messages)
    channel.end_recalling(connection, post.id, Outcome(Result.REFUSED, error="too old"), NOW)
    assert (CopyStatus.STAYED, ["stayed"]) == (status(connection), told(connection))
    assert 2 == len(connection.execute(sa.select(channel_messages)).all())


def test_one_that_waits_is_called_off(connection: sa.Connection) -> None:
    """A recall before its turn leaves nothing to do."""
    post = publish(connection)
    channel.recall_copy(connection, post.id)
    assert (CopyStatus.CALLED_OFF, None) == (
        status(connection),
        channel.take_turn(connection, NOW),
    )


def test_called_off_it_never_appears(connection: sa.Connection) -> None:
    """A planned post that is called off takes its copy along."""
    at = NOW + timedelta(hours=2)
    post = publish(connection, replace(DRAFT, publish_at=at))
    call_off(connection, OPERATOR, post.id, NOW)
    assert CopyStatus.CALLED_OFF == status(connection)
    assert not channel.copy_waits(connection, at)
