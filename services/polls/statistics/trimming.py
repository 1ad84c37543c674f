"""Weights within bounds: nobody speaks for more than five people of the average, or for a fifth.

Extreme weights are cut and the rest is raked again, at most five times (Kish 1965, 11.7; the
practice of the American National Election Studies).
"""

from collections.abc import Mapping, Sequence

from services.polls.statistics.cells import Cell, size
from services.polls.statistics.margins import Margin
from services.polls.statistics.raking import rake

SMALLEST, LARGEST = 0.2, 5.0  # times the mean weight
CYCLES = 5
_CLOSE = 1e-6  # of a bound: what counts as reaching it


def trimmed_weights(cells: Mapping[Cell, int], margins: Sequence[Margin]) -> dict[Cell, float]:
    """Return the weight of one respondent in each cell; over all they sum to the margins' total.

    After the fifth cycle the margins come first: a weight may then be somewhat out of bounds.
    Raises MarginsDoNotFit.
    """
    weights = _rake(dict.fromkeys(cells, 1.0), cells, margins)
    for _ in range(CYCLES):
        mean = margins[0].total / size(cells)
        low, high = SMALLEST * mean, LARGEST * mean
        if all(low * (1 - _CLOSE) <= each <= high * (1 + _CLOSE) for each in weights.values()):
            break
        cut = {cell: min(max(weight, low), high) for cell, weight in weights.items()}
        weights = _rake(cut, cells, margins)
    return weights


def _rake(
    weights: Mapping[Cell, float], cells: Mapping[Cell, int], margins: Sequence[Margin]
) -> dict[Cell, float]:
    fitted = rake({cell: weights[cell] * number for cell, number in cells.items()}, margins)
    return {cell: fitted[cell] / number for cell, number in cells.items()}
