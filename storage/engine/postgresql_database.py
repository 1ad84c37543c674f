import asyncio
from collections.abc import Callable, Sequence
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import Connection

from storage.engine.dispatcher import Dispatcher
from storage.engine.postgresql import READING, WRITING, Turns, engine_of
from storage.engine.postgresql_posts import PostgreSQLReader, PostgreSQLWriter
from storage.engine.worker import WorkerThread

GROUP = 200  # commands in one transaction at most: row locks are held that long
WRITERS = 2
READERS = 4
QUERIES = 16  # queries in one snapshot at most
IMPATIENCE = 0.02  # seconds that a query waits behind a long one while a reader is free

P = ParamSpec("P")
T = TypeVar("T")


class PostgreSQLDatabase:
    """A database on a PostgreSQL server, shared by any number of processes."""

    dialect: Literal["postgresql"] = "postgresql"

    def __init__(
        self, url: str, writers: Sequence[WorkerThread], readers: Sequence[WorkerThread]
    ) -> None:
        self.url = url
        self._threads = [*writers, *readers]
        self._commands = Dispatcher(writers, GROUP)
        self._queries = Dispatcher(readers, QUERIES, IMPATIENCE)

    async def write(
        self, command: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command as one transaction; return its result once it is durable."""
        return await self._commands.submit(command, args, kwargs)  # type: ignore[no-any-return]

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query on a read-only connection, in one snapshot."""
        return await self._queries.submit(query, args, kwargs)  # type: ignore[no-any-return]

    async def scrub(self, *, anew: bool = True) -> bool:  # noqa: ARG002
        """Do nothing: what was deleted is cleared by the server's own vacuum."""
        return True

    async def close(self) -> None:
        """Finish what was asked for, then close the connections. Closing twice is harmless."""
        if self._commands.closed:
            return
        await asyncio.gather(self._commands.close(), self._queries.close())
        await asyncio.gather(*(asyncio.to_thread(thread.close) for thread in self._threads))


async def open_postgresql(url: str) -> PostgreSQLDatabase:
    """Open a database on a server. Raises SQLAlchemy's OperationalError if it is not there."""
    writing, reading, turns = engine_of(url, WRITING), engine_of(url, READING), Turns()
    await asyncio.to_thread(lambda: writing.connect().close())
    writers = [
        WorkerThread(PostgreSQLWriter(writing, turns), f"writer-{n}") for n in range(WRITERS)
    ]
    readers = [WorkerThread(PostgreSQLReader(reading), f"reader-{n}") for n in range(READERS)]
    return PostgreSQLDatabase(url, writers, readers)
