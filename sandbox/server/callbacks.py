"""Taps on inline buttons: answered once, and only while they live."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.server.clock import SandboxClock
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal

MOST_KEPT = 20_000
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Callback:
    """One tap that waits for its answer."""

    id: str
    chat_id: int
    person_id: int
    born: float
    born_at: datetime
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Callbacks:
    """The taps of late; an answer ends one, and so does its age.

    Age is real time, or the sandbox's own when `on_clock` says so.
    """

    def __init__(self, clock: SandboxClock, life: timedelta, *, on_clock: bool) -> None:
        self.life = life
        self._clock = clock
        self._on_clock = on_clock
        self._waiting: dict[str, Callback] = {}
        self._next = 1

    def add(self, chat_id: int, person_id: int) -> Callback:
        """Begin to wait for an answer to a new tap."""
        number = (person_id << 24) + self._next
        self._next += 1
        tap = Callback(str(number), chat_id, person_id, time.monotonic(), self._clock.now())
        self._waiting[tap.id] = tap
        if len(self._waiting) > MOST_KEPT:
            del self._waiting[next(iter(self._waiting))]
        return tap

    def find(self, callback_id: str) -> Callback | None:
        """Return a tap, answered or not, as long as it is kept."""
        return self._waiting.get(callback_id)

    def answer(self, callback_id: str, answer: Json) -> Callback:
        """Answer a tap; raises Refusal for one that is unknown, answered already or too old."""
        tap = self._waiting.get(callback_id)
        if tap is None or tap.answer is not None or self._age(tap) > self.life:
            raise Refusal.bad_request(TOO_OLD)
        tap.answer = answer
        tap.answered.set()
        return tap

    def expire(self) -> None:
        """Let every tap be too old from now on."""
        self._waiting.clear()

    def _age(self, tap: Callback) -> timedelta:
        if self._on_clock:
            return self._clock.now() - tap.born_at
        return timedelta(seconds=time.monotonic() - tap.born)
