"""The one place where background tasks are born, watched and put to rest."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

import structlog

log = structlog.get_logger(__name__)

T = TypeVar("T")


class Nursery:
    """Owns the background tasks of the program.

    A task that fails is written to the log and harms no other. A *vital* one (a poller, a sender,
    a scheduler) sets ``broken`` when it ends by an exception, so that the program stops loudly
    instead of living on with half its work undone. An *endless* one has no end of its own to wait
    for.

    As an async context manager it cancels on leaving whatever still runs.
    """

    def __init__(self) -> None:
        self.broken = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._vital: set[asyncio.Task[Any]] = set()
        self._endless: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.drain(0)

    def spawn(
        self,
        work: Coroutine[Any, Any, T],
        name: str,
        *,
        vital: bool = False,
        endless: bool = False,
    ) -> asyncio.Task[T]:
        """Start work in the background and return its task."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        if vital:
            self._vital.add(task)
        if endless:
            self._endless.add(task)
        task.add_done_callback(self._ended)
        return task

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109 - the patience of a shutdown
        """Wait so many seconds for every task, cancel the rest, return how many were cancelled.

        Endless tasks are cancelled at once and not counted. The task that calls is not waited for.
        """
        await self._cancel(self._endless & self._others())
        running = self._others()
        if running and timeout > 0:
            await asyncio.wait(running, timeout=timeout)
        left = self._others()
        await self._cancel(left)
        return len(left)

    @staticmethod
    async def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _others(self) -> set[asyncio.Task[Any]]:
        return self._tasks - {asyncio.current_task()}

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        vital = task in self._vital
        self._vital.discard(task)
        self._endless.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        log.error("A background task failed", task=task.get_name(), exc_info=error)
        if vital:
            self.broken.set()
