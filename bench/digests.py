"""All digests of a morning for two hundred officials over a million appeals, on SQLite.

A Monday at half past eight: every official is due a daily and a weekly digest. One process, as
the bot's own, composes and queues them by the jobs' use cases; `digests_1m_mb` is the most
memory that it had.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from bench.digest_town import CITIZENS, OFFICIALS, fill
from bench.figure import Figure
from bench.home import new_home
from bench.keys import unlock
from bench.search import ORGANISATION
from bot.worker import worker
from services.clock import ALMATY
from services.digests.model import Period
from services.digests.period_queueing import queue_period_digests
from services.digests.queueing import BATCH, queue_digests
from services.organisation.importing import import_if_empty
from storage.database import open_database
from storage.schema.digests import digests

FIGURES = ("digests_1m_s", "digests_1m_mb")
MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=ALMATY)
TARGET, MEMORY_TARGET = 30, 400

Queue = Callable[[Connection, datetime, int], int]


async def measure(only: str | None = None) -> list[Figure]:
    """Fill a country once, then queue all its digests in a process of their own."""
    with new_home() as home:
        await home.settle(CITIZENS)
        async with home.opened() as db:
            await db.write(import_if_empty, ORGANISATION, MORNING.date())
            await db.write(fill, MORNING)
        async with worker() as run:
            seconds, megabytes = await run(queue_all, home.url)
    figures = [
        Figure("digests_1m_s", seconds, "s", TARGET),
        Figure("digests_1m_mb", megabytes, "MB", MEMORY_TARGET),
    ]
    return [figure for figure in figures if only in {None, figure.name}]


def queue_all(url: str) -> tuple[float, float]:
    """Return the seconds and the megabytes of one morning; runs in a worker."""
    unlock()
    seconds = asyncio.run(_queue_all(url))
    return round(seconds, 2), round(_peak_mb())


def _peak_mb() -> float:
    """Return the most memory that this process had.

    Not getrusage's: that keeps the most of the process that was there before the exec.
    """
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


async def _queue_all(url: str) -> float:
    db = await open_database(url)
    try:
        begun = time.perf_counter()
        for queue in (queue_digests, queue_period_digests):
            while await db.write(queue, MORNING, BATCH):
                pass
        took = time.perf_counter() - begun
        for period in (Period.DAILY, Period.WEEKLY):
            kept = await db.read(_kept, period)
            if kept != OFFICIALS:
                raise AssertionError(f"{OFFICIALS} {period} digests were due, {kept} are kept")
    finally:
        await db.close()
    return took


def _kept(connection: Connection, period: Period) -> int:
    statement = sa.select(sa.func.count()).where(digests.c.period == period.value)
    return connection.execute(statement).scalar_one()
