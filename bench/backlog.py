"""10,000 taps that waited while the bot was away: seconds until the last one is confirmed.

Counted from the first question for updates; every tap is another person's, each is stored and
answered by a call to Telegram, for long polling has no response to ride in.
"""

import asyncio

from bench.figure import Figure, median
from bench.home import new_home
from bench.load import tap
from bench.process import running
from bench.telegram import Telegram
from bench.town import count_ballots

FIGURES = ("backlog_10k_s",)
WAITING = 10_000


async def measure(only: str | None = None) -> list[Figure]:  # noqa: ARG001 - there is one figure
    """Measure the whole bot on a new database each time."""
    return [Figure("backlog_10k_s", await median(work_off), "s", 10)]


async def work_off() -> float:
    """Start the bot before a full queue, return the seconds until the queue is empty."""
    with new_home() as home:
        await home.settle(WAITING)
        async with Telegram() as telegram:
            telegram.backlog.extend((n, tap(n, n, "v:1:0")) for n in range(1, WAITING + 1))
            environment = home.environment(telegram.url, port=None)
            async with running("bot", "run", environment=environment):
                await telegram.asked.wait()
                began = asyncio.get_running_loop().time()
                await telegram.worked_off.wait()
                took = asyncio.get_running_loop().time() - began
        await home.must_hold(count_ballots, WAITING)
    answered = telegram.calls["answerCallbackQuery"]
    if answered != WAITING:
        raise AssertionError(f"of {WAITING} votes {answered} were answered")
    return took
