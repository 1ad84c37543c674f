"""Mailings at full speed: how many messages a second, what that costs, and who waits.

The sender works in this process on a real database; what it calls is a process of its own.
"""

import asyncio
import gc
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import sqlalchemy as sa
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bench.commands import postgresql_url, sqlite_url
from bench.figure import RUNS, Figure, median
from bench.process import free_port, started
from bench.receiver import LETTERS_FROM
from bench.town import move_in
from bot.allowance import Allowance
from bot.i18n import Catalogues
from bot.middlewares.allowance import AllowanceMiddleware
from bot.sender.sender import Sender
from services.clock import SystemClock
from services.delivery.mailing import launch
from services.delivery.mailing_control import PauseReason, pause
from services.delivery.policy import Policy
from services.organisation.directory import Organisations
from storage import migrations
from storage.database import Database, open_database
from storage.outbox import tell
from storage.schema.people import people

FIGURES = (
    "send_per_s",
    "send_core_share",
    "personal_p99_ms",
    "first_of_1m_s",
    "first_of_1m_pg_s",
)
TOKEN = "4242:bench-bench-bench-bench"  # noqa: S105  # opens nothing
FULL_SPEED = 1000  # messages a second: the most that Telegram sells
FASTER = 2000
SECONDS = 10.0
STARS = 1_000_000  # enough for everybody: past 30 a second only what is paid for goes
MILLION = 1_000_000
LETTERS = 200
NEWS = {
    "post": 1,
    "topic": "roads",
    "text_kk": "Жол жөнделді",
    "text_ru": "Дорога готова",
    "media": [],
    "links": [],
}
REPORT = {"mailing": 1, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}


@dataclass(slots=True)
class Stage:
    """A sender at work, and the process that receives."""

    db: Database
    sender: Sender
    receiver: str
    http: aiohttp.ClientSession

    async def mail(self) -> int:
        """Launch a mailing to everybody, paid for, at any hour."""
        mailing = await self.db.write(
            launch,
            key=f"bench:{time.monotonic_ns()}",
            kind="news",
            payload=NEWS,
            created_by=None,
            now=SystemClock().now(),
            at_night=True,
            stars=STARS,
        )
        self.sender.nudge()
        return mailing

    async def received(self) -> dict[str, Any]:
        """Return what came so far."""
        async with self.http.get(self.receiver) as answer:
            facts: dict[str, Any] = await answer.json()
            return facts

    async def pause(self, mailing: int) -> None:
        """Let a mailing stand still, and count anew."""
        await self.db.write(pause, mailing, 0, PauseReason.STAFF)
        await asyncio.sleep(0.5)
        await self.http.delete(self.receiver)


@asynccontextmanager
async def stage(url: str, rate: int) -> AsyncIterator[Stage]:
    """Run a sender with this allowance before a receiver."""
    db = await open_database(url)
    port = free_port()
    organisations = Organisations(db)
    await organisations.refresh()
    address = f"http://127.0.0.1:{port}"
    api = TelegramAPIServer.from_base(address)
    allowance = Allowance(rate)
    stop = asyncio.Event()
    async with (
        started("bench.receiver", str(port), port=port),
        aiohttp.ClientSession() as http,
        Bot(TOKEN, session=AiohttpSession(api=api)) as bot,
    ):
        bot.session.middleware(AllowanceMiddleware(allowance))
        policy = Policy(paid_stars=STARS)
        sender = Sender(bot, db, SystemClock(), Catalogues(), organisations, allowance, policy)
        # As the program does once it has started.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 50, 50)
        async with asyncio.TaskGroup() as group:
            group.create_task(sender.run(stop))
            yield Stage(db, sender, f"{address}/", http)
            stop.set()
    await db.close()


async def settle_people(url: str, inhabitants: int) -> None:
    """Make a database with so many people, and some who get letters."""
    await asyncio.to_thread(migrations.upgrade, url)
    db = await open_database(url)
    now = SystemClock().now()
    try:
        for first in range(1, inhabitants + 1, 10_000):
            last = min(first + 9_999, inhabitants)
            await db.write(move_in, range(first, last + 1), now)
    finally:
        await db.close()


async def speed(url: str, rate: int) -> tuple[float, float]:
    """Return messages per second and the share of a core that they cost."""
    async with stage(url, rate) as on:
        mailing = await on.mail()
        await asyncio.sleep(1)
        before, began, cpu = await on.received(), time.monotonic(), time.process_time()
        await asyncio.sleep(SECONDS)
        after, took = await on.received(), time.monotonic() - began
        used = time.process_time() - cpu
        await on.pause(mailing)
    return (after["messages"] - before["messages"]) / took, used / took


async def personal_p99(url: str) -> float:
    """Return how many milliseconds letters take while a mailing runs at full speed."""
    async with stage(url, FULL_SPEED) as on:
        mailing = await on.mail()
        await asyncio.sleep(1)
        queued: dict[str, float] = {}
        for number in range(LETTERS):
            person = LETTERS_FROM + 1 + number
            queued[str(person)] = time.monotonic()
            now = SystemClock().now()
            key = f"bench:{time.monotonic_ns()}"
            await on.db.write(tell, person, "mailing_report", key, REPORT, now)
            on.sender.nudge()
            await asyncio.sleep(0.04)
        await asyncio.sleep(1)
        arrived = (await on.received())["letters"]
        await on.pause(mailing)
    waits = [arrived[person] - moment for person, moment in queued.items()]
    return float(statistics.quantiles(waits, n=100)[98] * 1000)


async def first_of_million(url: str) -> float:
    """Return the seconds from the launch to the first message at Telegram's door."""
    async with stage(url, FULL_SPEED) as on:
        await asyncio.sleep(1)
        began = time.monotonic()
        mailing = await on.mail()
        await asyncio.sleep(3)
        first = (await on.received())["first"]
        await on.pause(mailing)
    if first is None:
        raise AssertionError("no message in three seconds")
    return float(first - began)


async def million(url: str, name: str) -> Figure:
    """Measure the first message of a mailing to a million people."""
    await settle_people(url, MILLION)
    db = await open_database(url)
    counted = await db.read(
        lambda connection: connection.scalar(sa.select(sa.func.count()).select_from(people))
    )
    await db.close()
    if counted != MILLION:
        raise AssertionError("the million is not there")
    return Figure(name, await median(lambda: first_of_million(url)), "s", 0.5)


async def measure(only: str | None = None) -> list[Figure]:
    """Measure everything, or one figure by its name."""
    figures = []
    with sqlite_url() as url:
        await settle_people(url, 200_000)
        if only in {None, "send_per_s"}:
            runs = [(await speed(url, FASTER))[0] for _ in range(RUNS)]
            value = round(statistics.median(runs), 1)
            figures.append(Figure("send_per_s", value, "1/s", FULL_SPEED))
        if only in {None, "send_core_share"}:
            shares = [(await speed(url, FULL_SPEED))[1] for _ in range(RUNS)]
            value = round(statistics.median(shares), 3)
            figures.append(Figure("send_core_share", value, "of a core", 0.6))
        if only in {None, "personal_p99_ms"}:
            value = await median(lambda: personal_p99(url))
            figures.append(Figure("personal_p99_ms", value, "ms", 500))
    if only in {None, "first_of_1m_s"}:
        with sqlite_url() as url:
            figures.append(await million(url, "first_of_1m_s"))
    if only in {None, "first_of_1m_pg_s"}:
        with postgresql_url() as url:
            figures.append(await million(url, "first_of_1m_pg_s"))
    return figures
