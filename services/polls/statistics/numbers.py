"""Answers that are numbers: their mean, so rounded that no single one can be taken out of it."""

import math
from collections.abc import Mapping

from services.polls.statistics.cells import Cell
from services.polls.statistics.kish import kish
from services.polls.statistics.printing import mean_is_printed
from services.polls.statistics.scales import Mean
from services.polls.statistics.wilson import Z_95, Interval

DIGITS = 3  # that count


def mean_of(numbers: Mapping[tuple[Cell, int], int], weights: Mapping[Cell, float]) -> Mean | None:
    """Return the mean of numbers given in cells so many times, with the model's interval, 95 %.

    None under an effective sample of 30.
    """
    weighted = {(cell, value): n * weights[cell] for (cell, value), n in numbers.items()}
    effective = kish((n, weights[cell]) for (cell, _), n in numbers.items()).effective
    if not mean_is_printed(effective):
        return None
    total = math.fsum(weighted.values())
    mean = math.fsum(n * value for (_, value), n in weighted.items()) / total
    spread = math.fsum(n * (value - mean) ** 2 for (_, value), n in weighted.items()) / total
    half = Z_95 * math.sqrt(spread / effective)
    return Mean(_rounded(mean), Interval(_rounded(mean - half), _rounded(mean + half)))


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
