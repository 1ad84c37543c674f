from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from storage.engine.sqlite import open_for_writing
from storage.engine.sqlite_database import path_of
from storage.lock import FileLock

MIGRATING = 8_317_201  # the advisory lock under which one process at a time migrates


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Yield a connection of its own to a database, closed at the end."""
    path = path_of(url)
    if path is None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(address, poolclass=NullPool)
    else:
        engine = create_engine(
            "sqlite://", creator=lambda: open_for_writing(path), poolclass=NullPool
        )
    with engine.connect() as connection:
        yield connection


@contextmanager
def write_access(url: str) -> Iterator[Connection]:
    """Yield a connection in a transaction that nobody else can disturb, committed at the end.

    Raises DatabaseInUse for a SQLite file that another process works on.
    """
    path = path_of(url)
    with ExitStack() as stack:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path)
            lock.acquire()
            stack.callback(lock.release)
        connection = stack.enter_context(connected(url))
        if path is not None:
            # Tables are rebuilt to be altered; what refers to them is checked at the end instead.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.rollback()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATING})
        yield connection
        if path is not None and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise LookupError("the migration would leave rows that refer to missing ones")
        connection.commit()
