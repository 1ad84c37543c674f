"""The one call to Telegram that can ride in the response to a webhook: a request saved.

Nobody hears how such a call fared, so only two kinds ride: the answer to a press, and a screen
that goes out as a new message, last of all. What a person must be told never does (see outbox).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from aiogram.methods import AnswerCallbackQuery, SendMessage

Rider = AnswerCallbackQuery | SendMessage


class Seat:
    """The place in one response; ``admit`` says whether a message may go at this very moment."""

    def __init__(self, admit: Callable[[SendMessage], bool]) -> None:
        self.rider: Rider | None = None
        self._admit = admit
        self._open = True

    def take(self, call: Rider) -> bool:
        """Take the seat if it is free, or if it holds the same press's answer already.

        A press has one answer: the first that has words, else the first.
        """
        if not self._open:
            return False
        if isinstance(call, AnswerCallbackQuery) and isinstance(self.rider, AnswerCallbackQuery):
            self.rider = self.rider if self.rider.text else call
            return True
        free = self.rider is None and (isinstance(call, AnswerCallbackQuery) or self._admit(call))
        if free:
            self.rider = call
        return free

    def vacate(self) -> SendMessage | None:
        """Take a message out, for something is to be said after it."""
        rider = self.rider
        if not self._open or not isinstance(rider, SendMessage):
            return None
        self.rider = None
        return rider

    def close(self) -> None:
        """Let nobody in any more: the response goes."""
        self._open = False


_seat: ContextVar[Seat | None] = ContextVar("seat", default=None)


@contextmanager
def offered(seat: Seat) -> Iterator[Seat]:
    """Offer a seat to what is called inside of this context."""
    token = _seat.set(seat)
    try:
        yield seat
    finally:
        seat.close()
        _seat.reset(token)


def present_seat() -> Seat | None:
    """Return the seat that the present update has, None where there is no response to ride in."""
    return _seat.get()
