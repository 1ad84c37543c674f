"""Votes while a mailing runs at the most that Telegram sells: 1,000 messages a second.

``mailing_meanwhile_per_s`` says that it really ran.
"""

import asyncio

from bench.figure import RUNS, Figure, middle
from bench.home import new_home, push, whole_bot
from bench.telegram import Telegram
from bench.votes import PACE, PACED, WARM_UP
from services.clock import SystemClock
from services.delivery.mailing import launch

FIGURES = ("vote_p99_mailing_ms", "mailing_meanwhile_per_s")
FULL_SPEED = 1000  # messages a second
NEWS = {
    "post": 1,
    "topic": "roads",
    "text_kk": "Жол жөнделді",
    "text_ru": "Дорога готова",
    "media": [],
    "links": [],
}
SECONDS = 30 + RUNS * 25  # that the mailing must last, with a good deal to spare


async def measure(only: str | None = None) -> list[Figure]:
    """Launch the mailing before the bot starts, then vote at a steady pace."""
    rates, waits = [], []
    with new_home() as home:
        await home.settle(SECONDS * FULL_SPEED)
        async with home.opened() as db:
            await db.write(
                launch,
                key="bench",
                kind="news",
                payload=NEWS,
                created_by=None,
                now=SystemClock().now(),
                at_night=True,
            )
        clock = asyncio.get_running_loop()
        async with Telegram() as telegram, whole_bot(home, telegram) as server:
            await push(server, 1, WARM_UP)
            for turn in range(RUNS):
                sent, began = telegram.calls["sendMessage"], clock.time()
                first = WARM_UP + 1 + turn * PACED
                run = await push(server, first, PACED, "--rate", str(PACE))
                waits.append(run.p99_ms)
                rates.append((telegram.calls["sendMessage"] - sent) / (clock.time() - began))
    figures = [
        middle("vote_p99_mailing_ms", waits, "ms", 80),
        middle("mailing_meanwhile_per_s", rates, "1/s", FULL_SPEED),
    ]
    return [figure for figure in figures if only in {None, figure.name}]
