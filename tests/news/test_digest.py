"""Whoever gets news together is told every post once, whatever they choose and whenever."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from services.delivery.beginning import begin_planned
from services.delivery.claiming import Terms, audience_page, claim
from services.delivery.mailing_run import finish, running
from services.delivery.policy import Policy
from services.delivery.target import Rhythm, Target
from services.language import Language
from services.news.digest import (
    NEWS_DIGEST,
    Due,
    due_digests,
    last_hours,
    launch_digest,
    variants,
)
from services.news.model import Draft
from services.news.posts import NEWS, put_out
from services.news.rhythm import get_each, get_together, rhythm_of
from services.news.subscription import mute_topic
from services.refusal import Refusal
from storage.database import Database
from storage.news import change_post
from storage.schema.delivery import deliveries, mailings, outbox
from storage.schema.metadata import metadata
from storage.schema.organisation import news_topics
from storage.schema.people import consents, people
from tests.news.conftest import CITIZEN, NOW  # NOW is Friday, 10:00 in Asia/Almaty

READERS = {11: "kk", 12: "ru", 13: "kk"}
RHYTHMS = (None, Rhythm(9), Rhythm(18), Rhythm(20), Rhythm(9, 0), Rhythm(18, 4))
MINUTE = timedelta(minutes=1)


@dataclass
class Town:
    """Three people, the posts that came out, and what each person was sent."""

    connection: sa.Connection
    now: datetime = NOW
    posts: dict[int, str | None] = field(default_factory=dict)
    got: Counter[tuple[int, int]] = field(default_factory=Counter)
    # A post told in a digest may come once more to who then wants each at once.
    excused: set[tuple[int, int]] = field(default_factory=set)
    looked_at: list[Due] = field(default_factory=list)

    def settle(self) -> None:
        """Let everybody join."""
        names = {"name_kk": "Жол", "name_ru": "Дороги", "emoji": "🛣"}
        self.connection.execute(sa.insert(news_topics).values(code="roads", position=0, **names))
        for person, language in READERS.items():
            values = {"id": person, "name": "Адам", "language": language, "joined_at": NOW}
            self.connection.execute(sa.insert(people).values(values))
            agreed = {"person_id": person, "kind": "news", "version": "2026-11.3"}
            self.connection.execute(
                sa.insert(consents).values(agreed | {"language": language, "given_at": NOW})
            )

    def publish(self, language: str | None, ahead: int) -> None:
        """Put a post out, now or so many minutes ahead."""
        target = Target(language=Language(language) if language else None)
        at = self.now + ahead * MINUTE if ahead else None
        draft = Draft("roads", "Жол", "Дорога", target=target, publish_at=at)
        known = put_out(self.connection, None, f"draft {len(self.posts)}", draft, self.now)
        self.posts[known.post_id] = language

    def choose(self, person: int, rhythm: Rhythm | None) -> None:
        """Let a person choose how often news comes."""
        if rhythm is not None:
            get_together(self.connection, person, rhythm, self.now)
            return
        if rhythm_of(self.connection, person) is not None:
            self.excused |= {pair for pair in self.got if pair[0] == person}
        get_each(self.connection, person, self.now)
        told = sa.select(outbox.c.payload).where(outbox.c.person_id == person)
        for payload in self.connection.execute(told).scalars():
            self.got.update((person, post) for post in payload["variant"])
        self.connection.execute(sa.delete(outbox))

    def restart(self) -> None:
        """Let the bot forget what it has looked at."""
        self.looked_at = []

    def tick(self) -> None:
        """Do what the bot does each minute."""
        begin_planned(self.connection, self.now)
        for due in due_digests(self.connection, self.now, self.looked_at):
            launch_digest(self.connection, due, self.now)
        self.looked_at = last_hours(self.now)

    def send(self, number: int) -> None:
        """Carry every mailing on for so many people."""
        policy = Policy(per_week=1_000)
        terms = Terms(self.now, policy, {NEWS_DIGEST: variants})
        for mailing in running(self.connection, self.now):
            cursor = mailing.cursor
            reached = audience_page(self.connection, mailing, cursor, number)
            if not reached:
                self.connection.execute(sa.update(deliveries).values(status="delivered"))
                finish(self.connection, mailing.id, self.now)
                continue
            for recipient in claim(self.connection, mailing, cursor, reached, terms) or ():
                told = recipient.variant
                if mailing.kind == NEWS:
                    told = (mailing.payload["post"],)
                self.got.update((recipient.person_id, post) for post in told)

    def wind_up(self) -> None:
        """Let eight days go by, in which everything is sent that is on its way."""
        for _ in range(8 * 2):
            self.now += timedelta(hours=12)
            self.tick()
            for _ in range(2):
                self.send(10)


ACTIONS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from((1, 30, 200, 700, 1_500))),
    st.tuples(st.just("publish"), st.sampled_from((None, "ru")), st.sampled_from((0, 0, 0, 90))),
    st.tuples(st.just("choose"), st.sampled_from(list(READERS)), st.sampled_from(RHYTHMS)),
    st.tuples(st.sampled_from(("tick", "restart"))),
    st.tuples(st.just("send"), st.sampled_from((1, 2))),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ACTIONS, min_size=5, max_size=30))
def test_everybody_is_told_everything_once(history: list[tuple[Any, ...]]) -> None:
    """Whatever people choose and whenever the bot was away, each gets each of their posts once."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        town = Town(connection)
        town.settle()
        for action, *arguments in history:
            town.now += timedelta(seconds=1)
            if action == "wait":
                town.now += arguments[0] * MINUTE
            else:
                getattr(town, action)(*arguments)
        town.wind_up()
    engine.dispose()
    wanted = Counter(
        (person, post)
        for person, reads in READERS.items()
        for post, language in town.posts.items()
        if language in {None, reads}
    )
    twice = {pair for pair, times in town.got.items() if times > 1}
    assert wanted.keys() == town.got.keys()
    assert twice <= town.excused


