"""How long the bot tries, and when a mailing goes wrong so often that it must stop."""

from datetime import timedelta

# Before the second, third, … try of a personal message: ten tries within a day.
LETTER_DELAYS = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
# Up to this many tries the person's later messages wait behind it; then they overtake it.
ORDERED_TRIES = 4

# A message of a mailing is tried so often in all; the passes are so many seconds apart.
MAILING_TRIES = 4
MAILING_PAUSES = (2.0, 10.0, 60.0)

_SAMPLE = 200
_BEARABLE = 0.01


def letter_delay(attempts: int) -> timedelta | None:
    """Return how long to wait after so many tries of a personal message; None: give up."""
    return LETTER_DELAYS[attempts - 1] if attempts <= len(LETTER_DELAYS) else None


def must_stop(ended: int, failed: int) -> bool:
    """Tell whether a mailing has to stop: more than 1 % refusals in its first 200 messages."""
    return ended <= _SAMPLE and failed > _SAMPLE * _BEARABLE
