"""People switch topics and all news off and on; every press sets a value."""

from datetime import UTC, datetime

import pytest

from services.delivery.mailing import count_audience
from services.delivery.target import Target
from services.news.subscription import mute_all, mute_topic, muted_topics
from services.people.person import find_person
from services.refusal import Refusal
from storage.database import Database

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
CITIZEN = 3


async def audience(db: Database, topic: str) -> int:
    """Return how many people news of a topic would go to."""
    return await db.read(count_audience, now=NOW, target=Target(topic=topic))


async def test_one_topic(db: Database) -> None:
    """A topic is switched off and on for one person, twice without effect; others stay on."""
    for _ in range(2):
        await db.write(mute_topic, CITIZEN, "roads", muted=True)
    assert {"roads"} == await db.read(muted_topics, CITIZEN)
    assert (0, 1) == (await audience(db, "roads"), await audience(db, "water"))
    for _ in range(2):
        await db.write(mute_topic, CITIZEN, "roads", muted=False)
    assert 1 == await audience(db, "roads")


async def test_everything(db: Database) -> None:
    """All news is switched off in one command; back on, a muted topic stays muted."""
    await db.write(mute_topic, CITIZEN, "roads", muted=True)
    person = await db.write(mute_all, CITIZEN, NOW, muted=True)
    assert person is not None
    assert person.muted
    assert 0 == await audience(db, "water")
    await db.write(mute_all, CITIZEN, NOW, muted=False)
    person = await db.read(find_person, CITIZEN)
    assert person is not None
    assert not person.muted
    assert (0, 1) == (await audience(db, "roads"), await audience(db, "water"))


async def test_forged_topics(db: Database) -> None:
    """A topic that does not exist is refused."""
    with pytest.raises(Refusal):
        await db.write(mute_topic, CITIZEN, "nonsense", muted=True)
