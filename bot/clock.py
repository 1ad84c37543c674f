"""A clock that follows the sandbox's, so that one sees a deadline pass in a minute."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp
import structlog

from services.clock import Clock, SystemClock

log = structlog.get_logger()

_WAIT = 25  # seconds that one question may stay open
_RETRY = 1.0


class FollowedClock:
    """Runs at the machine's pace, ahead by what the clock behind the URL says."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._version = -1
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    async def of(cls, url: str) -> Self:
        """Return a clock that already knows the offset."""
        clock = cls(url)
        async with aiohttp.ClientSession() as session:
            clock._take(await clock._ask(session, None))
        return clock

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def on_jump(self, listener: Callable[[], None]) -> None:
        """Call this whenever the clock has been moved."""
        self._listeners.append(listener)

    async def follow(self) -> None:
        """Keep following until cancelled; a sandbox that is away is waited for."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    moved = self._take(await self._ask(session, self._version))
                except (aiohttp.ClientError, TimeoutError):
                    await asyncio.sleep(_RETRY)
                    continue
                if moved:
                    for listener in self._listeners:
                        listener()

    async def _ask(self, session: aiohttp.ClientSession, after: int | None) -> dict[str, Any]:
        query = {} if after is None else {"after": str(after), "wait": str(_WAIT)}
        timeout = aiohttp.ClientTimeout(total=_WAIT + 10)
        async with session.get(self._url, params=query, timeout=timeout) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer

    def _take(self, answer: dict[str, Any]) -> bool:
        moved: bool = answer["version"] != self._version
        self._offset = timedelta(seconds=float(answer["offset"]))
        self._version = int(answer["version"])
        return moved


async def clock_of(url: str | None) -> Clock:
    """Return the clock that CLOCK_URL names, or the machine's own."""
    return await FollowedClock.of(url) if url else SystemClock()
