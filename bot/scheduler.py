"""The minute tick: everything that happens by the clock and not by an update.

Each job asks the tables what is due now and is idempotent by a natural key, so a tick may come
late, twice, or after a jump of the clock.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look after every minute; the name is for the log."""

    name: str
    run: Callable[[], Awaitable[object]]


class Scheduler:
    """Runs its jobs one after the other, each minute and whenever asked."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = tuple(jobs)
        self._ticking = asyncio.Lock()
        self._due = asyncio.Event()
        self._minutes = AsyncIOScheduler(timezone=UTC)
        self._ticks: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Tick now, for what was missed while the bot was down, and then each minute."""
        self.begin_minutes()
        self.tick_soon()
        self._ticks = asyncio.create_task(self._follow(), name="ticks")

    def begin_minutes(self) -> None:
        """Ask for a tick each minute from now on."""
        options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._minutes.add_job(self._ring, "cron", minute="*", id="minute", **options)
        self._minutes.start()

    def tick_soon(self) -> None:
        """Tick as soon as the loop comes to it, or once more after the present tick."""
        self._due.set()

    def stop(self) -> None:
        """Tick no more; a job that is cancelled meanwhile is done again after the next start."""
        if self._minutes.running:
            self._minutes.shutdown(wait=False)
        if self._ticks is not None:
            self._ticks.cancel()

    async def _ring(self) -> None:
        # APScheduler calls a tick that is cancelled at the end an error, so it runs none itself.
        self._due.set()

    async def _follow(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            await self.tick()

    async def tick(self) -> None:
        """Run every job once; one that fails is logged and stops no other."""
        async with self._ticking:
            for job in self._jobs:
                try:
                    await job.run()
                except Exception as error:
                    log.exception("a job failed", job=job.name, kind=type(error).__name__)
