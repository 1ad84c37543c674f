import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

# So that an insert tells on every database how many rows it made, conflicts left aside.
COUNTED = {"preserve_rowcount": True}


class DatabaseClosed(RuntimeError):  # noqa: N818 - it names a state of affairs
    """The database was closed before this command or query was asked for."""


class CommandBroken(RuntimeError):  # noqa: N818 - it names a state of affairs
    """A command ended its transaction itself or swallowed a database error: a mistake in it."""


class ConnectionLost(RuntimeError):  # noqa: N818 - it names a state of affairs
    """The database went away; whether an open transaction was committed is not known."""


@dataclass(slots=True, eq=False)
class Job:
    """A command or query on its way through a thread, and what became of it.

    ``result`` and ``error`` are provisional until ``settled``: a group that is rolled back runs
    its members again.
    """

    command: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    settled: bool = False

    def attempt(self, connection: Connection) -> bool:
        """Run once, keep the result or the exception, return whether there was a result."""
        try:
            self.result = self.command(connection, *self.args, **self.kwargs)
        except BaseException as error:  # noqa: BLE001 - it belongs to the caller, not to the thread
            self.error = error
            return False
        self.error = None
        return True

    def fail(self, error: BaseException) -> None:
        """Settle with an exception."""
        self.error = error
        self.settled = True


def taken(jobs: deque[Job]) -> Iterator[Job]:
    """Yield jobs, taking each out from the left; others may take from the right meanwhile."""
    while True:
        try:
            job = jobs.popleft()
        except IndexError:
            return
        yield job


def fail(jobs: Iterable[Job], error: BaseException) -> None:
    """Settle those jobs that are not settled with an exception."""
    for job in jobs:
        if not job.settled:
            job.fail(error)


def deliver(jobs: Iterable[Job]) -> None:
    """Wake the callers of those jobs that are settled, in the event loop; some may have left."""
    for job in jobs:
        if not job.settled or job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        elif isinstance(job.error, StopIteration):
            # A future cannot carry StopIteration.
            job.future.set_exception(RuntimeError("a command raised StopIteration"))
        else:
            job.future.set_exception(job.error)
