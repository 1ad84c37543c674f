"""Messages in flight: tasks that are waited for at the end, but not for ever."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

GRACE = 3.5  # seconds that what is in flight has to end once the program stops


class Crew:
    """Runs work side by side. Leaving waits for all of it; `stop` bounds the wait.

    Work that fails ends everything with its exception, as in a task group.
    """

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._group = asyncio.TaskGroup()
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            await self._finish()
        await self._group.__aexit__(kind, error, traceback)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin some work."""
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _finish(self) -> None:
        while self._tasks and not self._stop.is_set():
            await asyncio.wait(self._tasks, timeout=0.1)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)
        for task in list(self._tasks):
            task.cancel()
