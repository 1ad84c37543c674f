"""How fast a bot may send, and what Telegram says past that."""

import math
import time
from dataclasses import dataclass
from typing import Self

from sandbox.server.refusal import Refusal

SWEEP_AT = 20_000
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rate:
    """Messages per second (None: any number) and how many may come at once."""

    per_second: float | None
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages per second that Telegram takes from a bot; None switches a limit off.

    Telegram: 30 messages/s overall, 1/s to one chat with short bursts, 20 a minute to one group,
    up to 1,000/s for messages sent with `allow_paid_broadcast`. A burst is how many messages may
    come at once after a silence: as many as in a second, for Telegram counts by the second.
    `speed` runs the limits' time faster than the wall's: 60 makes a minute of sending pass in a
    second.

    Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    overall: float | None = 30.0
    overall_burst: int = 30
    per_chat: float | None = 1.0
    per_chat_burst: int = 10
    per_group: float | None = 20 / 60
    per_group_burst: int = 20
    paid: float | None = 1000.0
    paid_burst: int = 1000
    speed: float = 1.0

    @classmethod
    def off(cls) -> Self:
        """Return limits that never refuse."""
        return cls(overall=None, per_chat=None, per_group=None, paid=None)

    def of_chat(self, *, group: bool) -> Rate:
        """Return the pace allowed in one chat."""
        if group:
            return Rate(self.per_group, self.per_group_burst)
        return Rate(self.per_chat, self.per_chat_burst)

    def of_all(self, *, paid: bool) -> Rate:
        """Return the pace allowed over all chats."""
        if paid:
            return Rate(self.paid, self.paid_burst)
        return Rate(self.overall, self.overall_burst)


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
        if self._gates:
            self._count_early(chat_id, messages, now)
        in_chat = limits.of_chat(group=group)
        everywhere = limits.of_all(paid=paid)
        until_in_chat = self._book(in_chat, self._chats.get(chat_id, 0.0), now, messages)
        until = self._book(everywhere, self._paid if paid else self._overall, now, messages)
        refused = max((until_in_chat[1], chat_id), (until[1], None), key=lambda each: each[0])
        if refused[0] > 0:
            self.refused += 1
            self._gates[refused[1]] = now + refused[0]
            raise Refusal.flood(refused[0])
        if in_chat.per_second is not None:
            self._chats[chat_id] = until_in_chat[0]
            if len(self._chats) > SWEEP_AT:
                self._chats = {chat: end for chat, end in self._chats.items() if end > now}
        if paid:
            self._paid = until[0]
        else:
            self._overall = until[0]

    @staticmethod
    def _book(rate: Rate, booked: float, now: float, messages: int) -> tuple[float, int]:
        """Return until when the bucket is booked then, and how many seconds that is too late."""
        if rate.per_second is None:
            return booked, 0
        until = max(booked, now) + messages / rate.per_second
        over = until - now - max(rate.burst, messages) / rate.per_second
        return until, max(1, math.ceil(over)) if over > ROUNDING else 0

    def _count_early(self, chat_id: int, messages: int, now: float) -> None:
        for gate in (None, chat_id):
            closed_until = self._gates.get(gate)
            if closed_until is None:
                continue
            if now < closed_until - 0.005 * self.limits.speed:
                self.early += messages
                return
            del self._gates[gate]
