"""What a channel posts becomes one item for each post or album, in whatever order it arrives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from services.delivery.approval import Approval, ApprovalStatus, approval_of
from services.delivery.letting_out import approve
from services.language import Language
from services.news.arriving import MOST_A_DAY, deal_with, items_arrived
from services.news.channel_posts import take_channel_post
from services.news.deciding import compose_item, find_item, publish_item, skip_item
from services.news.items import Content, ItemStatus, Part
from services.news.model import Media, MediaType
from services.news.sources import (
    NewSource,
    SourceKind,
    add_source,
    change_source,
    existing,
    retire_source,
)
from services.refusal import Refusal
from storage import channel_copies
from storage.schema import metadata
from storage.schema.delivery import approvals, mailings, outbox
from storage.schema.news import posts, source_items
from storage.schema.people import roles
from tests.news.conftest import settle

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OPERATOR, CITIZEN = 2, 3
CHANNEL = -1_002_000_000_001
SOURCE = NewSource(SourceKind.CHANNEL, str(CHANNEL), "Арна", "roads", Language.KAZAKH)


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    """Yield a database in memory with the people of these tests."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        settle(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection of which nothing is kept."""
    with engine.connect() as connection:
        yield connection


def register(connection: sa.Connection, *, automatic: bool = False) -> int:
    """Register the channel and return the source's id."""
    source = NewSource(**{**asdict_of(SOURCE), "automatic": automatic})
    if automatic:
        role = {"person_id": OPERATOR, "role": "administrator", "since": NOW}
        connection.execute(sa.insert(roles).values(role))
    return add_source(connection, OPERATOR, source, NOW - timedelta(days=1)).id


def asdict_of(source: NewSource) -> dict[str, object]:
    """Return the fields of a new source."""
    return {name: getattr(source, name) for name in NewSource.__slots__}


def post(connection: sa.Connection, part: Part, album: str | None = None) -> bool:
    """Let a message of the channel arrive."""
    return take_channel_post(connection, CHANNEL, album, part, NOW, NOW)


def deal_with_all(connection: sa.Connection, at: datetime = NOW) -> list[ItemStatus]:
    """Deal with everything that is whole."""
    return [deal_with(connection, item, at) for item in items_arrived(connection, at, 100)]


def shown(connection: sa.Connection) -> dict[str, tuple[str, tuple[Media, ...]]]:
    """Return what readers would see of each item, by its name."""
    contents = {
        row.item: Content.of_json(row.content)
        for row in connection.execute(sa.select(source_items))
    }
    return {name: (content.text, content.media) for name, content in contents.items()}


def photo(number: int) -> Media:
    """Return a picture."""
    return Media(MediaType.PHOTO, f"file-{number}")


# A post with two edits, an album of three whose caption was edited, a message without words.
HISTORY: Sequence[tuple[str | None, Part]] = (
    (None, Part(1, "бір", changed=(0, 1))),
    (None, Part(1, "екі", changed=(9, 5))),
    (None, Part(1, "үш", changed=(9, 6))),
    ("a", Part(2, "альбом", photo(2), changed=(0, 2))),
    ("a", Part(3, "", photo(3), changed=(0, 3))),
    ("a", Part(4, "", photo(4), changed=(0, 4))),
    ("a", Part(2, "түзетілді", photo(2), changed=(8, 7))),
    (None, Part(5, "", None, changed=(0, 8))),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(HISTORY), max_size=8), st.permutations(HISTORY), st.data())
def test_any_order_gives_the_same_items(
    engine: sa.Engine,
    before: list[tuple[str | None, Part]],
    order: list[tuple[str | None, Part]],
    data: st.DataObject,
) -> None:
    """Repeated, late and overtaking updates change nothing of what readers would see."""
    with engine.connect() as connection:
        register(connection)
        for album, part in [*before, *order]:
            post(connection, part, album)
            if data.draw(st.booleans()):
                deal_with_all(connection, NOW + timedelta(seconds=2))
        assert {
            "post:1": ("үш", ()),
            "album:a": ("түзетілді", (photo(2), photo(3), photo(4))),
        } == shown(connection)


