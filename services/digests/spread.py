"""Percentiles of what was counted by whole values: the nearest-rank rule.

The value that at least so many tenths of all have at most; always one that occurred.
"""

from collections.abc import Mapping

_TENTHS = 10


def at_tenths(counts: Mapping[int, int], tenths: int) -> int | None:
    """Return the value of rank ⌈tenths / 10 · n⌉ among n, None where there are none."""
    total = sum(counts.values())
    if not total:
        return None
    rank = max(1, -(-total * tenths // _TENTHS))
    reached = 0
    for value in sorted(counts):
        reached += counts[value]
        if reached >= rank:
            return value
    raise ValueError("counts below nothing")
