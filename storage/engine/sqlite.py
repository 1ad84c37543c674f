"""SQLite connections: one that writes, in a thread of its own, and read-only ones."""

import sqlite3
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine

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
        hide_parameters=True,  # an error in the log must not tell what people wrote
    )
