"""Options put in order, all of them or the first three: first places, mean rank, Borda share.

Source: J.-C. de Borda (1784), "Mémoire sur les élections au scrutin", Histoire de l'Académie
royale des sciences pour 1781, 657-665.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.polls.statistics.cells import Cell


@dataclass(frozen=True, slots=True)
class Ranked:
    """One option: the share that put it first, its mean rank from 1, its Borda share of 0 to 1."""

    first: float
    mean_rank: float
    borda: float


def ranking(
    options: int, orders: Iterable[tuple[Cell, tuple[int, ...]]], weights: Mapping[Cell, float]
) -> list[Ranked]:
    """Return what is reported of each option, from orders with the best option first.

    A Counter of them will do as well. Options that an order leaves out share its remaining
    ranks. Empty where nobody answered; raises ValueError for an order that names an option twice
    or one that is not there.
    """
    counted = Counter(orders)
    voices = math.fsum(number * weights[cell] for (cell, _), number in counted.items())
    if not voices:
        return []
    first, ranks = [0.0] * options, [0.0] * options
    for (cell, order), number in counted.items():
        if not order or len(set(order)) < len(order) or not set(order) <= set(range(options)):
            raise ValueError(f"no order of {options} options: {order}")
        weight = number * weights[cell]
        first[order[0]] += weight
        for option in range(options):
            ranks[option] += weight * _rank(option, order, options)
    return [
        Ranked(
            first[option] / voices,
            ranks[option] / voices,
            (options - ranks[option] / voices) / (options - 1),
        )
        for option in range(options)
    ]


def _rank(option: int, order: tuple[int, ...], options: int) -> float:
    return order.index(option) + 1 if option in order else (len(order) + 1 + options) / 2