def test_an_album_waits_for_its_parts(connection: sa.Connection) -> None:
    """Each part lets the album wait a moment more; a single post waits for nothing."""
    register(connection)
    post(connection, Part(2, "альбом", photo(2)), "a")
    assert [] == deal_with_all(connection, NOW + timedelta(seconds=1))
    later = NOW + timedelta(seconds=1)
    take_channel_post(connection, CHANNEL, "a", Part(3, "", photo(3)), NOW, later)
    assert [] == deal_with_all(connection, NOW + timedelta(seconds=2))
    assert [ItemStatus.ASKED] == deal_with_all(connection, NOW + timedelta(seconds=3))
    post(connection, Part(4, "жеке"))
    assert [ItemStatus.ASKED] == deal_with_all(connection)


def test_what_is_no_news(connection: sa.Connection) -> None:
    """Strangers' channels, older posts, the bot's own copies, and messages without words."""
    assert not post(connection, Part(1, "бейтаныс"))
    source = register(connection)
    old = NOW - timedelta(days=2)
    assert not take_channel_post(connection, CHANNEL, None, Part(1, "ескі"), old, NOW)
    connection.execute(
        sa.insert(posts).values(
            id=1, draft_id="d", topic="roads", status="published", text_kk="т", text_ru="т",
            published_at=NOW,
        )
    )  # fmt: skip
    channel_copies.add_messages(connection, 1, CHANNEL, [7])
    assert not post(connection, Part(7, "өз көшірмесі", changed=(5, 5)))
    assert not post(connection, Part(8))
    retire_source(connection, OPERATOR, source, 0, NOW)
    assert not post(connection, Part(9, "кеш"))
    assert {} == shown(connection)


def test_an_automatic_source_publishes(connection: sa.Connection) -> None:
    """Its posts go out in its language without an author; the eleventh of a day is asked about."""
    register(connection, automatic=True)
    for number in range(MOST_A_DAY + 1):
        post(connection, Part(number + 1, f"хабар {number}"))
        deal_with_all(connection)
    statuses = [row.status for row in connection.execute(sa.select(source_items))]
    assert ["published"] * MOST_A_DAY + ["asked"] == statuses
    first = connection.execute(sa.select(posts, mailings.c.audience).join(mailings, sa.true()))
    row = first.mappings().first()
    assert row is not None
    assert (None, "хабар 0", "хабар 0") == (row["created_by"], row["text_kk"], row["text_ru"])
    assert {"topic": "roads", "language": "kk", "each": True} == row["audience"]


@pytest.mark.parametrize(
    "part",
    [
        Part(1, "ұзын " * 300, photo(1)),
        Part(1, "", photo(1)),
        Part(1, "сауалнама бар", whole=False),
    ],
    ids=["too long for a caption", "no words", "something that cannot be sent on"],
)
def test_what_an_automatic_source_cannot_publish(connection: sa.Connection, part: Part) -> None:
    """It is asked about instead."""
    register(connection, automatic=True)
    post(connection, part)
    assert [ItemStatus.ASKED] == deal_with_all(connection)


def test_only_administrators_let_a_source_publish_by_itself(connection: sa.Connection) -> None:
    """An operator adds sources and turns that off, and can turn it on neither now nor later."""
    source = register(connection)
    with pytest.raises(Refusal, match="Only an administrator"):
        change_source(connection, OPERATOR, source, 0, NOW, automatic=True)
    retire_source(connection, OPERATOR, source, 0, NOW)
    with pytest.raises(Refusal, match="Only an administrator"):
        add_source(connection, OPERATOR, replace(SOURCE, automatic=True), NOW)
    assert not existing(connection, source).automatic


def test_edits_are_followed(connection: sa.Connection) -> None:
    """What is out is corrected, in the list and for those who have not got it yet."""
    register(connection, automatic=True)
    post(connection, Part(1, "қата"))
    deal_with_all(connection)
    post(connection, Part(1, "қате", changed=(9, 2)))
    assert ["қате"] == list(connection.execute(sa.select(posts.c.text_ru)).scalars())
    payload = connection.execute(sa.select(mailings.c.payload)).scalar_one()
    assert ("қате", "қате") == (payload["text_kk"], payload["title_kk"])
    post(connection, Part(1, "ұ" * 5000, changed=(10, 3)))
    assert ["қате"] == list(connection.execute(sa.select(posts.c.text_ru)).scalars())


