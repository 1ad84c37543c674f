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
    instead of living on with half its work undone.

    As an async context manager it cancels on leaving whatever still runs.
    """

    def __init__(self) -> None:
        self.broken = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._vital: set[asyncio.Task[Any]] = set()

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
        self, work: Coroutine[Any, Any, T], name: str, *, vital: bool = False
    ) -> asyncio.Task[T]:
        """Start work in the background and return its task."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        if vital:
            self._vital.add(task)
        task.add_done_callback(self._ended)
        return task

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109 - the patience of a shutdown
        """Wait so many seconds for every task, cancel the rest, return how many were cancelled.

        The task that calls is not waited for.
        """
        running = self._others()
        if running and timeout > 0:
            await asyncio.wait(running, timeout=timeout)
        left = self._others()
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
        return len(left)

    def _others(self) -> set[asyncio.Task[Any]]:
        return self._tasks - {asyncio.current_task()}

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        vital = task in self._vital
        self._vital.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        log.error("A background task failed", task=task.get_name(), exc_info=error)
        if vital:
            self.broken.set()
