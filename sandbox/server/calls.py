"""What the bot has called: the last hundred thousand calls, and how many are under way."""

import time
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.server.payload import Json

KEPT = 100_000


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call and how it was answered; `error_code` is None for success.

    A call whose connection was dropped after the work is recorded as the work went.
    """

    number: int
    method: str
    chat_id: int | str | None
    error_code: int | None
    description: str | None
    at: datetime

    def shown(self) -> Json:
        """Return the call as the control API shows it."""
        return {
            "n": self.number,
            "method": self.method,
            "chat_id": self.chat_id,
            "ok": self.error_code is None,
            "error_code": self.error_code,
            "description": self.description,
            "at": self.at.isoformat(),
        }


@dataclass(slots=True)
class Calls:
    """A ring of records, plus what no ring may forget."""

    ring: deque[CallRecord] = field(default_factory=lambda: deque(maxlen=KEPT))
    unimplemented: Counter[str] = field(default_factory=Counter)
    by_method: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    last: int = 0
    last_at: float = field(default_factory=time.monotonic)

    def record(
        self,
        method: str,
        chat_id: int | str | None,
        at: datetime,
        error_code: int | None = None,
        description: str | None = None,
    ) -> None:
        """Keep one finished call."""
        self.last += 1
        if method != "getUpdates":
            self.last_at = time.monotonic()
        self.by_method[method] += 1
        self.ring.append(CallRecord(self.last, method, chat_id, error_code, description, at))

    def after(self, number: int) -> list[CallRecord]:
        """Return the kept calls with a greater number, oldest first."""
        missed = min(self.last - number, len(self.ring))
        if missed <= 0:
            return []
        start = len(self.ring) - missed
        return [self.ring[position] for position in range(start, len(self.ring))]
