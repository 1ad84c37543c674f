"""Which groups differ from the rest, once chance and the number of comparisons are allowed for.

Pooled two-proportion z on effective samples; Holm's correction over the whole report.
Source: S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian
Journal of Statistics 6, 65-70.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.polls.statistics.shares import Share

SIGNIFICANT = 0.05  # p after the correction stays under it
NOTABLE = 0.05  # the least difference that is marked: 5 points
_ROUNDING = 1e-12  # of shares: 0.35 - 0.30 is five points


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of shares, the statistic, and the two-sided p."""

    size: float
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test among others: p as Holm corrects it, and whether the difference is marked."""

    difference: Difference
    corrected: float
    marked: bool


def two_proportions(one: Share, other: Share) -> Difference:
    """Test whether two shares differ; where nothing can be tested z is 0 and p is 1."""
    difference = one.share - other.share
    worth = one.effective + other.effective
    if not (one.effective and other.effective):
        return Difference(difference, 0.0, 1.0)
    pooled = (one.share * one.effective + other.share * other.effective) / worth
    variance = pooled * (1 - pooled) * (1 / one.effective + 1 / other.effective)
    if variance <= 0:
        return Difference(difference, 0.0, 1.0)
    z = difference / math.sqrt(variance)
    return Difference(difference, z, math.erfc(abs(z) / math.sqrt(2)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return the corrected p-values in the given order, at most 1."""
    corrected = [1.0] * len(p_values)
    reached = 0.0
    ascending = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, number in enumerate(ascending):
        reached = max(reached, min(1.0, (len(p_values) - rank) * p_values[number]))
        corrected[number] = reached
    return corrected


def compare(pairs: Sequence[tuple[Share, Share]]) -> list[Comparison]:
    """Compare each group with its rest; give all pairs of a report at once."""
    tests = [two_proportions(group, rest) for group, rest in pairs]
    corrected = holm([test.p for test in tests])
    return [
        Comparison(test, p, p < SIGNIFICANT and abs(test.size) >= NOTABLE - _ROUNDING)
        for test, p in zip(tests, corrected, strict=True)
    ]
