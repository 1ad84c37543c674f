"""Shares of the answering base: for each option the share of those who answered that chose it.

Of a multiple choice the shares are of respondents, not of answers, so they sum to more than 1.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.polls.statistics.cells import Cell
from services.polls.statistics.kish import kish_of
from services.polls.statistics.tabulation import Tabulation
from services.polls.statistics.wilson import Interval, wilson


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 of `respondents`, who are worth `effective`."""

    share: float
    respondents: int
    effective: float

    @property
    def interval(self) -> Interval:
        """The model's interval, 95 %."""
        return wilson(self.share, self.effective)


def shares(tabulation: Tabulation, weights: Mapping[Cell, float]) -> tuple[Share, ...]:
    """Return the share of each option. Where nobody answered all are 0 of nobody."""
    worth = kish_of(tabulation.answered, weights)
    base = _weighted(tabulation.answered, weights)
    return tuple(
        Share(
            _weighted(chosen, weights) / base if base else 0.0,
            worth.respondents,
            worth.effective,
        )
        for chosen in tabulation.chosen
    )


def group_and_rest(
    tabulation: Tabulation, weights: Mapping[Cell, float], belongs: Callable[[Cell], bool]
) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Return the shares of each option in a group, and among all others."""
    group = shares(tabulation.of(belongs), weights)
    return group, shares(tabulation.of(lambda cell: not belongs(cell)), weights)


def _weighted(counted: Mapping[Cell, int], weights: Mapping[Cell, float]) -> float:
    return math.fsum(number * weights[cell] for cell, number in counted.items())