def test_nobody_lets_out_what_they_did_not_see(connection: sa.Connection) -> None:
    """An edit makes a new version; a button of the old one changes nothing."""
    register(connection)
    post(connection, Part(1, "бір"))
    deal_with_all(connection)
    assert [OPERATOR] == list(connection.execute(sa.select(outbox.c.person_id)).scalars())
    post(connection, Part(1, "екі", changed=(9, 2)))
    seen = publish_item(connection, OPERATOR, 1, 0, NOW, 1000)
    assert (ItemStatus.ASKED, 1, "екі") == (seen.status, seen.version, seen.content.text)
    done = publish_item(connection, OPERATOR, 1, 1, NOW, 1000)
    assert (ItemStatus.PUBLISHED, "Адам") == (done.status, done.decider)
    assert ItemStatus.PUBLISHED is skip_item(connection, OPERATOR, 1, 1, NOW).status
    with pytest.raises(Refusal):
        skip_item(connection, CITIZEN, 1, 2, NOW)


def test_many_readers_need_a_second_pair_of_eyes(connection: sa.Connection) -> None:
    """Above the limit another operator is asked, and an edit takes that back."""
    register(connection)
    connection.execute(
        sa.text("INSERT INTO roles (person_id, role, since) VALUES (3, 'administrator', :now)"),
        {"now": "2026-11-01 00:00:00"},
    )
    post(connection, Part(1, "бір"))
    deal_with_all(connection)
    asked = publish_item(connection, OPERATOR, 1, 0, NOW, 0)
    assert ItemStatus.APPROVAL is asked.status
    assert ["pending"] == list(connection.execute(sa.select(approvals.c.status)).scalars())
    post(connection, Part(1, "екі", changed=(9, 2)))
    assert ["withdrawn"] == list(connection.execute(sa.select(approvals.c.status)).scalars())
    assert ItemStatus.ASKED is find_item(connection, 1).status


def ask_second(connection: sa.Connection) -> Approval:
    """Let the only post wait for approval, and return the request."""
    register(connection)
    role = {"person_id": CITIZEN, "role": "operator", "since": NOW}
    connection.execute(sa.insert(roles).values(role))
    post(connection, Part(1, "бір"))
    deal_with_all(connection)
    publish_item(connection, OPERATOR, 1, 0, NOW, 0)
    return approval_of(connection.execute(sa.select(approvals)).mappings().one())


def test_left_out_it_cannot_be_approved(connection: sa.Connection) -> None:
    """Whoever leaves out what waits for approval takes the request back."""
    asked = ask_second(connection)
    assert ItemStatus.SKIPPED is skip_item(connection, OPERATOR, 1, 1, NOW).status
    late = approve(connection, asked.id, asked.seen, CITIZEN, NOW)
    assert ApprovalStatus.WITHDRAWN is late.status
    assert [] == connection.execute(sa.select(posts)).all()


def test_what_was_approved_stays_so(connection: sa.Connection) -> None:
    """An edit in the source changes neither what was approved nor that it is out."""
    asked = ask_second(connection)
    approve(connection, asked.id, asked.seen, CITIZEN, NOW)
    post(connection, Part(1, "екі", changed=(9, 2)))
    assert ["бір"] == list(connection.execute(sa.select(posts.c.text_kk)).scalars())
    assert ItemStatus.PUBLISHED is find_item(connection, 1).status


def test_who_composes_is_seen(connection: sa.Connection) -> None:
    """An item in somebody's composer can still be decided about by others, who see whose it is."""
    register(connection)
    post(connection, Part(1, "бір"))
    deal_with_all(connection)
    taken = compose_item(connection, OPERATOR, 1, 0, NOW)
    assert (ItemStatus.COMPOSING, OPERATOR, True) == (taken.status, taken.decided_by, taken.waits)
    assert ItemStatus.SKIPPED is skip_item(connection, OPERATOR, 1, taken.version, NOW).status
