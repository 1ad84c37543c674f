import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import Connection

from storage.engine.dispatcher import Dispatcher
from storage.engine.group_commit import GroupCommitConnection
from storage.engine.sqlite import SQLiteReader, reading_engine
from storage.engine.worker import WorkerThread
from storage.lock import FileLock

GROUP = 500  # commands in one transaction at most: about 15 ms of work
READERS = 3
QUERIES = 16  # queries in one snapshot at most
IMPATIENCE = 0.02  # seconds that a query waits behind a long one while a reader is free

P = ParamSpec("P")
T = TypeVar("T")


class SQLiteDatabase:
    """A database in one file, written by one process."""

    dialect: Literal["sqlite"] = "sqlite"

    def __init__(
        self,
        url: str,
        lock: FileLock | None,
        writer: GroupCommitConnection,
        readers: Sequence[WorkerThread],
    ) -> None:
        self.url = url
        self._lock = lock
        self._writer = writer
        self._readers = readers
        self._commands = Dispatcher([writer], GROUP)
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

    async def scrub(self, *, anew: bool = True) -> bool:
        """Leave no trace of deleted rows outside of the tables; False if a query was in the way.

        Deleted rows are overwritten in the file (``secure_delete``); this empties the log, and
        writes the file `anew`, so that not even their order is left in it.
        """
        return await (self._writer.fold() if anew else self._writer.empty_log())

    async def close(self) -> None:
        """Finish what was asked for, then let go of the file. Closing twice is harmless."""
        if self._commands.closed:
            return
        await asyncio.gather(self._commands.close(), self._queries.close())
        await asyncio.gather(*(asyncio.to_thread(reader.close) for reader in self._readers))
        await self._writer.close()
        if self._lock is not None:
            self._lock.release()


async def open_sqlite(url: str, path: Path, *, lock: bool) -> SQLiteDatabase:
    """Open a database file, made if missing. Raises DatabaseInUse."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(path) if lock else None
    if held is not None:
        held.acquire()
    try:
        writer = GroupCommitConnection(path)
        await writer
    except BaseException:
        if held is not None:
            held.release()
        raise
    engine = reading_engine(path)
    readers = [WorkerThread(SQLiteReader(engine), f"reader-{n}") for n in range(READERS)]
    return SQLiteDatabase(url, held, writer, readers)


def path_of(url: str) -> Path | None:
    """Return the file that a ``sqlite:///`` URL names, None for any other URL."""
    scheme, _, path = url.partition(":///")
    return Path(path) if scheme == "sqlite" and path else None
