"""What unequal weights cost: the design effect and the effective sample.

Source: L. Kish (1965), "Survey Sampling", New York: Wiley, section 11.7.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Kish:
    """The number of respondents, and what they are worth."""

    respondents: int
    design_effect: float  # n * sum(w^2) / sum(w)^2; 1 where all weigh the same
    effective: float  # sum(w)^2 / sum(w^2), at most the number of respondents


def kish(groups: Iterable[tuple[int, float]]) -> Kish:
    """Return the design effect and the effective sample of (respondents, weight of each).

    Of nobody the design effect is 1 and the effective sample 0.
    """
    counted = [(number, weight) for number, weight in groups if number]
    respondents = sum(number for number, _ in counted)
    if not respondents:
        return Kish(0, 1.0, 0.0)
    total = math.fsum(number * weight for number, weight in counted)
    squares = math.fsum(number * weight * weight for number, weight in counted)
    effective = total * total / squares
    return Kish(respondents, respondents / effective, effective)


def kish_of(cells: Mapping[K, int], weights: Mapping[K, float]) -> Kish:
    """Return the same of respondents by cell and the weight of one in each cell."""
    return kish((number, weights[cell]) for cell, number in cells.items())
