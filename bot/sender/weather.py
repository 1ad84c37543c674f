"""Whether Telegram can be reached, as far as the last calls tell."""

import time
from collections.abc import Callable

from services.delivery.outcome import TROUBLE, Result

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 15.0


class Weather:
    """Holds new messages back while calls fail, longer with every round; success clears it."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._rounds = 0
        self._bad_until = 0.0

    @property
    def bad_for(self) -> float:
        """Seconds to wait before anything new is sent."""
        return max(0.0, self._bad_until - self._monotonic())

    def note(self, result: Result) -> None:
        """Learn from the end of a call; those that fail together count as one round."""
        if result not in TROUBLE:
            self._rounds = 0
            self._bad_until = 0.0
        elif not self.bad_for:
            pause = min(_FIRST_PAUSE * 2**self._rounds, _LONGEST_PAUSE)
            self._rounds += 1
            self._bad_until = self._monotonic() + pause
