"""Feeds as sites write them: read into plain words, each entry once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.language import Language
from services.news.arriving import deal_with, items_arrived
from services.news.feed_reading import AT_ONCE, Asked, Brought, feed_failed, feeds_due, take_feed
from services.news.feeds import Feed, FeedTrouble, Trouble, read_feed
from services.news.sources import NewSource, Source, SourceKind, add_source, existing
from storage.schema import metadata
from storage.schema.delivery import outbox
from storage.schema.news import source_items
from tests.news.conftest import settle

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OPERATOR = 2
ADDRESS = "https://example.kz/rss"


def rss(*items: str, title: str = "Ауыл &amp; қала", encoding: str = "utf-8") -> bytes:
    """Return an RSS 2.0 feed of these items."""
    head = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>'
    text = f"{head}<title>{title}</title>{''.join(items)}</channel></rss>"
    return text.encode(encoding)


def entry(number: int, *, days: float = 0, title: str = "", more: str = "") -> str:
    """Return an item that appeared so many days ago."""
    moment = (NOW - timedelta(days=days)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    words = f"<title>{title or f'Хабар {number}'}</title><pubDate>{moment}</pubDate>"
    return f"<item><guid>id-{number}</guid><link>/{number}</link>{words}{more}</item>"


def read(body: bytes, content_type: str | None = None) -> Feed:
    """Read a feed as it comes from its site."""
    return read_feed(body, content_type, ADDRESS)


def test_rss() -> None:
    """Title, words without tags, a whole link, the date in UTC."""
    html = "<![CDATA[<p>Бірінші <b>жол</b></p><script>x</script><p>2 &lt; 3</p>]]>"
    feed = read(rss(entry(1, more=f"<description>{html}</description>")))
    (item,) = feed.items
    assert "Ауыл & қала" == feed.title
    assert "<b>Хабар 1</b>\n\nБірінші жол\n\n2 &lt; 3" == item.content.text
    assert ("https://example.kz/1", NOW) == (item.content.link, item.published)


def test_atom() -> None:
    """Atom is read as RSS is."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Партия</title><entry>
    <id>tag:1</id><title type="html">Жаңа &lt;i&gt;мектеп&lt;/i&gt;</title>
    <link href="https://example.kz/a"/><updated>2026-11-20T10:00:00+05:00</updated>
    <summary>Ашылды</summary></entry></feed>"""
    feed = read(body.encode())
    (item,) = feed.items
    assert ("<b>Жаңа мектеп</b>\n\nАшылды", NOW) == (item.content.text, item.published)


def test_another_encoding() -> None:
    """What the site says about its encoding is believed, in the XML or beside it."""
    body = rss(entry(1, title="Новая дорога"), title="Новости", encoding="windows-1251")
    assert "Новая дорога" == read(body).items[0].title
    plain = body.replace(b' encoding="windows-1251"', b"")
    assert "Новости" == read(plain, "text/xml; charset=windows-1251").title


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    """A feed that is cut off, or has a bare ampersand, still tells its news."""
    body = rss(entry(1, title="Су & жол"), entry(2))
    assert ["Су & жол", "Хабар 2"] == [item.title for item in read(body[:-30]).items]


def test_who_has_no_guid_is_known_by_the_link() -> None:
    """Without a guid the link is the entry's identity, without both its title."""
    linked = "<item><title>{}</title><link>https://example.kz/7</link></item>"
    first, second = (
        read(rss(linked.format(title))).items[0] for title in ("Хабар", "Түзетілген хабар")
    )
    assert first.name == second.name
    (bare,) = read(rss("<item><title>Тек тақырып</title></item>")).items
    assert (64, None, None) == (len(bare.name), bare.content.link, bare.published)


def test_who_has_no_title_is_told_by_the_words() -> None:
    """An entry without a title is its words; one without either is nothing."""
    bare, words = "<item><guid>1</guid></item>", "<description>Жол\0 салынды</description>"
    (item,) = read(rss(bare, f"<item><guid>2</guid>{words}</item>")).items
    assert ("Жол салынды", "Жол салынды") == (item.title, item.content.text)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://localhost/", "https://a b.kz/"])
