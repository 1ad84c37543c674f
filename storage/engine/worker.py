from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from storage.engine.job import Job


class Post(Protocol):
    """What a thread works at: a connection, made in that thread when first needed."""

    def run(self, jobs: deque[Job]) -> None:
        """Settle jobs, taking each out from the left before it begins. Never raises."""

    def close(self) -> None:
        """Close the connection, in the thread that used it."""


class WorkerThread:
    """A thread that runs groups of jobs at its post."""

    def __init__(self, post: Post, name: str) -> None:
        self._post = post
        self._queue: SimpleQueue[tuple[deque[Job], Callable[[], None]] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, jobs: deque[Job], done: Callable[[], None]) -> None:
        """Settle jobs in the thread, then call ``done`` there. Returns at once."""
        self._queue.put((jobs, done))

    def close(self) -> None:
        """End the thread and close its connection after the work queued before."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (work := self._queue.get()) is not None:
            jobs, done = work
            self._post.run(jobs)
            done()
        self._post.close()
