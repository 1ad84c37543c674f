"""Which updates are in work, and up to where Telegram may forget."""

from collections.abc import Iterable


class Window:
    """The book of one long-polling loop.

    Telegram forgets every update below the offset that it is asked with, so the offset is the
    lowest update that is neither at its end nor durably parked. Asked so, it repeats what is in
    work and what ended behind it: those are known and are not admitted a second time.
    """

    def __init__(self) -> None:
        self._open: dict[int, float] = {}
        self._known: set[int] = set()
        self._next = 0

    def __len__(self) -> int:
        return len(self._open)

    @property
    def offset(self) -> int:
        """The offset for the next question; 0 (all that there is) before the first answer."""
        return min(self._open, default=self._next)

    def hold(self, number: int) -> None:
        """Take note of an update that is in work already, so that it is not admitted."""
        self._known.add(number)

    def admit(self, numbers: Iterable[int], now: float) -> list[int]:
        """Note an answer of Telegram, return the updates in it that are new, in order."""
        numbers = sorted(set(numbers))
        if not numbers:
            return []
        # Not the highest ever seen: after a quiet week numbering begins anew, perhaps lower.
        self._next = numbers[-1] + 1
        fresh = [number for number in numbers if number not in self._known]
        self._known.update(fresh)
        self._open.update(dict.fromkeys(fresh, now))
        return fresh

    def close(self, number: int) -> None:
        """Note that an update came to its end, or is safe elsewhere."""
        self._open.pop(number, None)

    def confirm(self, offset: int) -> None:
        """Note that Telegram forgot everything below this offset."""
        self._known = {number for number in self._known if number >= offset}

    def overdue(self, since: float) -> list[int]:
        """Return the updates in work that were admitted before this moment."""
        return [number for number, admitted in self._open.items() if admitted < since]
