"""Posts that wait for their time: seen by staff alone, called off or out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.delivery.beginning import begin_planned
from services.delivery.cost import stars_for
from services.delivery.timing import (
    allowed_near,
    check_start,
    minutes_for,
    offered,
    read_moment,
)
from services.language import Language
from services.news.latest import latest
from services.news.model import Draft, PostStatus
from services.news.planned import call_off, find_planned, planned_posts
from services.news.posts import publish_post
from services.refusal import Refusal
from storage.database import Database

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 10:00 in Almaty, a Friday
OPERATOR, CITIZEN = 2, 3
HOUR = timedelta(hours=1)


async def plan(db: Database, name: str, at: datetime) -> int:
    """Plan a post and return its id."""
    draft = Draft("roads", f"{name} kk", f"{name} ru", publish_at=at)
    draft = replace(draft, late_joiners=True, repeat_uncertain=False)
    return (await db.write(publish_post, OPERATOR, name, draft, NOW)).post_id


async def test_planned_posts_by_their_time(db: Database) -> None:
    """Staff see them the nearest first and page by key; readers see none."""
    late, soon, same = [
        await plan(db, name, NOW + hours * HOUR)
        for name, hours in (("late", 3), ("soon", 1), ("same", 1))
    ]
    posts, more = await db.read(planned_posts, OPERATOR, None, 2)
    assert ([soon, same], True) == ([post.id for post in posts], more)
    posts, more = await db.read(planned_posts, OPERATOR, same, 2)
    assert ([late], False) == ([post.id for post in posts], more)
    assert () == (await db.read(latest, Language.KAZAKH)).posts


async def test_called_off_before_its_time(db: Database) -> None:
    """Called off, it never goes out, and everything composed is there to be composed again."""
    post = await plan(db, "post", NOW + HOUR)
    with pytest.raises(Refusal):
        await db.write(call_off, CITIZEN, post, NOW)
    planned = await db.write(call_off, OPERATOR, post, NOW)
    assert planned == await db.write(call_off, OPERATOR, post, NOW)
    assert (PostStatus.CALLED_OFF, "post kk") == (planned.post.status, planned.draft.text_kk)
    assert (NOW + HOUR, True) == (planned.draft.publish_at, planned.draft.late_joiners)
    assert not planned.draft.repeat_uncertain
    await db.write(begin_planned, NOW + 2 * HOUR)
    assert () == (await db.read(latest, Language.KAZAKH)).posts


async def test_too_late_to_call_off(db: Database) -> None:
    """At its time it is published, and can only be cancelled with its mailing."""
    post = await plan(db, "post", NOW + HOUR)
    await db.write(begin_planned, NOW + HOUR)
    with pytest.raises(Refusal):
        await db.write(call_off, OPERATOR, post, NOW + HOUR)
    planned = await db.read(find_planned, post)
    assert planned is not None
    assert not planned.waits
    assert [post] == [each.id for each in (await db.read(latest, Language.KAZAKH)).posts]


def almaty(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in Almaty."""
    return datetime(2026, 11, day, hour - 5, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("25.11 14:30", almaty(25, 14, 30)),
        ("25.11.2026 9:05", almaty(25, 9, 5)),
        ("ертең 10:00", almaty(21, 10)),
        ("завтра в 10:00", almaty(21, 10)),
        ("18:00", almaty(20, 18)),
        ("25 қараша 12:00", almaty(25, 12)),
        ("25.11", None),
        ("09:00–12:00", None),
        ("25:00", None),
        ("скоро", None),
    ],
)
def test_written_moments(written: str, at: datetime | None) -> None:
    """A day and a time are understood in both languages; a guess is never made."""
    assert at == read_moment(written, NOW)


@pytest.mark.parametrize("at", [NOW, NOW + timedelta(days=61), almaty(20, 21), almaty(21, 8, 59)])
def test_moments_that_cannot_be(at: datetime) -> None:
    """Not in the past, not beyond 60 days, not from 21:00 to 09:00."""
    with pytest.raises(Refusal):
        check_start(at, NOW)


def test_moments_that_can_be() -> None:
    """What is offered may be chosen, and a time at night has a morning after it."""
    expected = [almaty(20, 18), almaty(21, 9), almaty(21, 12), almaty(21, 18)]
    assert expected == list(offered(NOW))
    assert expected[1:] == list(offered(almaty(20, 18)))
    for at in expected:
        check_start(at, NOW)
    assert almaty(21, 9) == allowed_near(almaty(20, 22))


def test_price_and_duration() -> None:
    """Ten messages a Star, rounded up; thirty a second without payment, whatever is set."""
    assert [0, 1, 1, 2] == [stars_for(people, {}) for people in (0, 1, 10, 11)]
    assert 1 == minutes_for(1, 30, paid=False)
    assert 40 == minutes_for(60_000, 25, paid=False)
    assert [556, 17] == [minutes_for(1_000_000, 1000, paid=paid) for paid in (False, True)]
