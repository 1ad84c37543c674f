"""A mailing is taken back from those who got it, whatever happens meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.seed import Seed, SeedPerson
from sandbox.server import Fault, FaultKind, Sandbox
from services.delivery.mailing_control import Control, control_mailing
from services.delivery.recall import recall_mailing
from services.refusal import Refusal
from storage.database import Database, open_database
from storage.schema.delivery import deliveries
from storage.schema.news import posts
from storage.schema.organisation import news_topics
from tests.counts import Say
from tests.delivery.stage import FIRST, MORNING, Stage, add_people
from tests.delivery.test_mailing import AUTHOR, NEWS, add_operator, start_mailing
from tests.processes import StartProgram

AIGUL, BOLAT = READERS = (100_001, 100_003)
MANY = range(FIRST, FIRST + 40)


async def recall(db: Database, mailing: int, version: int = 0, **later: float) -> Any:
    """Take a mailing back as an operator, so much later."""
    return await db.write(recall_mailing, AUTHOR, mailing, version, MORNING + timedelta(**later))


async def results(db: Database, mailing: int) -> dict[int, str]:
    """Return how the message of a mailing ended, by person."""
    statement = sa.select(deliveries.c.person_id, deliveries.c.status)
    statement = statement.where(deliveries.c.mailing_id == mailing)
    return await db.read(lambda c: {row[0]: row[1] for row in c.execute(statement)})


def in_chats(sandbox: Sandbox, people: Any) -> int:
    """Return how many messages of the bot these people have."""
    chats = [sandbox.telegram.private(person) for person in people]
    return sum(stored.outgoing for chat in chats for stored in chat.messages())


async def delivered(stage: Stage, **facts: Any) -> int:
    """Deliver a mailing to Aigul and Bolat; the sender goes on."""
    await stage.db.write(add_people, READERS)
    await add_operator(stage.db)
    mailing = await start_mailing(stage.db, recipients=READERS, **facts)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    return mailing


async def test_it_disappears(stage: Stage) -> None:
    """What arrived is deleted from every chat and counted, and the author is told."""
    mailing = await delivered(stage, created_by=AUTHOR)
    assert 2 == in_chats(stage.sandbox, READERS)
    assert "recalling" == (await recall(stage.db, mailing)).status
    await stage.until_mailing(mailing, "recalled")
    await stage.until_letters("delivered", "delivered")
    row = await stage.mailing(mailing)
    assert (0, 2, 2) == (in_chats(stage.sandbox, READERS), row["delivered"], row["recalled"])
    assert any("Удалено из чатов: 2" in text for text in stage.texts_of(AUTHOR))


async def test_what_telegram_keeps(stage: Stage) -> None:
    """A message that is gone counts as taken back, one that Telegram does not delete stays."""
    mailing = await delivered(stage)
    chat = stage.sandbox.telegram.private(AIGUL)
    chat.remove(next(chat.messages()).json["message_id"])
    for stored in stage.sandbox.telegram.private(BOLAT).messages():
        stored.json["date"] -= 49 * 3600
    await recall(stage.db, mailing)
    await stage.until_mailing(mailing, "recalled")
    assert {AIGUL: "recalled", BOLAT: "stayed"} == await results(stage.db, mailing)
    assert 1 == (await stage.mailing(mailing))["recalled"]


async def test_trouble_is_waited_out(stage: Stage) -> None:
    """A deletion whose end is not known is asked for again."""
    mailing = await delivered(stage)
    stage.sandbox.telegram.faults.order(Fault(FaultKind.DROP_AFTER, method="deleteMessage"))
    await recall(stage.db, mailing)
    await stage.until_mailing(mailing, "recalled")
    assert 2 == (await stage.mailing(mailing))["recalled"]


async def test_a_running_one_stops_first(stage: Stage) -> None:
    """Nothing more is sent, what is in flight ends, and then everything is taken back."""
    crowd = stage.sandbox.telegram.add_crowd(300, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 300))
    await add_operator(stage.db)
    mailing = await start_mailing(stage.db)
    stage.rate = 100
    await stage.start()
    await stage.until(lambda: sum(crowd.received) > 10)
    await recall(stage.db, mailing)
    await stage.until_mailing(mailing, "recalled")
    row = await stage.mailing(mailing)
    assert (sum(crowd.received),) * 2 == (row["delivered"], row["recalled"])
    assert sum(crowd.received) < 300


async def test_killed(
    sandbox_factory: Callable[..., Awaitable[Any]],
    database: Database,
    database_url: str,
    program: StartProgram,
    say: Say,
) -> None:
    """A sender killed while it takes back goes on; nobody keeps the message."""
    people = [SeedPerson(id=one, first_name="Адам", started=True) for one in MANY]
    sandbox = await sandbox_factory(Seed(people=people))
    stage = Stage(sandbox, database)
    await database.write(add_people, MANY)
    await add_operator(database)
    mailing = await start_mailing(database)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    await stage.end()
    await recall(database, mailing)
    await database.close()

    def sender() -> Any:
        return program({}, database_url, sandbox.bot_api, "25", module="tests.delivery.child")

    for goal in (30, 15):
        async with sender() as process, asyncio.timeout(60):
            while in_chats(sandbox, MANY) > goal:
                assert not process.ended.is_set(), process.words
                await asyncio.sleep(0.005)
    reopened = await open_database(database_url)
    stage = Stage(sandbox, reopened)
    await stage.start()
    await stage.until_mailing(mailing, "recalled")
    await stage.end()
    row = await stage.mailing(mailing)
    await reopened.close()
    say(f"2 kills of a recall: {in_chats(sandbox, MANY)} messages left in chats")
    assert (0, len(MANY)) == (in_chats(sandbox, MANY), row["recalled"])


async def test_two_operators_at_once(database: Database) -> None:
    """Who presses second sees what the first brought about, and changes nothing."""
    await add_operator(database)
    mailing = await start_mailing(database)
    pressed = [
        recall(database, mailing),
        database.write(control_mailing, AUTHOR, mailing, Control.PAUSE, 0, MORNING),
        recall(database, mailing),
    ]
    shown = [(one.status, one.version) for one in await asyncio.gather(*pressed)]
    assert [shown[-1]] * 2 == shown[1:]
    assert {1} == {version for _, version in shown}


async def test_a_post_is_hidden(database: Database) -> None:
    """The list of news no longer shows a post that was taken back."""

    def publish(connection: sa.Connection) -> int:
        names = {"name_kk": "Жол", "name_ru": "Дороги", "emoji": "🛣", "position": 1}
        connection.execute(sa.insert(news_topics).values(code="roads", **names))
        post = {"draft_id": "d", "topic": "roads", "status": "published"}
        texts = {"text_kk": "Жол", "text_ru": "Дорога", "published_at": MORNING}
        adding = sa.insert(posts).values(**post, **texts).returning(posts.c.id)
        return connection.scalars(adding).one()

    await add_operator(database)
    post = await database.write(publish)
    mailing = await start_mailing(database, payload=NEWS | {"post": post})
    await recall(database, mailing)
    status = await look_at(database, sa.select(posts.c.status))
    assert "recalled" == status


async def test_too_late_and_forgotten(stage: Stage) -> None:
    """After 48 hours, and where the list of recipients was erased, the reason is told."""
    secret = await delivered(stage, forget_recipients=True)
    old = await start_mailing(stage.db, "news:2", recipients=READERS)
    await stage.until_mailing(old, "finished")
    with pytest.raises(Refusal, match="48 hours"):
        await recall(stage.db, old, hours=49)
    with pytest.raises(Refusal, match="erased"):
        await recall(stage.db, secret)


async def test_only_staff_recalls(database: Database) -> None:
    """Nobody but staff takes a mailing back, whatever their button says."""
    await database.write(add_people, [FIRST])
    mailing = await start_mailing(database)
    with pytest.raises(Refusal):
        await database.write(recall_mailing, FIRST, mailing, 0, MORNING)


async def look_at(database: Database, statement: sa.Select[Any]) -> Any:
    """Return the only value."""
    return await database.read(lambda connection: connection.scalars(statement).one())
