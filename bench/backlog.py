"""10,000 taps that waited while the bot was away: seconds until the last one is confirmed.

Counted from the first question for updates; every tap is another person's, each is stored and
answered by a call to Telegram, for long polling has no response to ride in.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure, median
from bench.load import TOKEN, tap
from bench.process import ROOT, running
from bench.telegram import Telegram
from bench.town import count_ballots, found
from storage.database import open_database

FIGURES = ("backlog_10k_s",)
WAITING = 10_000


async def measure(only: str | None = None) -> list[Figure]:  # noqa: ARG001 - there is one figure
    """Measure the whole bot on a new database each time."""
    return [Figure("backlog_10k_s", await median(work_off), "s", 10)]


async def work_off() -> float:
    """Start the bot before a full queue, return the seconds until the queue is empty."""
    with TemporaryDirectory(dir=ROOT / "bench" / "results") as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/unqosu.db"
        await found(url, folder / "keys", WAITING)
        async with Telegram() as telegram:
            telegram.backlog.extend((n, tap(n, n, "v:1:0")) for n in range(1, WAITING + 1))
            environment = {
                "BOT_TOKEN": TOKEN,
                "TELEGRAM_API": telegram.url,
                "DATABASE_URL": url,
                "KEYS_DIR": str(folder / "keys"),
                "CHARTS_DIR": str(folder / "charts"),
                "WEBHOOK_URL": "",
                "LOG_LEVEL": "warning",
            }
            async with running("bot", "run", environment=environment):
                await telegram.asked.wait()
                began = asyncio.get_running_loop().time()
                await telegram.worked_off.wait()
                took = asyncio.get_running_loop().time() - began
        await _check(url, telegram)
    return took


async def _check(url: str, telegram: Telegram) -> None:
    db = await open_database(url)
    try:
        kept = await db.read(count_ballots)
    finally:
        await db.close()
    answered = telegram.calls["answerCallbackQuery"]
    if (kept, answered) != (WAITING, WAITING):
        raise AssertionError(f"of {WAITING} votes {kept} are kept and {answered} answered")
