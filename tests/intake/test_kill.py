"""Processes that are killed or told to stop in the middle of their work."""

import asyncio
import random
import signal
import socket
from collections.abc import Callable

import aiohttp
import pytest
from sqlalchemy import Connection, select

from bot.nursery import Nursery
from storage.database import open_database
from storage.parked import parked_updates
from storage.schema.conversations import facts
from tests.counts import Say
from tests.intake.counting_bot import SECRET
from tests.intake.fake_telegram import FakeTelegram, message
from tests.processes import StartProgram

COUNTING_BOT = "tests.intake.counting_bot"
UPDATES = 300
KILLS = 3


async def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that another process brings about."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the other process knows no event of ours
            await asyncio.sleep(0.002)


def counts(connection: Connection) -> dict[int, int]:
    """Return how often each update was handled."""
    rows = connection.execute(select(facts.c.name, facts.c.value))
    return {int(row.name.split()[1]): int(row.value) for row in rows if " " in row.name}


async def look(url: str) -> tuple[dict[int, int], set[int]]:
    """Return how often each update was handled and which are parked, in a database at rest."""
    db = await open_database(url)
    try:
        parked = {number for number, _ in await db.read(parked_updates)}
        return await db.read(counts), parked
    finally:
        await db.close()


def taps() -> list[str]:
    """Return the milliseconds of each handler: mostly few, now and then long enough to park."""
    dice = random.Random(1)  # noqa: S311 - the same load each time
    return ["1300" if n % 60 == 30 else str(dice.randrange(30)) for n in range(UPDATES)]


async def test_kill_9_loses_no_update_of_long_polling(
    telegram: FakeTelegram, database_url: str, program: StartProgram, say: Say
) -> None:
    """At every kill each confirmed update is handled or parked; in the end all are handled."""
    numbers = {telegram.say(n % 40 + 1, text) for n, text in enumerate(taps())}
    for kill in range(KILLS):
        async with program({}, "poll", database_url, telegram.url, module=COUNTING_BOT) as child:
            goal = (kill + 1) * UPDATES // (KILLS + 2)
            await until(lambda goal=goal: telegram.confirmed.total() >= goal)
            await child.send(signal.SIGKILL)
        handled, parked = await look(database_url)
        assert set() == set(telegram.confirmed) - set(handled) - parked
    async with program({}, "poll", database_url, telegram.url, module=COUNTING_BOT) as child:
        await until(lambda: not telegram.queue)
        code = await child.send(signal.SIGTERM)
    handled, parked = await look(database_url)

    repeated = sum(handled.values()) - UPDATES
    say(f"{UPDATES} updates, {KILLS} kills: 0 lost, {repeated} handled twice")
    assert numbers == set(handled)
    assert set() == parked
    assert repeated <= KILLS * 100
    assert 0 == code


async def test_kill_9_loses_no_update_of_the_webhook(
    telegram: FakeTelegram, database_url: str, program: StartProgram, say: Say
) -> None:
    """Each update that was answered 200 is handled; Telegram brings the others again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    answered: set[int] = set()

    async def bring(client: aiohttp.ClientSession, number: int, text: str) -> None:
        body = {"update_id": number, "message": message(number % 40 + 1, text)}
        while number not in answered:
            try:
                async with client.post(f"http://127.0.0.1:{port}/", json=body) as response:
                    if response.status == 200:
                        answered.add(number)
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)

    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    connector = aiohttp.TCPConnector(limit=50)
    async with (
        Nursery() as nursery,
        aiohttp.ClientSession(headers=headers, connector=connector) as client,
    ):
        posts = [nursery.spawn(bring(client, n, text), "post") for n, text in enumerate(taps(), 1)]
        for kill in range(KILLS):
            async with program(
                {}, "serve", database_url, telegram.url, str(port), module=COUNTING_BOT
            ) as child:
                goal = (kill + 1) * UPDATES // (KILLS + 2)
                await until(lambda goal=goal: len(answered) >= goal)
                await child.send(signal.SIGKILL)
            handled, _ = await look(database_url)
            assert set() == answered - set(handled)
        async with program(
            {}, "serve", database_url, telegram.url, str(port), module=COUNTING_BOT
        ) as child:
            await asyncio.wait(posts, timeout=60)
            code = await child.send(signal.SIGTERM)
    handled, _ = await look(database_url)

    repeated = sum(handled.values()) - UPDATES
    say(f"{UPDATES} updates, {KILLS} kills: 0 lost, {repeated} handled twice")
    assert set(range(1, UPDATES + 1)) == set(handled) == answered
    assert repeated <= KILLS * 50
    assert 0 == code


async def test_sigterm_finishes_what_was_begun(
    telegram: FakeTelegram, database_url: str, program: StartProgram, say: Say
) -> None:
    """After SIGTERM every handler that was at work has ended, once, and is confirmed."""
    for chat in range(1, UPDATES + 1):
        telegram.say(chat, "300")
    async with program({}, "poll", database_url, telegram.url, module=COUNTING_BOT) as child:
        await until(lambda: telegram.confirmed.total() >= 50)
        code = await child.send(signal.SIGTERM)
    handled, parked = await look(database_url)

    say(f"{len(handled)} handled before the end, {len(telegram.queue)} left to Telegram")
    assert 0 == code
    assert set(telegram.confirmed) == set(handled)
    assert {1} == set(handled.values())
    assert set() == parked
    assert UPDATES == len(handled) + len(telegram.queue)


@pytest.mark.parametrize("again", [2])
async def test_every_update_twice_is_still_in_order(
    telegram: FakeTelegram, database_url: str, program: StartProgram, again: int
) -> None:
    """Repeated content under new numbers is handled as it comes; keys are the handlers' matter."""
    for text in taps()[:30] * again:
        telegram.say(7, text)
    async with program({}, "poll", database_url, telegram.url, module=COUNTING_BOT) as child:
        await until(lambda: not telegram.queue)
        await child.send(signal.SIGTERM)
    handled, _ = await look(database_url)

    assert 30 * again == len(handled)
