"""The connection that writes to SQLite, in a thread of its own."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import Connection, StaticPool, Transaction, create_engine

from storage.engine.group import settle
from storage.engine.job import COUNTED, Job, fail
from storage.engine.sqlite import open_for_writing


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
            hide_parameters=True,  # an error in the log must not tell what people wrote
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
        self._thread.daemon = True  # a program that fails before it closes this must still end
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
        """Write the database file anew and empty the log; False if a reader was in the way.

        In a file that was written anew nothing tells in what order its rows came, and there is no
        page that holds nothing any more. It takes as long as copying the file.
        """
        return bool(await self._in_thread(self._fold))

    async def empty_log(self) -> bool:
        """Bring the log into the file and empty it; False if a reader was in the way."""
        return bool(await self._in_thread(self._empty_log))

    def _fold(self) -> bool:
        if not self._empty_log():
            return False
        self._conn.execute("VACUUM")
        return self._empty_log()

    def _empty_log(self) -> bool:
        busy, _, _ = self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
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