def test_no_button_leads_where_telegram_refuses(link: str) -> None:
    """A link that would let Telegram refuse the message for everybody is left out."""
    linked = f"<item><guid>1</guid><title>Хабар</title><link>{link}</link></item>"
    assert None is read(rss(linked)).items[0].content.link


BOMB = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>"""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>x</body></html>",
        b'{"a": 1}',
        b"\x89PNG",
        BOMB.encode() + rss(entry(1)),
        BOMB.encode("utf-16"),
    ],
)
def test_what_is_no_feed(body: bytes) -> None:
    """A page, a file, nothing, or what swells while it is read is no feed."""
    with pytest.raises(FeedTrouble) as trouble:
        read(body)
    assert Trouble.NOT_A_FEED is trouble.value.trouble


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """Yield a connection to a database in memory with a feed in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        settle(connection)
        new = NewSource(SourceKind.FEED, ADDRESS, "Ауыл", "roads", Language.RUSSIAN)
        add_source(connection, OPERATOR, new, NOW)
        yield connection
    engine.dispose()


def source(connection: sa.Connection) -> Source:
    """Return the feed of these tests."""
    return existing(connection, 1)


def look(connection: sa.Connection, body: bytes | None, at: datetime) -> Brought:
    """Let the feed bring this; None: nothing has changed."""
    feed = None if body is None else read(body)
    return take_feed(connection, 1, source(connection).checked_at, feed, Asked("e"), at)


def test_the_first_look_brings_no_flood(connection: sa.Connection) -> None:
    """Only what appeared within a day is told; the rest is remembered and never told."""
    body = rss(*(entry(number, days=number / 2) for number in range(6)))
    assert Brought(3, 3) == look(connection, body, NOW)
    later = NOW + timedelta(minutes=10)
    assert Brought() == look(connection, body, later)
    more = rss(entry(9), entry(8, days=30), *(entry(number) for number in range(6)))
    assert Brought(1, 1) == look(connection, more, later + timedelta(minutes=10))
    assert [3, 3 + 1] == [len(items_arrived(connection, NOW, 99)), len(arrived(connection))]


def arrived(connection: sa.Connection) -> list[str]:
    """Return the texts of items that are to be told, as they will be."""
    found = connection.execute(sa.select(source_items).order_by(source_items.c.id))
    return [row.content["text"] for row in found if row.status == "arrived"]


def test_at_most_ten_at_once(connection: sa.Connection) -> None:
    """Where a feed brings more, the newest ten are told, the oldest of them first."""
    look(connection, rss(entry(99, days=9)), NOW)
    body = rss(*(entry(number, days=number / 100) for number in range(AT_ONCE + 5)))
    assert Brought(AT_ONCE, 5) == look(connection, body, NOW + timedelta(minutes=10))
    texts = arrived(connection)
    assert ("<b>Хабар 9</b>", "<b>Хабар 0</b>") == (texts[0], texts[-1])


def test_an_edited_entry_is_the_same(connection: sa.Connection) -> None:
    """It is told once; what waits becomes what the feed says now."""
    look(connection, rss(entry(1)), NOW)
    (item,) = items_arrived(connection, NOW, 9)
    deal_with(connection, item, NOW)
    at = NOW + timedelta(minutes=10)
    assert Brought(0, 0, 1) == look(connection, rss(entry(1, title="Түзетілді")), at)
    assert [] == items_arrived(connection, at, 9)
    (row,) = connection.execute(sa.select(source_items))
    assert ("<b>Түзетілді</b>", 1, "asked") == (row.content["text"], row.version, row.status)


def test_a_broken_feed_is_told_once(connection: sa.Connection) -> None:
    """After three failures in a row the operators hear of it, and once more when it works."""
    for number in range(5):
        at = NOW + timedelta(minutes=10 * number)
        assert [1] == [one.id for one in feeds_due(connection, at)]
        feed_failed(connection, 1, source(connection).checked_at, Trouble.NOT_FOUND, at)
        assert [] == feeds_due(connection, at + timedelta(minutes=9))
    kinds = sa.select(outbox.c.kind).order_by(outbox.c.id)
    assert ["source_broken"] == list(connection.execute(kinds).scalars())
    look(connection, None, NOW + timedelta(hours=1))
    look(connection, None, NOW + timedelta(hours=2))
    assert ["source_broken", "source_mended"] == list(connection.execute(kinds).scalars())
