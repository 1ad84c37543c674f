"""Which of several processes runs the scheduler and the sender."""

import asyncio
import contextlib
from typing import Any, Protocol

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import Connection, make_url, text

from storage.database import Database

LEADING = 8_317_203  # the advisory lock that the leader holds
ANSWER = 3.0  # seconds within which the server must confirm that the lock is still held

# A leader whose machine vanishes is noticed after 5 + 3 × 2 seconds, and its lock is free then.
SESSION = (
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 "
    "-c tcp_user_timeout=10000"
)
HELD = text(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 "
    "AND objid = :key AND objsubid = 1 "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Leader(Protocol):
    """This process's claim to be the one that ticks and sends."""

    async def acquire(self) -> bool:
        """Become the leader if nobody is; tell whether this process is the leader now."""

    async def held(self) -> bool:
        """Tell whether this process is still the leader; once lost, it must ``acquire`` again.

        Asks the server, and takes no answer within 3 seconds for a loss.
        """

    async def release(self) -> None:
        """Let another process lead; harmless when this one does not."""


class OnlyProcess:
    """The leader on SQLite: the file's lock has seen to it that there is no other process."""

    def __init__(self) -> None:
        self._leading = False

    async def acquire(self) -> bool:
        """Become the leader."""
        self._leading = True
        return True

    async def held(self) -> bool:
        """Tell whether this process leads."""
        return self._leading

    async def release(self) -> None:
        """Stop leading."""
        self._leading = False


class AdvisoryLock:
    """The leader on PostgreSQL: who holds an advisory lock, for as long as its session lives.

    The kernel ends the session of a process that is killed, so another one can lead at once.
    """

    def __init__(self, url: str) -> None:
        address = make_url(url).set(drivername="postgresql")
        self._address = address.render_as_string(hide_password=False)
        self._session: AsyncConnection[Any] | None = None

    async def acquire(self) -> bool:
        """Take the lock if it is free; a server that cannot be reached leaves nobody leading."""
        if await self.held():
            return True
        with contextlib.suppress(psycopg.Error, TimeoutError):
            async with asyncio.timeout(ANSWER):
                return await self._try()
        await self.release()
        return False

    async def held(self) -> bool:
        """Ask the server whether the session that took the lock is alive."""
        if self._session is None:
            return False
        with contextlib.suppress(psycopg.Error, TimeoutError):
            async with asyncio.timeout(ANSWER):
                await self._session.execute("SELECT 1")
                return True
        await self.release()
        return False

    async def release(self) -> None:
        """End the session and the lock with it."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _try(self) -> bool:
        session = await AsyncConnection.connect(
            self._address, autocommit=True, connect_timeout=3, options=SESSION
        )
        self._session = session
        taken = await session.execute("SELECT pg_try_advisory_lock(%s)", [LEADING])
        row = await taken.fetchone()
        if row is not None and row[0]:
            return True
        await self.release()
        return False


def leader_of(database: Database) -> Leader:
    """Return this process's claim to lead, not yet made."""
    return OnlyProcess() if database.dialect == "sqlite" else AdvisoryLock(database.url)


def leading_session(connection: Connection) -> int | None:
    """Return the server process of the leader's session on PostgreSQL, None if nobody leads."""
    pid: int | None = connection.scalar(HELD, {"key": LEADING})
    return pid
