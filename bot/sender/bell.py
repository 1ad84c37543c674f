"""Waking a loop that sleeps."""

import asyncio


class Bell:
    """Rung when there may be work; a sleeper wakes at once, or by itself after a while."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the sleeper, or spare it the next sleep."""
        self._rung.set()

    async def sleep(self, seconds: float) -> None:
        """Sleep until rung, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()
