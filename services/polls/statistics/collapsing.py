"""Thin levels of a margin become their declared neighbour: a region becomes its macro-region.

A level with a handful of respondents gets weights that say more about them than about it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.polls.statistics.cells import Cell, size
from services.polls.statistics.margins import Margin, thin

FEWEST = 20  # respondents at a level
LEAST_SHARE = 0.02  # of the sample


def collapse(
    cells: Mapping[Cell, int], margins: Sequence[Margin]
) -> tuple[dict[Cell, Cell], list[Margin]]:
    """Return what each cell becomes, and the margins with the levels that are left.

    Where a level is thin, all levels of the same declared neighbour become it, for its target is
    theirs together. A thin level without a neighbour stays.
    """
    least = max(FEWEST, LEAST_SHARE * size(cells))
    becomes = [
        _becomes(thin(cells, position, margin, least), margin)
        for position, margin in enumerate(margins)
    ]
    moved = {
        cell: tuple(
            level if level is None else becomes[position].get(level, level)
            for position, level in enumerate(cell)
        )
        for cell in cells
    }
    return moved, [_joined(margin, becomes[position]) for position, margin in enumerate(margins)]


def moved_counts(cells: Mapping[Cell, int], moved: Mapping[Cell, Cell]) -> dict[Cell, int]:
    """Return how many respondents are in each cell once cells have become others."""
    counted: Counter[Cell] = Counter()
    for cell, number in cells.items():
        counted[moved[cell]] += number
    return dict(counted)


def _becomes(thin_levels: set[str], margin: Margin) -> dict[str, str]:
    neighbours = {margin.neighbours[level] for level in thin_levels if level in margin.neighbours}
    return {
        level: neighbour
        for level, neighbour in margin.neighbours.items()
        if neighbour in neighbours and level in margin.targets
    }


def _joined(margin: Margin, becomes: Mapping[str, str]) -> Margin:
    targets: dict[str, float] = {}
    for level, target in margin.targets.items():
        name = becomes.get(level, level)
        targets[name] = targets.get(name, 0.0) + target
    return replace(margin, targets=targets)