async def reader(db: Database, rhythm: Rhythm, now: datetime = NOW) -> None:
    """Let the citizen get news together."""
    await db.write(get_together, CITIZEN, rhythm, now)


async def post(db: Database, at: datetime, topic: str = "roads") -> int:
    """Put a post out and return its id."""
    draft = Draft(topic, "Жол", "Дорога")
    return (await db.write(put_out, None, f"{topic} {at}", draft, at)).post_id


async def launched(db: Database, now: datetime) -> list[str]:
    """Launch the digests that are due and return their keys."""
    due = await db.read(due_digests, now)
    for one in due:
        await db.write(launch_digest, one, now)
    return [one.key for one in due]


async def told(db: Database, person: int = CITIZEN) -> tuple[int, ...]:
    """Return what the newest digest tells a person."""

    def choose(connection: sa.Connection) -> tuple[int, ...]:
        newest = sa.select(mailings.c.payload).order_by(mailings.c.id.desc()).limit(1)
        payload = connection.execute(newest).scalar_one()
        return tuple(variants(connection, payload, [person], NOW).get(person, ()))

    return await db.write(choose)


async def test_one_day_and_one_hour(db: Database) -> None:
    """At the hour there is one mailing, once, and it is not of the weekly ceiling."""
    await reader(db, Rhythm(18))
    number = await post(db, NOW + MINUTE)
    evening = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    assert [] == await launched(db, evening - MINUTE)
    assert ["news_digest:2026-11-20:18:day"] == await launched(db, evening)
    assert [] == await launched(db, evening + MINUTE)
    assert (number,) == await told(db)
    ceiling = sa.select(mailings.c.counts_weekly).where(mailings.c.kind == NEWS_DIGEST)
    assert [False] == list(await db.read(lambda c: c.execute(ceiling).scalars().all()))


async def test_after_days_without_the_bot(db: Database) -> None:
    """Who missed hours gets one digest, with everything."""
    await reader(db, Rhythm(9))
    numbers = [await post(db, NOW + timedelta(hours=hours)) for hours in (1, 30)]
    assert ["news_digest:2026-11-23:9:day"] == await launched(db, NOW + timedelta(days=3))
    assert tuple(reversed(numbers)) == await told(db)


async def test_only_what_is_wanted(db: Database) -> None:
    """A topic that is off is left out; with nothing left there is nothing to send."""
    await reader(db, Rhythm(18, 4))
    await post(db, NOW + MINUTE)
    await db.write(mute_topic, CITIZEN, "roads", muted=True)
    assert ["news_digest:2026-11-20:18:4"] == await launched(db, NOW + timedelta(hours=9))
    assert () == await told(db)


async def test_taken_back(db: Database) -> None:
    """A post that is taken back while a digest goes out is not told any more."""
    await reader(db, Rhythm(18))
    numbers = [await post(db, NOW + minutes * MINUTE) for minutes in (1, 2)]
    await launched(db, NOW + timedelta(hours=9))
    await db.write(change_post, numbers[1], {"status": "recalled"}, "published")
    assert (numbers[0],) == await told(db)


async def test_nobody_waits(db: Database) -> None:
    """Without posts, or where everybody chose after the hour, there is no digest."""
    await reader(db, Rhythm(18))
    assert [] == await launched(db, NOW + timedelta(days=1))
    await post(db, NOW + MINUTE)
    await reader(db, Rhythm(12), NOW + timedelta(hours=3))
    assert [] == await launched(db, NOW + timedelta(hours=4))


async def test_not_at_night(db: Database) -> None:
    """An hour at which mailings are silent is refused."""
    with pytest.raises(Refusal):
        await reader(db, Rhythm(22))
