"""SQLite connections: one that writes, in a thread of its own, and read-only ones."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiosqlite
from sqlalchemy import Connection, Engine, NullPool, StaticPool, Transaction, create_engine

from storage.engine.group import settle
from storage.engine.job import COUNTED, Job, fail, taken

PATIENCE = 10.0  # seconds to wait for a lock of another process
STATEMENTS = 1000  # prepared statements kept per connection

WRITING = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
)
# Before 3.51.3, two connections that reset a WAL at once can corrupt it: only the writer does.
READING = (
    "PRAGMA query_only = ON",
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open (or make, readable by its owner only) a database file for durable writing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return _open(path, "rw", WRITING)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing database file read-only."""
    return _open(path, "ro", READING)


def _open(path: Path, mode: str, pragmas: Sequence[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=PATIENCE,
        cached_statements=STATEMENTS,
    )
    try:
        for pragma in pragmas:
            connection.execute(pragma).close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class SQLiteLine:
    """The writing connection as a group of commands needs it."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: raw,
            poolclass=StaticPool,
            query_cache_size=2000,
            execution_options=COUNTED,
        )
        self.connection: Connection = self._engine.connect()
        self._transaction: Transaction | None = None

    def begin(self) -> None:
        """Open a transaction that may write from its start."""
        self._raw.execute("BEGIN IMMEDIATE")
        self._transaction = self.connection.begin()

    def commit(self) -> None:
        """Make the transaction durable."""
        self.connection.commit()

    def rollback(self) -> None:
        """Undo the transaction, if there is one."""
        self.connection.rollback()
        if self._raw.in_transaction:
            self._raw.rollback()
        if self.connection.closed:  # by a command that should not have
            self.connection = self._engine.connect()

    def written(self) -> int:
        """Return the number of rows written by this connection so far."""
        return self._raw.total_changes

    def sound(self) -> bool:
        """Tell whether the transaction is open: SQLite ends it by itself when a disk is full."""
        transaction = self._transaction
        return self._raw.in_transaction and transaction is not None and transaction.is_active

    def savepoint(self) -> None:
        """Mark this point of the transaction."""
        self._raw.execute("SAVEPOINT command")

    def release(self) -> None:
        """Forget the newest mark."""
        self._raw.execute("RELEASE command")

    def rewind(self) -> None:
        """Undo everything since the newest mark and forget it."""
        self._raw.execute("ROLLBACK TO command")
        self._raw.execute("RELEASE command")

    def passing(self, error: BaseException | None) -> bool:  # noqa: ARG002 - nobody else writes
        """Tell that nothing here falls to others."""
        return False

    def raced(self, error: BaseException | None) -> bool:  # noqa: ARG002 - nobody else writes
        """Tell that nobody else takes keys."""
        return False


class GroupCommitConnection(aiosqlite.Connection):
    """The writing connection: groups of commands run in aiosqlite's thread for it."""

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: open_for_writing(path), 64)
        self._line: SQLiteLine | None = None

    def run(self, jobs: deque[Job], done: Callable[[], None]) -> None:
        """Settle a group of jobs in the thread, then call ``done`` there. Returns at once."""

        def work() -> None:
            group = list(jobs)
            try:
                settle(self._writing_line(), group)
            except Exception as error:  # noqa: BLE001 - no transaction could be opened
                fail(group, error)
            done()

        self._tx.put_nowait((None, work))

    async def fold(self) -> bool:
        """Move the log into the database file and empty it; False if a reader was in the way."""
        sql = "PRAGMA wal_checkpoint(TRUNCATE)"
        busy, _, _ = await self._in_thread(lambda: self._conn.execute(sql).fetchone())
        return not busy

    async def close(self) -> None:
        """Close the connection after the work queued before."""
        await self._in_thread(self._close_line)
        await super().close()

    async def _in_thread(self, function: Callable[[], Any]) -> Any:
        future = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((future, function))
        return await future

    def _writing_line(self) -> SQLiteLine:
        if self._line is None:
            self._line = SQLiteLine(self._conn)
        return self._line

    def _close_line(self) -> None:
        if self._line is not None:
            self._line.connection.close()
            self._line = None


class SQLiteReader:
    """A read-only connection: queries run together see one moment of the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def run(self, jobs: deque[Job]) -> None:
        """Settle queries in one snapshot."""
        try:
            self._connection = self._connection or self._engine.connect()
            with self._connection.begin():
                self._connection.exec_driver_sql("BEGIN")
                for job in taken(jobs):
                    job.attempt(self._connection)
                    job.settled = True
        except Exception as error:  # noqa: BLE001 - no connection: the callers must hear of it
            fail(taken(jobs), error)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()


def reading_engine(path: Path) -> Engine:
    """Return an engine whose connections are read-only ones of a file, one for each caller."""
    return create_engine(
        "sqlite://",
        creator=lambda: open_for_reading(path),
        poolclass=NullPool,
        query_cache_size=2000,
        execution_options=COUNTED,
    )
