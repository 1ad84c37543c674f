"""A mailing and letters survive kill -9 at any moment."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import sqlalchemy as sa

from services.delivery.mailing import launch
from storage.database import open_database
from storage.outbox import tell
from storage.schema.delivery import deliveries, mailings, outbox
from tests.counts import Say
from tests.delivery.stage import FIRST, MORNING, add_people
from tests.hatchery import Program
from tests.processes import StartProgram

PEOPLE = 600
LETTERS = 60
KILLS = 3
RATE = 150
NEWS = {
    "post": 1,
    "topic": "roads",
    "text_kk": "Жол жөнделді",
    "text_ru": "Дорога готова",
    "media": [],
    "links": [],
}
REPORT = {"mailing": 1, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}


def fill(connection: sa.Connection) -> None:
    """Let people join; launch a mailing to all but the last, who get letters."""
    add_people(connection, range(FIRST, FIRST + PEOPLE + LETTERS))
    launch(
        connection,
        key="news:1",
        kind="news",
        payload=NEWS,
        created_by=None,
        now=MORNING,
        recipients=range(FIRST, FIRST + PEOPLE),
    )
    for person in range(FIRST + PEOPLE, FIRST + PEOPLE + LETTERS):
        tell(connection, person, "mailing_report", f"report:{person}", REPORT, MORNING)


def in_flight(connection: sa.Connection) -> int:
    """Return how many messages the database takes for being sent."""
    counts = [
        connection.scalar(
            sa.select(sa.func.count()).select_from(table).where(table.c.status == "sending")
        )
        for table in (deliveries, outbox)
    ]
    return sum(count or 0 for count in counts)


def mailing_status(connection: sa.Connection) -> str:
    """Return how far the mailing is."""
    return connection.scalars(sa.select(mailings.c.status)).one()


async def run_until(
    sender: AbstractAsyncContextManager[Program], done: Callable[[], Awaitable[object]]
) -> None:
    """Run a sender in a process of its own until something holds, then kill -9 it."""
    async with sender as process, asyncio.timeout(60):
        while not await done():
            assert not process.ended.is_set(), process.words
            await asyncio.sleep(0.005)


async def test_kill(
    sandbox_factory: Callable[..., Awaitable[Any]],
    database_url: str,
    program: StartProgram,
    say: Say,
) -> None:
    """Three kills lose nobody, and repeat no more than what was in flight at each."""
    database = await open_database(database_url)
    await database.write(fill)
    await database.close()
    sandbox = await sandbox_factory()
    crowd = sandbox.telegram.add_crowd(PEOPLE + LETTERS, FIRST)

    def sender() -> AbstractAsyncContextManager[Program]:
        arguments = (database_url, sandbox.bot_api, str(RATE))
        return program({}, *arguments, module="tests.delivery.child")

    uncertain = 0
    for kill in range(1, KILLS + 1):
        goal = kill * (PEOPLE + LETTERS) // (KILLS + 1)

        async def reached(goal: int = goal) -> bool:
            return sum(crowd.received) >= goal

        await run_until(sender(), reached)
        uncertain += await look(database_url, in_flight)

    async def everybody() -> bool:
        await asyncio.sleep(0.2)
        return min(crowd.received) > 0 and "finished" == await look(database_url, mailing_status)

    await run_until(sender(), everybody)
    lost = sum(1 for count in crowd.received if count == 0)
    repeated = sum(crowd.received) - PEOPLE - LETTERS + lost
    say(f"{KILLS} kills of a sender: {lost} lost, {repeated} repeated of {uncertain} in flight")
    assert 0 == lost
    assert repeated <= uncertain


async def look(url: str, query: Callable[[sa.Connection], Any]) -> Any:
    """Ask the database beside whoever works with it."""
    db = await open_database(url, lock=False)
    try:
        return await db.read(query)
    finally:
        await db.close()
