"""PostgreSQL connections: one that writes and one that reads, each used in one thread."""

import contextlib
import time
from typing import Any, cast

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, NullPool, Transaction, create_engine, make_url

from storage.engine.job import COUNTED, ConnectionLost

OPTIMISTIC = "150ms"  # how long a group waits for a row before groups take turns
TURNS = 5.0  # seconds for which groups take turns then
GROUPS = 8_317_202  # the advisory lock of groups that take turns
TURN = f"SELECT set_config('lock_timeout', '10s', true), pg_advisory_xact_lock({GROUPS})"

WRITING = f"-c timezone=UTC -c synchronous_commit=on -c lock_timeout={OPTIMISTIC}"
READING = "-c timezone=UTC -c default_transaction_read_only=on"
REACHABLE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}

PASSING = (errors.DeadlockDetected, errors.SerializationFailure, errors.LockNotAvailable)
LOST = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)
OPEN = (TransactionStatus.INTRANS, TransactionStatus.IDLE)  # psycopg begins with a statement


class WatchedConnection(psycopg.Connection[Any]):
    """A connection that counts the statements that may have written."""

    writes = 0


class WatchedCursor(psycopg.Cursor[Any]):
    """A cursor that tells its connection of each statement that does not begin with SELECT."""

    def execute(self, query: Any, *args: Any, **options: Any) -> "WatchedCursor":
        """Run a statement."""
        if not query.startswith("SELECT"):
            cast("WatchedConnection", self.connection).writes += 1
        return super().execute(query, *args, **options)

    def executemany(self, query: Any, *args: Any, **options: Any) -> None:
        """Run a statement for each of many parameters."""
        cast("WatchedConnection", self.connection).writes += 1
        super().executemany(query, *args, **options)


class Turns:
    """Whether groups take turns, known to all writers of this process.

    Two groups that touch the same rows in different orders would stand still until PostgreSQL
    finds the deadlock, a second later. So a group gives up early, and for a while afterwards
    groups take turns by an advisory lock, those of other processes in the same trouble too.
    """

    def __init__(self) -> None:
        self._until = float("-inf")

    def take(self) -> None:
        """Remember that groups got into each other's way."""
        self._until = time.monotonic() + TURNS

    @property
    def taken(self) -> bool:
        """Tell whether groups take turns now."""
        return time.monotonic() < self._until


class PostgreSQLLine:
    """A writing connection as a group of commands needs it."""

    def __init__(self, engine: Engine, turns: Turns) -> None:
        """Connect; raises SQLAlchemy's OperationalError."""
        self._turns = turns
        self.connection: Connection = engine.connect()
        self._raw = cast("WatchedConnection", self.connection.connection.driver_connection)
        self._transaction: Transaction | None = None

    def begin(self) -> None:
        """Open a transaction; when groups take turns, wait for this one's."""
        self._transaction = self.connection.begin()
        if self._turns.taken:
            try:
                self._raw.execute(TURN)
            except psycopg.Error as error:
                self.rollback()
                self.passing(error)
                raise

    def commit(self) -> None:
        """Make the transaction durable."""
        self.connection.commit()

    def rollback(self) -> None:
        """Undo the transaction, if there is one."""
        with contextlib.suppress(Exception):  # a lost connection is noticed by its next use
            self.connection.rollback()

    def written(self) -> int:
        """Return the number of statements so far that may have written."""
        return self._raw.writes

    def sound(self) -> bool:
        """Tell whether the transaction is open and has not failed."""
        transaction = self._transaction
        return (
            self._raw.pgconn.transaction_status in OPEN
            and transaction is not None
            and transaction.is_active
        )

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

    def passing(self, error: BaseException | None) -> bool:
        """Tell whether a transaction fell to others; let groups take turns then."""
        causes = list(_chain(error))
        if self._raw.closed or any(isinstance(cause, LOST) for cause in causes):
            raise ConnectionLost("the connection to PostgreSQL was lost") from error
        if any(isinstance(cause, PASSING) for cause in causes):
            self._turns.take()
            return True
        return False

    def raced(self, error: BaseException | None) -> bool:
        """Tell whether a key may have been taken by another process since a command looked."""
        return any(isinstance(cause, errors.UniqueViolation) for cause in _chain(error))

    def close(self) -> None:
        """Close the connection, lost or not."""
        with contextlib.suppress(Exception):
            self.connection.invalidate()
        with contextlib.suppress(Exception):
            self.connection.close()


def engine_of(url: str, options: str) -> Engine:
    """Return an engine that makes a connection with server ``options`` for each caller."""
    address = make_url(url)
    conninfo = address.set(drivername="postgresql").render_as_string(hide_password=False)

    def connect() -> WatchedConnection:
        return WatchedConnection.connect(
            conninfo, cursor_factory=WatchedCursor, options=options, **REACHABLE
        )

    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        creator=connect,
        poolclass=NullPool,
        query_cache_size=2000,
        execution_options=COUNTED,
        hide_parameters=True,  # an error in the log must not tell what people wrote
        use_native_hstore=False,
    )


def _chain(error: BaseException | None) -> list[BaseException]:
    # What SQLAlchemy wraps and what a command answers with hide the driver's own exception.
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
