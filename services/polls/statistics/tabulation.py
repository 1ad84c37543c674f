"""What was answered to one question, by cell, with the bases apart.

Whoever was not asked (a filter led elsewhere, or they stopped before) is not of those who skipped
the question, and «difficult to answer» is an answer: AAPOR (2023), "Standard Definitions", 10th
edition, on item nonresponse.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from services.polls.statistics.cells import Cell


class Missing(StrEnum):
    """Why there is no answer."""

    NOT_ASKED = "not_asked"
    SKIPPED = "skipped"


# Which options were chosen: one, several of a multiple choice, or why none.
Given: TypeAlias = frozenset[int] | Missing


@dataclass(frozen=True, slots=True)
class Base:
    """How many people the question concerned; those asked either answered or skipped it."""

    answered: int
    skipped: int
    not_asked: int

    @property
    def asked(self) -> int:
        """Who saw the question."""
        return self.answered + self.skipped


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Respondents to one question by cell; `chosen` by option, overlapping where several are."""

    options: int
    answered: Mapping[Cell, int]
    chosen: tuple[Mapping[Cell, int], ...]
    skipped: Mapping[Cell, int]
    not_asked: Mapping[Cell, int]

    @property
    def base(self) -> Base:
        """The bases over all cells."""
        counts = (self.answered, self.skipped, self.not_asked)
        return Base(*(sum(counted.values()) for counted in counts))

    def of(self, belongs: Callable[[Cell], bool]) -> "Tabulation":
        """Return the same of the cells that belong to a group."""

        def only(counted: Mapping[Cell, int]) -> dict[Cell, int]:
            return {cell: number for cell, number in counted.items() if belongs(cell)}

        return Tabulation(
            self.options,
            only(self.answered),
            tuple(only(counted) for counted in self.chosen),
            only(self.skipped),
            only(self.not_asked),
        )


def tabulate(options: int, answers: Iterable[tuple[Cell, Given]]) -> Tabulation:
    """Count the answers of a million respondents as quickly as those of ten.

    Raises ValueError for an option that the question has not, and for an answer without options.
    """
    answered: Counter[Cell] = Counter()
    missing: dict[Missing, Counter[Cell]] = {why: Counter() for why in Missing}
    chosen: tuple[Counter[Cell], ...] = tuple(Counter() for _ in range(options))
    for (cell, given), number in Counter(answers).items():
        if isinstance(given, Missing):
            missing[given][cell] += number
            continue
        if not given or not 0 <= min(given) <= max(given) < options:
            raise ValueError(f"no such options: {sorted(given)}")
        answered[cell] += number
        for option in given:
            chosen[option][cell] += number
    return Tabulation(
        options, answered, chosen, missing[Missing.SKIPPED], missing[Missing.NOT_ASKED]
    )
