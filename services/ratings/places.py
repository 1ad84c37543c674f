"""Places that follow from scores: the highest is first, equal scores share a place."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def places_of(scores: Mapping[str, Decimal]) -> dict[str, int]:
    """Return the place of each: one more than there are with a higher score."""
    return {
        key: 1 + sum(other > score for other in scores.values()) for key, score in scores.items()
    }


def middle(scores: Iterable[Decimal]) -> Decimal:
    """Return the median with at most three decimals; raises IndexError where there are none."""
    ordered = sorted(scores)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return ((ordered[half - 1] + ordered[half]) / 2).quantize(Decimal("0.001"))
