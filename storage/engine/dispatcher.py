import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from storage.engine.job import DatabaseClosed, Job, deliver


class Writer(Protocol):
    """A thread with a writing connection of its own."""

    def run(self, jobs: Sequence[Job], done: Callable[[], None]) -> None:
        """Settle a group of jobs in the thread, then call ``done`` there. Returns at once."""


class Dispatcher:
    """Hands the commands that wait together to whichever writer is free, as one group.

    Lives in one event loop. A caller that goes away before its command was handed over takes the
    command with it; later the command runs all the same and nobody hears of the result.
    """

    def __init__(self, writers: Sequence[Writer], group: int) -> None:
        """Share the work among ``writers`` in groups of at most ``group`` commands."""
        self._loop = asyncio.get_running_loop()
        self._writers = len(writers)
        self._free = list(writers)
        self._group = group
        self._waiting: deque[Job] = deque()
        self._called = False
        self.closed = False
        self._idle = asyncio.Event()
        self._idle.set()

    def submit(
        self, command: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> asyncio.Future[Any]:
        """Queue a command and return the future of its result.

        Raises DatabaseClosed.
        """
        if self.closed:
            raise DatabaseClosed("the database is closed")
        future: asyncio.Future[Any] = self._loop.create_future()
        self._waiting.append(Job(command, args, kwargs, future))
        self._idle.clear()
        self._call()
        return future

    async def close(self) -> None:
        """Take no more commands and return when those taken are settled."""
        self.closed = True
        await self._idle.wait()

    def _call(self) -> None:
        # After the tasks that are ready now: what they ask for joins the same group.
        if self._free and not self._called:
            self._called = True
            self._loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        self._called = False
        while self._waiting and self._free:
            jobs = self._take()
            if jobs:
                writer = self._free.pop()
                done = self._completion(writer, jobs)
                writer.run(jobs, done)
        if not self._waiting and len(self._free) == self._writers:
            self._idle.set()

    def _take(self) -> list[Job]:
        share = -(-len(self._waiting) // len(self._free))
        taken = (self._waiting.popleft() for _ in range(min(share, self._group)))
        return [job for job in taken if not job.future.done()]

    def _completion(self, writer: Writer, jobs: Sequence[Job]) -> Callable[[], None]:
        def completed() -> None:
            self._free.append(writer)
            deliver(jobs)
            self._call()

        def done() -> None:
            self._loop.call_soon_threadsafe(completed)

        return done
