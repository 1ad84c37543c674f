"""Signals: a topic about which suddenly far more people write from a place than they use to."""

from services.digests.facts import Signal

LEAST = 10
TIMES = 3


def is_signal(count: int, mean: float) -> bool:
    """Tell whether the cases of seven days are at least 10, and three times an average week.

    mean: cases in a week of the four before.
    """
    return count >= LEAST and count >= TIMES * mean


def strongest(signals: list[Signal], limit: int) -> tuple[Signal, ...]:
    """Return the signals by how many cases are more than usual, at most `limit`."""
    return tuple(sorted(signals, key=_order)[:limit])


def _order(signal: Signal) -> tuple[float, str, str, str]:
    return signal.mean - signal.count, signal.topic, signal.region, signal.district
