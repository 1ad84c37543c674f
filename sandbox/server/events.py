"""What happened lately, numbered, for pages and tests that watch the chats."""

import asyncio
import contextlib
import time
from collections import deque
from enum import StrEnum
from typing import Any

from sandbox.server.payload import Json

KEPT = 20_000


class EventType(StrEnum):
    """What an event tells; the values are those of the control API."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"
    ANSWER = "answer"
    ACTION = "action"
    CLOCK = "clock"
    PERSON = "person"
    COMMANDS = "commands"
    KEYBOARD = "keyboard"


class Events:
    """A ring of the last events; readers ask for those after a number."""

    def __init__(self, kept: int = KEPT) -> None:
        self._ring: deque[Json] = deque(maxlen=kept)
        self._added = asyncio.Event()
        self.last = 0
        self.last_at = time.monotonic()

    def add(self, kind: EventType, chat_id: int | None = None, **facts: Any) -> int:
        """Keep an event and wake those who wait; return its number."""
        self.last += 1
        self.last_at = time.monotonic()
        person = chat_id if chat_id is not None and chat_id > 0 else None
        self._ring.append(
            {"id": self.last, "type": kind.value, "person": person, "chat": chat_id, **facts}
        )
        if not self._added.is_set():
            self._added.set()
        return self.last

    def after(self, number: int) -> list[Json]:
        """Return the kept events with a greater number, oldest first."""
        missed = min(self.last - number, len(self._ring))
        if missed <= 0:
            return []
        start = len(self._ring) - missed
        return [self._ring[position] for position in range(start, len(self._ring))]

    async def wait(self, after: int, seconds: float) -> list[Json]:
        """Return events after a number, as soon as there are any or when the time is over."""
        found = self.after(after)
        if found or seconds <= 0:
            return found
        if self._added.is_set():
            self._added = asyncio.Event()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._added.wait()
        return self.after(after)  # one may have come in the instant in which the time was over
