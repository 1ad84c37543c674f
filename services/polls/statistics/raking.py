"""Raking, or iterative proportional fitting: every margin in turn, until all fit at once.

Source: W. E. Deming and F. F. Stephan (1940), "On a least squares adjustment of a sampled
frequency table when the expected marginal totals are known", Annals of Mathematical Statistics
11, 427-444.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.polls.statistics.cells import Cell
from services.polls.statistics.margins import (
    Margin,
    MarginsDoNotFit,
    Misfit,
    check_levels,
    check_targets,
)

TOLERANCE = 1e-8  # the largest adjustment of the last sweep
ENOUGH = 1e-13  # the adjustment at which no further sweep can change a digit that is compared
SWEEPS = 1000


@dataclass(frozen=True, slots=True)
class _Level:
    share: float  # of the margin's total
    members: tuple[int, ...]  # positions of its cells


def rake(seeds: Mapping[Cell, float], margins: Sequence[Margin]) -> dict[Cell, float]:
    """Return the fitted total of each cell; together they are the total of the margins.

    A seed is what a cell weighs in the beginning, all its respondents together. A cell whose
    level is not known in a margin is left as it is by that margin, whose proportions then hold
    among the others. Raises MarginsDoNotFit, also where a thousand sweeps bring no end.
    """
    check_targets(margins)
    check_levels(seeds, margins)
    cells = [cell for cell, seed in seeds.items() if seed > 0]
    scale = margins[0].total / math.fsum(seeds[cell] for cell in cells)
    fitted = [seeds[cell] * scale for cell in cells]
    plan = [_levels(cells, position, margin) for position, margin in enumerate(margins)]
    largest = math.inf
    for _ in range(SWEEPS):
        largest = _sweep(fitted, plan)
        if largest <= ENOUGH:
            break
    if largest > TOLERANCE:
        raise MarginsDoNotFit(Misfit.NO_END, ", ".join(margin.name for margin in margins))
    return dict(zip(cells, fitted, strict=True))


def _levels(cells: Sequence[Cell], position: int, margin: Margin) -> list[_Level]:
    members: dict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        level = cell[position]
        if level is not None:
            members[level].append(number)
    total = margin.total
    return [
        _Level(target / total, tuple(members[level])) for level, target in margin.targets.items()
    ]


def _sweep(fitted: list[float], plan: Sequence[Sequence[_Level]]) -> float:
    """Fit every margin once, in place; return the largest adjustment."""
    largest = 0.0
    for levels in plan:
        sums = [math.fsum(fitted[number] for number in level.members) for level in levels]
        known = math.fsum(sums)
        for level, reached in zip(levels, sums, strict=True):
            factor = level.share * known / reached
            largest = max(largest, abs(factor - 1))
            for number in level.members:
                fitted[number] *= factor
    return largest
