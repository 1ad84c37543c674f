"""Whole broadcasts under Telegram's limits: how much of the allowance is used, what a kill costs.

RECIPIENTS is how many people get it. SPEED runs Telegram's limits and the allowance so many times
faster than the clock on the wall: 1 is real time, in which 100,000 people at 25/s take 67 minutes.
Every run raises AssertionError where somebody was left out, and prints its counts.
"""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.commands import sqlite_url
from bench.figure import Figure
from bench.process import running
from storage import migrations
from tests.delivery.broadcasting import Plan, Verdict, broadcast, prepare

FIGURES = (
    "broadcast_25_share",
    "broadcast_1000_share",
    "broadcast_30_repeats",
    "broadcast_1000_repeats",
)
RECIPIENTS = int(os.environ.get("RECIPIENTS", "100000"))
SPEED = float(os.environ.get("SPEED", "0"))  # 0: as each figure has it below
ENOUGH = 0.99  # of the allowance
KILLS = 10
# At 30/s nothing but real time shows how many are in flight: so many people take a minute.
AT_30 = 2_000
# Calls and commits are seldom slower than so many seconds.
ROUND_TRIP = 0.1


@asynccontextmanager
async def sender(*arguments: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Run a sender in a process of its own, and give what kills it."""
    async with running("tests.delivery.child", *arguments) as process:

        async def kill() -> None:
            process.kill()
            await process.wait()

        yield kill


async def run(plan: Plan) -> Verdict:
    """Send to everybody on a new database, print the counts and return them."""
    with sqlite_url() as url, TemporaryDirectory() as folder:
        migrations.upgrade(url)
        await prepare(url, plan)
        verdict = await broadcast(url, plan, sender, Path(folder) / "early")
    print(verdict.words(plan), file=sys.stderr, flush=True)
    expected = verdict.dropped_after + sum(one.arrived for one in verdict.kills)
    if verdict.lost or verdict.early or verdict.repeated > expected:
        raise AssertionError("somebody was left out, or got it twice without need")
    return verdict


async def share(name: str, rate: int, speed: float) -> Figure:
    """Measure how much of the allowance a broadcast uses; 429 that we caused count as nothing."""
    verdict = await run(Plan(RECIPIENTS, rate, SPEED or speed))
    return Figure(name, round(verdict.share, 4) if not verdict.refused else 0.0, "", ENOUGH)


async def repeats(name: str, rate: int, people: int) -> Figure:
    """Measure how many had got it, at the worst of ten kills, and got it again."""
    verdict = await run(Plan(people, rate, kills=KILLS, trouble=True))
    most = rate * ROUND_TRIP + 3 if rate > 30 else 3
    return Figure(name, max(one.arrived for one in verdict.kills), "messages", most)


async def measure(only: str | None = None) -> list[Figure]:
    """Measure everything, or one figure by its name."""
    figures = []
    if only in {None, "broadcast_25_share"}:
        figures.append(await share("broadcast_25_share", 25, speed=20))
    if only in {None, "broadcast_1000_share"}:
        figures.append(await share("broadcast_1000_share", 1000, speed=1))
    if only in {None, "broadcast_30_repeats"}:
        figures.append(await repeats("broadcast_30_repeats", 30, min(AT_30, RECIPIENTS)))
    if only in {None, "broadcast_1000_repeats"}:
        figures.append(await repeats("broadcast_1000_repeats", 1000, RECIPIENTS))
    return figures
