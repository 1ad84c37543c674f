"""Margins: how many people of the population are at each level, as an office counted them.

Margins that do not fit the sample or each other are refused rather than bent: silent acceptance
of unequal totals and missing levels is the usual fault of weighting libraries.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from services.polls.statistics.cells import Cell, at

TOTALS_AGREE = 1e-6  # of the total: how far the totals of two margins may differ


class Misfit(StrEnum):
    """Why margins cannot be used."""

    NOT_POSITIVE = "not_positive"
    TOTALS_DIFFER = "totals_differ"
    EMPTY_IN_SAMPLE = "empty_in_sample"
    UNKNOWN_TO_TARGET = "unknown_to_target"
    NO_END = "no_end"


class MarginsDoNotFit(ValueError):  # noqa: N818 - what the sample and the margins do
    """The margins were refused; level is empty where the whole margin is meant."""

    def __init__(self, misfit: Misfit, margin: str, level: str = "") -> None:
        super().__init__(f"{misfit.value}: {margin} {level}".rstrip())
        self.misfit = misfit
        self.margin = margin
        self.level = level


@dataclass(frozen=True, slots=True)
class Margin:
    """The people at each level, and for levels that may be joined the level they become."""

    name: str
    targets: Mapping[str, float]
    neighbours: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All people of the margin."""
        return math.fsum(self.targets.values())

    def scaled(self, total: float) -> Self:
        """Return the same proportions of another total."""
        factor = total / self.total
        return replace(self, targets={level: n * factor for level, n in self.targets.items()})


def check_targets(margins: Sequence[Margin]) -> None:
    """Raise MarginsDoNotFit where a target is not positive or the totals differ."""
    for margin in margins:
        for level, target in margin.targets.items():
            if not (target > 0 and math.isfinite(target)):
                raise MarginsDoNotFit(Misfit.NOT_POSITIVE, margin.name, level)
        if abs(margin.total - margins[0].total) > TOTALS_AGREE * margins[0].total:
            raise MarginsDoNotFit(Misfit.TOTALS_DIFFER, margin.name)


def check_levels(cells: Mapping[Cell, float], margins: Sequence[Margin]) -> None:
    """Raise MarginsDoNotFit where a level is in the sample only, or in the target only.

    A level that is not known (None) is nobody's fault.
    """
    for position, margin in enumerate(margins):
        sample = {cell[position] for cell, number in cells.items() if number > 0} - {None}
        for level in sorted(str(level) for level in sample):
            if level not in margin.targets:
                raise MarginsDoNotFit(Misfit.UNKNOWN_TO_TARGET, margin.name, level)
        for level in margin.targets:
            if level not in sample:
                raise MarginsDoNotFit(Misfit.EMPTY_IN_SAMPLE, margin.name, level)


def thin(cells: Mapping[Cell, int], position: int, margin: Margin, least: float) -> set[str]:
    """Return the levels of a margin at which fewer respondents are than `least`."""
    sample = at(cells, position)
    return {level for level in margin.targets if sample.get(level, 0) < least}
