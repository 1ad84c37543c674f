"""What PostgreSQL's threads work at: connections made anew when the server comes back."""

import time
from collections import deque
from collections.abc import Sequence

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from storage.engine.group import settle
from storage.engine.job import ConnectionLost, Job, fail, taken
from storage.engine.postgresql import PostgreSQLLine, Turns

RESTART = 30.0  # seconds in which a server that went away may come back
AGAIN = 0.2  # seconds between attempts to reach it


class Absence:
    """How long a server has been away, as one thread knows it."""

    def __init__(self) -> None:
        self._since: float | None = None

    def wait(self) -> bool:
        """Pause before the next attempt; False once there were attempts enough."""
        now = time.monotonic()
        self._since = self._since or now
        if now - self._since > RESTART:
            return False
        time.sleep(AGAIN)
        return True

    def end(self) -> None:
        """Take note that the server is there."""
        self._since = None


class PostgreSQLWriter:
    """A writing connection.

    When the server goes away, it is awaited for a while and the group runs again. Whether a
    commit that got no answer happened is not known then; running again is right in both cases,
    because a natural key makes the repetition of a command harmless.
    """

    def __init__(self, engine: Engine, turns: Turns) -> None:
        self._engine = engine
        self._turns = turns
        self._absence = Absence()
        self._line: PostgreSQLLine | None = None

    def run(self, jobs: deque[Job]) -> None:
        """Settle a group of commands."""
        group = list(jobs)
        try:
            self._settle(group)
        except Exception as error:  # noqa: BLE001 - no transaction could be opened
            fail(group, error)

    def close(self) -> None:
        """Close the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _settle(self, jobs: Sequence[Job]) -> None:
        while unsettled := [job for job in jobs if not job.settled]:
            try:
                self._line = self._line or PostgreSQLLine(self._engine, self._turns)
                self._absence.end()
                settle(self._line, unsettled)
            except (ConnectionLost, OperationalError) as error:
                self.close()
                if not self._absence.wait():
                    fail(unsettled, _unreachable(error))


class PostgreSQLReader:
    """A read-only connection: queries run together see one moment of the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._absence = Absence()
        self._connection: Connection | None = None

    def run(self, jobs: deque[Job]) -> None:
        """Settle queries, in one snapshot unless one fails or the server goes away."""
        while jobs:
            try:
                self._read(self._connection or self._connect(), jobs)
            except OperationalError as error:
                self.close()
                if not self._absence.wait():
                    fail(taken(jobs), _unreachable(error))
            except Exception as error:  # noqa: BLE001 - the callers must hear of it
                self.close()
                fail(taken(jobs), error)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, connection: Connection, jobs: deque[Job]) -> None:
        with connection.begin() as transaction:
            for job in taken(jobs):
                succeeded = job.attempt(connection)
                if connection.invalidated:
                    jobs.appendleft(job)
                    self.close()
                    return
                job.settled = True
                if not succeeded:
                    break
            transaction.rollback()

    def _connect(self) -> Connection:
        connection = self._engine.connect()
        driver = connection.connection.driver_connection
        if isinstance(driver, psycopg.Connection):
            driver.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            driver.read_only = True
        self._connection = connection
        self._absence.end()
        return connection


def _unreachable(error: BaseException) -> ConnectionLost:
    lost = ConnectionLost("PostgreSQL cannot be reached")
    lost.__cause__ = error
    return lost
