import asyncio
import contextlib
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol

from storage.engine.job import DatabaseClosed, Job, deliver


class Reader(Protocol):
    """A read-only connection, made and used in one thread."""

    def run(self, job: Job) -> None:
        """Settle a query in a transaction of its own. Never raises."""

    def close(self) -> None:
        """Close the connection, in the thread that used it."""


class Readers:
    """A few threads, each with a read-only connection that it opens when first needed.

    Lives in one event loop. Queries are taken one at a time, so that a long one holds up nobody
    while another thread is free.
    """

    def __init__(self, connect: Callable[[], Reader], threads: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._connect = connect
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work, name=f"reader-{number}", daemon=True)
            for number in range(threads)
        ]
        self._closed = False
        for thread in self._threads:
            thread.start()

    def submit(
        self, query: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> asyncio.Future[Any]:
        """Queue a query and return the future of its result.

        Raises DatabaseClosed.
        """
        if self._closed:
            raise DatabaseClosed("the database is closed")
        future: asyncio.Future[Any] = self._loop.create_future()
        self._queue.put(Job(query, args, kwargs, future))
        return future

    async def close(self) -> None:
        """Take no more queries, answer those taken, close the connections."""
        self._closed = True
        for _ in self._threads:
            self._queue.put(None)
        await asyncio.gather(*(asyncio.to_thread(thread.join) for thread in self._threads))

    def _work(self) -> None:
        reader: Reader | None = None
        while (job := self._queue.get()) is not None:
            if job.future.cancelled():
                continue
            try:
                reader = reader or self._connect()
                reader.run(job)
            except Exception as error:  # noqa: BLE001 - no connection: the caller must hear of it
                job.fail(error)
            with contextlib.suppress(RuntimeError):  # the loop has ended, nobody waits
                self._loop.call_soon_threadsafe(deliver, [job])
        if reader is not None:
            reader.close()
