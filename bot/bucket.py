"""Token buckets, kept as the moment up to which the allowance is booked (GCRA)."""


class Bucket:
    """So many tokens a second, and so many at once after a silence; times are seconds."""

    def __init__(self, rate: float, burst: int) -> None:
        self._interval = 1 / rate
        self._slack = (burst - 1) / rate
        self._booked = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until there is a token."""
        return max(0.0, self._booked - self._slack - now)

    def take(self, tokens: float, now: float) -> None:
        """Spend tokens, on credit where there are none."""
        self._booked = max(self._booked, now) + tokens * self._interval


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
