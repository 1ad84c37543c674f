import sqlite3
from collections.abc import Callable
from typing import Concatenate, Literal, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from storage.engine.job import CommandBroken, ConnectionLost, DatabaseClosed
from storage.engine.sqlite_database import open_sqlite, path_of
from storage.lock import DatabaseInUse

__all__ = [
    "CommandBroken",
    "ConnectionLost",
    "Database",
    "DatabaseClosed",
    "DatabaseInUse",
    "is_away",
    "open_database",
]

# What SQLite says where the disk, not the statement, is at fault.
_DISK = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
}
_PRIMARY = 0xFF  # an extended result code of SQLite holds its primary one in the lowest byte

P = ParamSpec("P")
T = TypeVar("T")


class Database(Protocol):
    """Where everything is kept.

    A command is a synchronous function of a connection and its arguments, and one transaction: it
    may run again from its start (its group was rolled back, the server restarted), so it touches
    nothing but the connection, and a natural key makes its repetition harmless. It never commits
    or rolls back; what it returns is plain values, not open cursors. A query is the same on a
    read-only connection.
    """

    @property
    def url(self) -> str:
        """The address it was opened with; may hold a password."""

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Which of the two it is."""

    async def write(
        self, command: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command as one transaction; return its result once it is durable.

        Raises what the command raises, and then nothing of it is kept; DatabaseClosed; on
        PostgreSQL also ConnectionLost, after which nobody knows whether it ran. A caller
        that is cancelled while it waits does not know whether the command ran.
        """

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query in one snapshot, which holds every command that ended before.

        Raises what the query raises; DatabaseClosed.
        """

    async def scrub(self, *, anew: bool = True) -> bool:
        """Leave no trace of deleted rows outside of the tables, where that can be done.

        Not `anew`: the order in which the rows that are left came may still show; takes far less.
        Returns False when a long query was in the way; call again then.
        """

    async def close(self) -> None:
        """Finish what was asked for, then let go of the database. Twice is harmless."""


async def open_database(url: str, *, lock: bool = True) -> Database:
    """Open ``sqlite:///path.db`` or ``postgresql://…`` for the running event loop.

    With ``lock``, a SQLite file is kept for this process alone. Raises DatabaseInUse, and
    ValueError for another kind of address.
    """
    path = path_of(url)
    if path is not None:
        return await open_sqlite(url, path, lock=lock)
    if url.startswith(("postgresql://", "postgresql+psycopg://")):
        from storage.engine.postgresql_database import open_postgresql  # noqa: PLC0415 - heavy

        return await open_postgresql(url)
    raise ValueError("a database address begins with sqlite:/// or postgresql://")


def is_away(error: BaseException) -> bool:
    """Tell whether a command or query failed for a reason that will pass and is not its own.

    The server cannot be reached, the disk is full, or the program stops: later the same may
    well succeed.
    """
    if not isinstance(error, OperationalError):
        return isinstance(error, ConnectionLost | DatabaseClosed)
    if not isinstance(error.orig, sqlite3.Error):
        return True
    return error.orig.sqlite_errorcode & _PRIMARY in _DISK
