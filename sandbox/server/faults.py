"""Faults on order: what goes wrong next, and how often."""

import time
from dataclasses import dataclass
from enum import StrEnum

from sandbox.server.payload import Json

FOREVER = -1
EVERY_METHOD = "*"


class FaultKind(StrEnum):
    """What can go wrong; the values are those of the control API."""

    FLOOD = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    TIMEOUT = "timeout"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    DUPLICATE = "duplicate"
    REPEAT_TAP = "repeat_tap"
    OUT_OF_ORDER = "out_of_order"


UPDATE_FAULTS = frozenset({FaultKind.DUPLICATE, FaultKind.REPEAT_TAP, FaultKind.OUT_OF_ORDER})


@dataclass(slots=True)
class Fault:
    """One order: a kind, how many times (-1: until cleared), and where.

    A fault of calls without a method strikes every method but getUpdates; `*` strikes that too.
    `retry_after` is in seconds, for 429. `seconds` ends the order after that much real time.
    `chance` strikes only that share of the calls, evenly spread.
    """

    kind: FaultKind
    count: int = 1
    method: str | None = None
    retry_after: int = 1
    seconds: float | None = None
    chance: float = 1.0
    due: float = 0.0
    until: float | None = None
    struck: int = 0

    def __post_init__(self) -> None:
        if self.seconds is not None:
            self.until = time.monotonic() + self.seconds

    def fits(self, method: str) -> bool:
        """Return whether the order is about this method (any case)."""
        if self.method is None:
            return method.lower() != "getupdates"
        return self.method == EVERY_METHOD or self.method.lower() == method.lower()

    def over(self) -> bool:
        """Return whether the order is used up or its time has passed."""
        if self.count == 0:
            return True
        return self.until is not None and time.monotonic() >= self.until

    def strike(self) -> bool:
        """Use the order once; return whether this is one of the struck calls."""
        self.due += self.chance
        if self.due < 1.0:
            return False
        self.due -= 1.0
        self.struck += 1
        if self.count > 0:
            self.count -= 1
        return True

    def shown(self) -> Json:
        """Return the order as the control API shows it."""
        return {
            "kind": self.kind.value,
            "count": self.count,
            "method": self.method,
            "retry_after": self.retry_after,
            "struck": self.struck,
        }


class Faults:
    """The orders that are open, oldest first."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add an order."""
        self.orders.append(fault)

    def clear(self) -> None:
        """Forget every order."""
        self.orders.clear()

    def of_call(self, method: str) -> Fault | None:
        """Return the fault that strikes this call, and count it."""
        if not self.orders:
            return None
        for fault in self._open():
            if fault.kind not in UPDATE_FAULTS and fault.fits(method) and fault.strike():
                return fault
        return None

    def of_update(self, kind: FaultKind) -> bool:
        """Return whether a fault of this kind strikes the present update, and count it."""
        if not self.orders:
            return False
        return any(fault.kind is kind and fault.strike() for fault in self._open())

    def _open(self) -> list[Fault]:
        self.orders = [fault for fault in self.orders if not fault.over()]
        return self.orders
