"""The real program in a process of its own: started, listened to, stopped, killed."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection

from storage.database import open_database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds for what another process brings about

T = TypeVar("T")


class Program:
    """`python -m bot ARGUMENTS`, and what it has said so far."""

    def __init__(self, environment: Mapping[str, str], *arguments: str) -> None:
        self._environment = {**os.environ, "LOG_LEVEL": "info", **environment}
        self._arguments = arguments or ("run",)
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self.words = ""

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *self._arguments,
            cwd=ROOT,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._listening = asyncio.create_task(self._listen(self._process))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.running.returncode is None:
            await self.send(signal.SIGKILL)

    @property
    def running(self) -> asyncio.subprocess.Process:
        """The process."""
        if self._process is None:
            raise RuntimeError("the program was not started")
        return self._process

    async def says(self, words: str) -> None:
        """Wait until it has said this."""
        await until(lambda: words in self.words or self.running.returncode is not None)
        assert words in self.words, self.words

    async def send(self, number: signal.Signals) -> int:
        """Send a signal and return the status with which the program ended."""
        self.running.send_signal(number)
        return await self.end()

    async def end(self) -> int:
        """Wait for its end and return its status."""
        async with asyncio.timeout(PATIENCE):
            status = await self.running.wait()
            if self._listening is not None:
                await self._listening
        return status

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is not None:
            async for line in process.stdout:
                self.words += line.decode(errors="replace")


async def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
    """Wait for something that another process brings about."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the other process knows no event of ours
            await asyncio.sleep(0.005)


async def until_true(condition: Callable[[], Awaitable[Any]], seconds: float = PATIENCE) -> None:
    """Wait for something that has to be asked for."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.02)


async def look(url: str, query: Callable[[Connection], T]) -> T:
    """Ask a database beside whoever works with it."""
    db = await open_database(url, lock=False)
    try:
        return await db.read(query)
    finally:
        await db.close()
