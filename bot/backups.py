"""A copy of the database each night, made by a process of its own."""

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

import structlog

from bot.nursery import Nursery
from services.clock import Clock, local
from storage.backup import PART, backups, moment_of

log = structlog.get_logger(__name__)

HOUR = time(3, 0)  # in Asia/Almaty: nobody taps, no mailing runs
AGAIN = timedelta(hours=1)  # after a failure


class DailyBackup:
    """Makes a copy where today's is missing and deletes all but the newest.

    What is there is read from the folder, so that a restart or another leader makes no second
    one. The copy is made in the background: the tick does not wait for it.
    """

    def __init__(
        self,
        directory: Path | None,
        keep: int,
        *,
        environment: Mapping[str, str],
        clock: Clock,
        nursery: Nursery,
    ) -> None:
        self._directory = directory
        self._keep = keep
        self._environment = dict(environment)
        self._clock = clock
        self._nursery = nursery
        self._not_before: datetime | None = None
        self._running = False

    async def look(self) -> None:
        """Begin a copy if one is due."""
        now = self._clock.now()
        if self._directory is None or self._running or not self._due(self._directory, now):
            return
        self._running = True
        self._not_before = now + AGAIN
        self._nursery.spawn(self._make(self._directory), "backup", endless=True)

    def _due(self, directory: Path, now: datetime) -> bool:
        if local(now).time() < HOUR or (self._not_before and now < self._not_before):
            return False
        made = [local(moment_of(path)).date() for path in backups(directory)]
        return local(now).date() not in made

    async def _make(self, directory: Path) -> None:
        arguments = ["-m", "bot", "backup", str(directory), "--keep", str(self._keep)]
        others = parts(directory)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env=os.environ | self._environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            _, complaint = await process.communicate()
            if process.returncode:
                reason = complaint.decode(errors="replace").strip().splitlines()[-1:]
                log.error("no backup was made", reason=" ".join(reason))
            else:
                log.info("a backup was made")
        finally:
            self._running = False
            if process.returncode is None:
                process.kill()
                await process.wait()
                for part in parts(directory) - others:
                    part.unlink(missing_ok=True)


def parts(directory: Path) -> set[Path]:
    """Return the unfinished copies in a folder."""
    return set(directory.glob(PART))
