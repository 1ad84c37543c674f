"""The two ways of a message to Telegram: among the free ones, or paid for with Stars."""

import heapq
from asyncio import Future
from itertools import count
from math import inf

from bot.bucket import Bucket

LONGEST_BURST = 50  # messages at once after a silence

_Waiting = tuple[int, int, int, "Future[None]"]


class Lanes:
    """Books messages and keeps who waits, the most urgent of each lane first.

    What is not paid for counts in both buckets, so that all together stay under the whole
    allowance; what is paid for only in the whole one.
    """

    def __init__(self, whole: float, free: float) -> None:
        self._whole = Bucket(whole, _burst(whole))
        self._free = Bucket(min(whole, free), _burst(min(whole, free)))
        self._waiting: dict[bool, list[_Waiting]] = {False: [], True: []}
        self._numbers = count()

    def bucket(self, *, paid: bool) -> Bucket:
        """Return the bucket that bounds a lane."""
        return self._whole if paid else self._free

    def queued(self, *, paid: bool) -> bool:
        """Tell whether anybody waits in this lane."""
        return bool(self._waiting[paid])

    def join(self, urgency: int, messages: int, future: "Future[None]", *, paid: bool) -> None:
        """Wait with so many messages until the future is done."""
        heapq.heappush(self._waiting[paid], (urgency, next(self._numbers), messages, future))

    def wait(self, messages: int, now: float, *, paid: bool) -> float:
        """Return the seconds until there is room for messages."""
        if not messages:
            return 0.0
        whole = self._whole.wait(now)
        return whole if paid else max(whole, self._free.wait(now))

    def spend(self, messages: int, now: float, *, paid: bool) -> None:
        """Book messages, on credit where there is no room."""
        if messages:
            self._whole.take(messages, now)
            if not paid:
                self._free.take(messages, now)

    def first(self, now: float) -> tuple[float, bool] | None:
        """Return who goes next, as the seconds until then and the lane; None: nobody waits.

        Of those who may go now the most urgent does, and who came first among these.
        """
        free, paid = self._head(paid=False), self._head(paid=True)
        if free is None and paid is None:
            return None
        # Mostly there is only one of them.
        free_wait = self.wait(free[2], now, paid=False) if free else inf
        paid_wait = self.wait(paid[2], now, paid=True) if paid else inf
        if free_wait == paid_wait and free and paid:
            return paid_wait, paid < free
        return min(free_wait, paid_wait), paid_wait < free_wait

    def leave(self, now: float, *, paid: bool) -> "Future[None]":
        """Let the first of a lane go: book its messages and return its future."""
        _, _, messages, future = heapq.heappop(self._waiting[paid])
        self.spend(messages, now, paid=paid)
        return future

    def _head(self, *, paid: bool) -> _Waiting | None:
        waiting = self._waiting[paid]
        while waiting and waiting[0][3].done():
            heapq.heappop(waiting)
        return waiting[0] if waiting else None


def _burst(rate: float) -> int:
    return max(1, min(LONGEST_BURST, int(rate / 3)))
