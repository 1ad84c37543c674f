"""How fast the bot may talk: one allowance for every call that it makes.

Telegram takes about 30 messages a second from a bot, up to 1,000 of those that are paid for, and
one a second in a chat, with short bursts. What a person just asked for goes before what they must
be told, and that before mailings. 429 closes one gate for everything for exactly the time that
Telegram names; then one call probes, and only its success lets the others go. Where the bot was
using its allowance up, that was too fast: it goes on slower and recovers by and by.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio
import time
from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum, IntEnum

import structlog

from bot.bucket import ChatBuckets
from bot.lanes import Lanes

log = structlog.get_logger(__name__)

FIRST_GUESS = 0.02  # seconds of a round trip to Telegram
_MEMORY = 0.05  # weight of the newest round trip
FREE = 30.0  # messages a second that Telegram takes unpaid


class Priority(IntEnum):
    """Who goes first; lower numbers do."""

    SCREEN = 0
    LETTER = 1
    MAILING = 2


class _Gate(Enum):
    OPEN = "open"
    CLOSED = "closed"
    PROBING = "probing"


# The priority of the calls of this task; the sender sets its own.
priority: ContextVar[Priority] = ContextVar("priority", default=Priority.SCREEN)


class Allowance:
    """Lets calls go one by one; every call is asked for by `admit` and answered by a verdict.

    All messages together stay under `messages_per_second`, those not paid for also under `free`.
    """

    def __init__(
        self,
        messages_per_second: float,
        *,
        free: float = FREE,
        per_chat: float = 1.0,
        chat_burst: int = 8,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.round_trip = FIRST_GUESS
        self._lanes = Lanes(messages_per_second, free)
        self._chats = ChatBuckets(per_chat, chat_burst)
        self._monotonic = monotonic
        self._gate = _Gate.OPEN
        self._closed_until = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> float:
        """How many messages a second may go now that are not paid for."""
        return self.pace(paid=False)

    def pace(self, *, paid: bool) -> float:
        """Return how many messages a second may go now, paid for or not."""
        return self._lanes.bucket(paid=paid).rate(self._monotonic())

    @property
    def closed_for(self) -> float:
        """Seconds until the gate opens for its probe; 0 where it is not closed."""
        if self._gate is not _Gate.CLOSED:
            return 0.0
        return max(0.0, self._closed_until - self._monotonic())

    async def admit(
        self,
        chat: int | str | None,
        messages: int,
        *,
        weight: float,
        urgency: Priority,
        paid: bool = False,
        patience: float | None = None,
    ) -> None:
        """Return when a call may go: so many messages, weighing so much in this chat.

        Every admitted call must end in `passed`, `flooded` or `unsettled`. Raises TimeoutError
        where that would take more than `patience` seconds.
        """
        if chat is not None and weight:
            began = self._monotonic()
            await self._wait_for_chat(chat, weight, patience)
            if patience is not None:
                patience -= self._monotonic() - began
        if self._gate is _Gate.OPEN and (not messages or self._has_room(messages, paid=paid)):
            self._lanes.spend(messages, self._monotonic(), paid=paid)
            return
        if patience is not None and self.closed_for > patience:
            raise TimeoutError
        async with asyncio.timeout(patience):
            await self._queue(messages, urgency, paid=paid)
            while self._gate is _Gate.CLOSED:  # it closed between the leave and the going
                await self._queue(0, urgency, paid=paid)

    def admit_at_once(self, chat: int | str | None, messages: int, *, weight: float) -> bool:
        """Admit a call that nobody will report on, or tell that it would have to wait.

        It ends in nothing: there is no verdict on it.
        """
        now = self._monotonic()
        if self._gate is not _Gate.OPEN or not self._has_room(messages, paid=False):
            return False
        if chat is not None and weight:
            if self._chats.wait(chat, now) > 0:
                return False
            self._chats.take(chat, weight, now)
        self._lanes.spend(messages, now, paid=False)
        return True

    def passed(self) -> None:
        """Note that a call was answered: the probe's success opens the gate."""
        if self._gate is _Gate.PROBING:
            self._gate = _Gate.OPEN
            self._serve()

    def learn(self, seconds: float) -> None:
        """Note how long a call took."""
        self.round_trip += _MEMORY * (seconds - self.round_trip)

    def unsettled(self) -> None:
        """Note that a call told nothing about the gate: where it was the probe, another goes."""
        if self._gate is _Gate.PROBING:
            self._gate = _Gate.CLOSED
            self._serve()

    def flooded(self, retry_after: float, *, paid: bool = False) -> None:
        """Close the gate for so many seconds; slow down where the allowance was being used up.

        Calls that were under way while the gate closed, and its probes, do not slow it further.
        """
        now = self._monotonic()
        until = now + retry_after
        bucket = self._lanes.bucket(paid=paid)
        if self._gate is _Gate.OPEN and bucket.busy(now):
            bucket.slow_down(now, until)
        if self._gate is not _Gate.CLOSED or until > self._closed_until:
            log.warning("Telegram asks for a pause", seconds=retry_after)
        self._closed_until = max(self._closed_until, until)
        self._gate = _Gate.CLOSED
        self._serve()

    async def _wait_for_chat(self, chat: int | str, weight: float, patience: float | None) -> None:
        now = self._monotonic()
        delay = self._chats.wait(chat, now)
        if patience is not None and delay > patience:
            raise TimeoutError
        self._chats.take(chat, weight, now)
        if delay > 0:
            await asyncio.sleep(delay)

    async def _queue(self, messages: int, urgency: Priority, *, paid: bool) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lanes.join(urgency, messages, future, paid=paid)
        self._serve()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.unsettled()
            raise

    def _serve(self) -> None:
        """Let go whoever may go now; set the alarm for when that changes by itself."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while self._gate is not _Gate.PROBING:
            now = self._monotonic()
            first = self._lanes.first(now)
            if first is None:
                return
            seconds, paid = first
            wait = max(self.closed_for, seconds)
            if wait > 0:
                loop = asyncio.get_running_loop()
                self._alarm = loop.call_later(wait, self._serve)
                return
            future = self._lanes.leave(now, paid=paid)
            if self._gate is _Gate.CLOSED:
                self._gate = _Gate.PROBING
            future.set_result(None)

    def _has_room(self, messages: int, *, paid: bool) -> bool:
        """Tell whether messages need not wait, neither for room nor for who came before."""
        if self._lanes.queued(paid=paid):
            return False
        return self._lanes.wait(messages, self._monotonic(), paid=paid) <= 0
