"""What a test or a bench may set about the sandbox."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """The sandbox's own numbers.

    `keep_messages` is how many messages each chat keeps (None: all). A tap can be answered for
    `callback_life`, in real time or on the sandbox's clock. A webhook that failed twice is tried
    again after twice `webhook_retry` seconds, then doubling up to a minute. A call that times out
    is held for `hold` seconds.
    """

    keep_messages: int | None = None
    callback_life: timedelta = timedelta(seconds=150)
    callback_on_clock: bool = False
    webhook_retry: float = 1.0
    hold: float = 90.0
