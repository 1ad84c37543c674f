import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from storage.engine.job import DatabaseClosed, Job, deliver


class Worker(Protocol):
    """A thread with a connection of its own."""

    def run(self, jobs: deque[Job], done: Callable[[], None]) -> None:
        """Settle jobs in the thread, taking each out from the left, then call ``done`` there.

        Returns at once.
        """


class Dispatcher:
    """Hands the jobs that wait together to whichever worker is free, as one group.

    Lives in one event loop. A caller that goes away before its job was handed over takes the job
    with it; later the job runs all the same and nobody hears of the result.
    """

    def __init__(
        self, workers: Sequence[Worker], group: int, impatience: float | None = None
    ) -> None:
        """Share the work among ``workers`` in groups of at most ``group`` jobs.

        With ``impatience``, which is for jobs that are final once settled, those that have not
        begun so many seconds after they were handed over go to another worker, and those settled
        are delivered: a long one before or after them holds nobody up for longer.
        """
        self.closed = False
        self._loop = asyncio.get_running_loop()
        self._workers = len(workers)
        self._free = list(workers)
        self._group = group
        self._impatience = impatience
        self._waiting: deque[Job] = deque()
        self._called = False
        self._idle = asyncio.Event()
        self._idle.set()

    def submit(
        self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> asyncio.Future[Any]:
        """Queue a command or query and return the future of its result.

        Raises DatabaseClosed.
        """
        if self.closed:
            raise DatabaseClosed("the database is closed")
        future: asyncio.Future[Any] = self._loop.create_future()
        self._waiting.append(Job(function, args, kwargs, future))
        self._idle.clear()
        self._call()
        return future

    async def close(self) -> None:
        """Take no more jobs and return when those taken are settled."""
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
                self._give(self._free.pop(), jobs)
        if not self._waiting and len(self._free) == self._workers:
            self._idle.set()

    def _take(self) -> list[Job]:
        taken = (self._waiting.popleft() for _ in range(min(len(self._waiting), self._group)))
        return [job for job in taken if not job.future.done()]

    def _give(self, worker: Worker, jobs: Sequence[Job]) -> None:
        def completed() -> None:
            self._free.append(worker)
            deliver(jobs)
            self._call()

        unbegun = deque(jobs)
        worker.run(unbegun, lambda: self._tell(completed))
        if self._impatience is not None and len(jobs) > 1:
            self._loop.call_later(self._impatience, self._take_back, jobs, unbegun)

    def _tell(self, completed: Callable[[], None]) -> None:
        self._loop.call_soon_threadsafe(completed)

    def _take_back(self, jobs: Sequence[Job], unbegun: deque[Job]) -> None:
        while unbegun:
            try:
                self._waiting.appendleft(unbegun.pop())
            except IndexError:  # the worker was faster
                break
        deliver(jobs)
        self._call()
