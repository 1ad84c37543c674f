"""Threads that hold PostgreSQL connections and make new ones when the server comes back."""

import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Thread

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from storage.engine.group import settle
from storage.engine.job import ConnectionLost, Job
from storage.engine.postgresql import PostgreSQLLine, Turns

RESTART = 30.0  # seconds in which a server that went away may come back
AGAIN = 0.2  # seconds between attempts to reach it

Work = tuple[Sequence[Job], Callable[[], None]]


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
    """A thread with a writing connection.

    When the server goes away, it is awaited for a while and the group runs again. Whether a
    commit that got no answer happened is not known then; running again is right in both cases,
    because a natural key makes the repetition of a command harmless.
    """

    def __init__(self, engine: Engine, turns: Turns, name: str) -> None:
        self._engine = engine
        self._turns = turns
        self._absence = Absence()
        self._line: PostgreSQLLine | None = None
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, jobs: Sequence[Job], done: Callable[[], None]) -> None:
        """Settle a group of jobs in the thread, then call ``done`` there. Returns at once."""
        self._queue.put((jobs, done))

    def close(self) -> None:
        """End the thread and its connection after the work queued before."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (work := self._queue.get()) is not None:
            jobs, done = work
            try:
                self._settle(jobs)
            except Exception as error:  # noqa: BLE001 - no transaction could be opened
                _fail(jobs, error)
            done()
        self._drop()

    def _settle(self, jobs: Sequence[Job]) -> None:
        while unsettled := [job for job in jobs if not job.settled]:
            try:
                self._line = self._line or PostgreSQLLine(self._engine, self._turns)
                self._absence.end()
                settle(self._line, unsettled)
            except (ConnectionLost, OperationalError) as error:
                self._drop()
                if not self._absence.wait():
                    _fail(unsettled, _unreachable(error))

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class PostgreSQLReader:
    """A read-only connection, made anew when the server comes back."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._absence = Absence()
        self._connection: Connection | None = None

    def run(self, job: Job) -> None:
        """Settle a query in a transaction of its own; again if the connection was lost in it."""
        while not job.settled:
            try:
                connection = self._connection or self._connect()
                with connection.begin() as transaction:
                    job.attempt(connection)
                    lost = connection.invalidated
                    transaction.rollback()
            except OperationalError as error:
                self.close()
                if not self._absence.wait():
                    job.fail(_unreachable(error))
                continue
            if lost:
                self.close()
            else:
                job.settled = True

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> Connection:
        connection = self._engine.connect()
        driver = connection.connection.driver_connection
        if isinstance(driver, psycopg.Connection):
            driver.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            driver.read_only = True
        self._connection = connection
        self._absence.end()
        return connection


def _fail(jobs: Sequence[Job], error: BaseException) -> None:
    for job in jobs:
        if not job.settled:
            job.fail(error)


def _unreachable(error: BaseException) -> ConnectionLost:
    lost = ConnectionLost("PostgreSQL cannot be reached")
    lost.__cause__ = error
    return lost
