"""Token buckets, kept as the moment up to which the allowance is booked (GCRA)."""

SLOWER = 0.8  # of its rate is left to a bucket that was too fast
SLOWEST = 0.1  # of its rate is never taken away
BACK = 0.01  # of its rate comes back in a second


class Bucket:
    """So many tokens a second, and so many at once after a silence; times are seconds.

    It slows down where that was too fast, by a fifth each time, and recovers by a hundredth of
    its rate a second.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self._most = rate
        self._burst = burst
        self._booked = 0.0
        self._slowed_to = rate
        self._slowed_at = 0.0

    def rate(self, now: float) -> float:
        """Return the tokens a second of the present moment."""
        if self._slowed_to >= self._most:
            return self._most
        back = self._most * BACK * max(0.0, now - self._slowed_at)
        return min(self._most, self._slowed_to + back)

    def wait(self, now: float) -> float:
        """Return the seconds until there is a token."""
        return max(0.0, self._booked - (self._burst - 1) / self.rate(now) - now)

    def take(self, tokens: float, now: float) -> None:
        """Spend tokens, on credit where there are none."""
        self._booked = max(self._booked, now) + tokens / self.rate(now)

    def busy(self, now: float) -> bool:
        """Tell whether tokens were spent of late about as fast as they come."""
        return self._booked > now

    def slow_down(self, now: float, until: float) -> None:
        """Give fewer tokens, and begin to recover at that moment."""
        self._slowed_to = max(self._most * SLOWEST, self.rate(now) * SLOWER)
        self._slowed_at = until


class ChatBuckets:
    """A bucket for each chat that was written to lately."""

    SWEEP_AT = 10_000

    def __init__(self, rate: float, burst: int) -> None:
        self._interval = 1 / rate
        self._slack = (burst - 1) / rate
        self._booked: dict[int | str, float] = {}

    def wait(self, chat: int | str, now: float) -> float:
        """Return the seconds until there is a token for this chat."""
        return max(0.0, self._booked.get(chat, now) - self._slack - now)

    def take(self, chat: int | str, tokens: float, now: float) -> None:
        """Spend tokens of this chat, on credit where there are none."""
        booked = max(self._booked.get(chat, now), now)
        self._booked[chat] = booked + tokens * self._interval
        if len(self._booked) > self.SWEEP_AT:
            self._booked = {one: until for one, until in self._booked.items() if until > now}
