"""Posts go out in both languages, once, and only by operators."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.delivery.target import Target
from services.news.latest import PAGE, latest, newer_than
from services.news.length import first_line, plain_text, shown_length
from services.news.model import Draft, Media, MediaType
from services.news.posts import publish_post
from services.news.trying import send_test
from services.refusal import Refusal
from storage.database import Database
from storage.schema.delivery import mailings, outbox
from storage.schema.news import posts

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OPERATOR, CITIZEN = 2, 3
DRAFT = Draft(
    "roads", "<b>Жол</b> жөнделді", "<b>Дорога</b> готова", target=Target(regions=("71",))
)


async def test_a_draft_is_published_once(db: Database) -> None:
    """Two taps on «Send» make one post and one mailing to its topic and region."""
    first = await db.write(publish_post, OPERATOR, "draft", DRAFT, NOW)
    later = NOW + timedelta(minutes=1)
    assert first == await db.write(publish_post, OPERATOR, "draft", DRAFT, later)

    def kept(connection: sa.Connection) -> list[tuple[object, ...]]:
        columns = (mailings.c.key, mailings.c.audience, mailings.c.kind)
        joined = sa.select(posts.c.text_kk, *columns).select_from(posts).join(mailings, sa.true())
        return [tuple(row) for row in connection.execute(joined)]

    audience = {"topic": "roads", "regions": ["71"], "each": True}
    expected = (DRAFT.text_kk, f"news:{first.post_id}", audience, "news")
    assert [expected] == await db.read(kept)


async def test_a_test_comes_as_often_as_it_is_asked_for(db: Database) -> None:
    """In both languages each time, to the author alone; a repeated press asks for nothing."""
    for press in ("first", "first", "second"):
        await db.write(send_test, OPERATOR, "draft", press, DRAFT, NOW)

    def kept(connection: sa.Connection) -> list[tuple[int, str]]:
        found = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings()
        return [(row["person_id"], row["payload"]["language"]) for row in found]

    assert [(OPERATOR, "kk"), (OPERATOR, "ru")] * 2 == await db.read(kept)


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, text_ru=""),
        replace(DRAFT, text_kk="<b></b>"),
        replace(DRAFT, text_kk="ә" * 4097),
        replace(DRAFT, text_ru="😀" * 513, media=(Media(MediaType.PHOTO, "file"),)),
        replace(DRAFT, topic="nothing"),
    ],
    ids=["one language", "only tags", "too long", "too long for a photo", "no such topic"],
)
async def test_unfit_drafts_are_refused(db: Database, draft: Draft) -> None:
    """Neither language goes out alone, nor what Telegram would not take."""
    with pytest.raises(Refusal):
        await db.write(publish_post, OPERATOR, "draft", draft, NOW)
    assert () == (await db.read(latest, "kk")).posts


async def test_only_operators_publish(db: Database) -> None:
    """A citizen cannot publish, whatever they forge."""
    with pytest.raises(Refusal):
        await db.write(publish_post, CITIZEN, "draft", DRAFT, NOW)


async def test_length_is_counted_after_entities(db: Database) -> None:
    """Tags count for nothing, and a text of just 4,096 UTF-16 units goes out."""
    text = f'<a href="https://example.com/{"a" * 200}">{"ә" * 4094}</a>😀'
    assert 4096 == shown_length(text)
    await db.write(publish_post, OPERATOR, "draft", replace(DRAFT, text_kk=text), NOW)


def test_what_is_shown_of_a_formatted_text() -> None:
    """Formatting vanishes and escapes are resolved; a title is the first line, shortened."""
    html = "\n<b>Жол &amp; су</b> &lt;3\nекінші жол"
    assert "\nЖол & су <3\nекінші жол" == plain_text(html)
    assert "Жол & су <3" == first_line(html, 60)
    assert "Жол &…" == first_line(html, 6)


async def test_pages_go_both_ways(db: Database) -> None:
    """The list is paged by key: older, newer, and back at the newest."""
    for number in range(12):
        await db.write(publish_post, OPERATOR, f"draft {number}", DRAFT, NOW)
    first = await db.read(latest, "kk")
    second = await db.read(latest, "kk", first.posts[-1].id)
    third = await db.read(latest, "kk", second.posts[-1].id)
    assert [5, 5, 2] == [len(page.posts) for page in (first, second, third)]
    assert [(True, False), (True, True), (False, True)] == [
        (page.older, page.newer) for page in (first, second, third)
    ]
    assert second == await db.read(newer_than, "kk", third.posts[0].id)
    assert first == await db.read(newer_than, "kk", second.posts[0].id)
    assert PAGE == len((await db.read(newer_than, "kk", first.posts[-1].id)).posts)
