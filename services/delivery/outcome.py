"""What became of one message that was handed to Telegram."""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """How a call ended, as far as one can know."""

    DELIVERED = "delivered"
    # 403: the person blocked the bot.
    BLOCKED = "blocked"
    # The account was deleted or never pressed Start.
    GONE = "gone"
    # 400: Telegram does not take this message, now or later.
    REFUSED = "refused"
    # A timeout, a broken connection or 5xx: it may or may not have arrived.
    UNCERTAIN = "uncertain"
    # No connection could be made: it has certainly not arrived.
    UNSENT = "unsent"


UNREACHABLE = frozenset({Result.BLOCKED, Result.GONE})
TROUBLE = frozenset({Result.UNCERTAIN, Result.UNSENT})

_ERROR_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one call: with the message's id where it arrived, else Telegram's own words.

    other_ids are those of the other messages where it was several: an album.
    """

    result: Result
    message_id: int | None = None
    error: str | None = None
    other_ids: tuple[int, ...] = ()

    @property
    def reason(self) -> str | None:
        """The error as the tables keep it: at most 200 characters."""
        return self.error[:_ERROR_LENGTH] if self.error else None
