"""The minute tick: everything that happens by the clock and not by an update.

Each job asks the tables what is due now and is idempotent by a natural key, so a tick may come
late, twice, or after a jump of the clock.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from types import TracebackType

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look after every minute; the name is for the log."""

    name: str
    run: Callable[[], Awaitable[object]]


class _Executor(AsyncIOExecutor):  # type: ignore[misc]  # APScheduler has no types
    """APScheduler's own, but for a tick that is cancelled at the end: that is no error."""

    def _run_job_error(
        self, job_id: str, error: BaseException, traceback: TracebackType | None = None
    ) -> None:
        if not isinstance(error, asyncio.CancelledError):
            super()._run_job_error(job_id, error, traceback)


class Scheduler:
    """Runs its jobs one after the other, each minute and whenever asked."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = tuple(jobs)
        self._ticking = asyncio.Lock()
        self._minutes = AsyncIOScheduler(timezone=UTC, executors={"default": _Executor()})

    def start(self) -> None:
        """Tick now, for what was missed while the bot was down, and then each minute."""
        options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._minutes.add_job(self.tick, "cron", minute="*", id="minute", **options)
        self._minutes.start()
        self.tick_soon()

    def tick_soon(self) -> None:
        """Tick as soon as the loop comes to it: the clock has been moved."""
        # A job of its own each time: one id would be skipped while its tick is still running.
        self._minutes.add_job(self.tick, misfire_grace_time=None)

    def stop(self) -> None:
        """Tick no more; a job that is cancelled meanwhile is done again after the next start."""
        if self._minutes.running:
            self._minutes.shutdown(wait=False)

    async def tick(self) -> None:
        """Run every job once; one that fails is logged and stops no other."""
        async with self._ticking:
            for job in self._jobs:
                try:
                    await job.run()
                except Exception as error:
                    log.exception("a job failed", job=job.name, kind=type(error).__name__)
