"""The sandbox's own time: real time plus an offset that only grows."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from sandbox.server.payload import Json

ALMATY = ZoneInfo("Asia/Almaty")
SATURDAY = 5


class SandboxClock:
    """A clock that runs at the real pace and can be moved forward.

    `version` counts the moves, so that a listener can wait for the next one.
    """

    def __init__(self, start_at: datetime | None = None) -> None:
        self._offset = timedelta(0)
        self.version = 0
        self._moved = asyncio.Event()
        if start_at is not None:
            if start_at.tzinfo is None:
                raise ValueError("the sandbox's clock needs a time with a zone")
            self._offset = start_at - datetime.now(UTC)

    def now(self) -> datetime:
        """Return the sandbox's present instant, in UTC."""
        return datetime.now(UTC) + self._offset

    def timestamp(self) -> int:
        """Return whole seconds since 1970, as Telegram's `date` fields count them."""
        return int(self.now().timestamp())

    def advance(self, by: timedelta) -> None:
        """Move forward; raises ValueError for a step back."""
        if by < timedelta(0):
            raise ValueError("the clock only moves forward")
        self._offset += by
        self.version += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def move_to(self, instant: datetime) -> None:
        """Move forward to an instant with a zone; raises ValueError for one in the past."""
        if instant.tzinfo is None:
            raise ValueError("the sandbox's clock needs a time with a zone")
        self.advance(instant - self.now())

    def next_working_day(self, at: time) -> datetime:
        """Return the next time of day `at` in Almaty on a working day after today.

        Working days are Monday to Friday without the holidays package's days off for Kazakhstan.
        """
        day = self.now().astimezone(ALMATY).date() + timedelta(days=1)
        days_off = holidays.country_holidays("KZ", years=(day.year, day.year + 1))
        while day.weekday() >= SATURDAY or day in days_off:
            day += timedelta(days=1)
        return datetime.combine(day, at, tzinfo=ALMATY)

    async def wait_for_version(self, after: int, seconds: float) -> None:
        """Return once the clock was moved past version `after`, or when the time is over."""
        if self.version > after:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._moved.wait()
        except TimeoutError:
            return

    def shown(self) -> Json:
        """Return the clock as the control API shows it."""
        now = self.now()
        return {
            "now": now.isoformat(),
            "offset": self._offset.total_seconds(),
            "version": self.version,
            "local": now.astimezone(ALMATY).isoformat(),
        }
