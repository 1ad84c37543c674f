"""How fast a bot may send, and what Telegram says past that."""

import math
import time
from dataclasses import dataclass
from typing import Self

from sandbox.server.refusal import Refusal

SWEEP_AT = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages per second that Telegram takes from a bot; None switches a limit off.

    Telegram: 30 messages/s overall, 1/s to one chat with short bursts, 20 a minute to one group,
    up to 1,000/s for messages sent with `allow_paid_broadcast`. A burst is how many messages may
    come at once after a silence. `speed` runs the limits' time faster than the wall's: 60 makes a
    minute of sending pass in a second.

    Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    overall: float | None = 30.0
    overall_burst: int = 30
    per_chat: float | None = 1.0
    per_chat_burst: int = 10
    per_group: float | None = 20 / 60
    per_group_burst: int = 20
    paid: float | None = 1000.0
    paid_burst: int = 100
    speed: float = 1.0

    @classmethod
    def off(cls) -> Self:
        """Return limits that never refuse."""
        return cls(overall=None, per_chat=None, per_group=None, paid=None)


class Pace:
    """Token buckets for the whole bot and for each chat (generic cell rate algorithm).

    `early` counts the messages that came while an announced `retry_after` was still running.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.early = 0
        self.refused = 0
        self._overall = 0.0
        self._paid = 0.0
        self._chats: dict[int, float] = {}
        self._gates: dict[int | None, float] = {}

    def take(self, chat_id: int, messages: int, *, group: bool, paid: bool) -> None:
        """Count messages to a chat; raises Refusal 429 with `retry_after` when there are too many.

        A refused message costs nothing.
        """
        limits = self.limits
        now = time.monotonic() * limits.speed
        rate = limits.per_group if group else limits.per_chat
        burst = limits.per_group_burst if group else limits.per_chat_burst
        in_chat = self._chats.get(chat_id, 0.0)
        everywhere = self._paid if paid else self._overall
        whole_rate, whole_burst = (
            (limits.paid, limits.paid_burst) if paid else (limits.overall, limits.overall_burst)
        )
        if self._gates:
            self._count_early(chat_id, messages, now)
        next_in_chat = self._book(in_chat, now, rate, burst, messages, chat_id)
        next_everywhere = self._book(everywhere, now, whole_rate, whole_burst, messages, None)
        if rate is not None:
            self._chats[chat_id] = next_in_chat
            if len(self._chats) > SWEEP_AT:
                self._sweep(now)
        if paid:
            self._paid = next_everywhere
        else:
            self._overall = next_everywhere

    def _book(
        self,
        booked_until: float,
        now: float,
        rate: float | None,
        burst: int,
        messages: int,
        gate: int | None,
    ) -> float:
        if rate is None:
            return booked_until
        start = max(booked_until, now)
        over = start + messages / rate - now - max(burst, messages) / rate
        if over <= 1e-9:  # noqa: PLR2004  # a rounding error is no message too many
            return start + messages / rate
        seconds = max(1, math.ceil(over))
        self.refused += 1
        self._gates[gate] = now + seconds
        raise Refusal.flood(seconds)

    def _count_early(self, chat_id: int, messages: int, now: float) -> None:
        for gate in (None, chat_id):
            closed_until = self._gates.get(gate)
            if closed_until is None:
                continue
            if now < closed_until - 0.005 * self.limits.speed:
                self.early += messages
                return
            del self._gates[gate]

    def _sweep(self, now: float) -> None:
        self._chats = {chat: until for chat, until in self._chats.items() if until > now}
