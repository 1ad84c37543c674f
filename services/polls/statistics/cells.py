"""Respondents collapsed into cells: those whom nothing distinguishes are counted together.

A million respondents fall into a few hundred cells, so everything after this step is quick.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

# A respondent's level in each margin, in the order of the margins; None where it is not known.
Cell: TypeAlias = tuple[str | None, ...]


def compress(respondents: Iterable[Cell]) -> dict[Cell, int]:
    """Return how many respondents are in each cell, in an order that does not depend on theirs."""
    counted = Counter(respondents)
    return {cell: counted[cell] for cell in sorted(counted, key=_order)}


def size(cells: Mapping[Cell, int]) -> int:
    """Return how many respondents there are."""
    return sum(cells.values())


def incomplete(cells: Mapping[Cell, int]) -> int:
    """Return of how many respondents some margin is not known."""
    return sum(number for cell, number in cells.items() if None in cell)


def at(cells: Mapping[Cell, int], margin: int) -> dict[str | None, int]:
    """Return how many respondents are at each level of a margin, named by its position."""
    counted: Counter[str | None] = Counter()
    for cell, number in cells.items():
        counted[cell[margin]] += number
    return dict(counted)


def _order(cell: Cell) -> tuple[str, ...]:
    return tuple(level or "" for level in cell)
