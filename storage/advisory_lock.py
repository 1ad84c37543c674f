"""The leader's lock on PostgreSQL."""

import asyncio
import contextlib
from typing import Any

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import make_url

from storage.leader import LEADING

ANSWER = 3.0  # seconds within which the server must confirm that the lock is still held

# A leader whose machine vanishes is noticed after 5 + 3 × 2 seconds, and its lock is free then.
SESSION = (
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 "
    "-c tcp_user_timeout=10000"
)


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
        await self._end_session()
        return False

    async def held(self) -> bool:
        """Ask the server whether the session that took the lock is alive."""
        if self._session is None:
            return False
        with contextlib.suppress(psycopg.Error, TimeoutError):
            async with asyncio.timeout(ANSWER):
                await self._session.execute("SELECT 1")
                return True
        await self._end_session()
        return False

    async def release(self) -> None:
        """Let go of the lock; another may take it from now on."""
        if self._session is not None:
            # The server ends a session, and its locks, only a moment after its client has gone.
            with contextlib.suppress(psycopg.Error, TimeoutError):
                async with asyncio.timeout(ANSWER):
                    await self._session.execute("SELECT pg_advisory_unlock(%s)", [LEADING])
        await self._end_session()

    async def _end_session(self) -> None:
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
        await self._end_session()
        return False
