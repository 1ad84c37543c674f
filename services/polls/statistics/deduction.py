"""What can be worked out from published counts by any adding and taking away.

Each published group is an equation: the sum of its cells is known. A group that was not published
is known all the same where its own equation follows from those (linear algebra, done with whole
numbers modulo a large prime, so that nothing is rounded).
"""

from collections.abc import Iterable
from typing import Self, TypeAlias

from services.polls.statistics.cells import Cell

_PRIME = (1 << 61) - 1

_Row: TypeAlias = dict[Cell, int]  # coefficients that are not 0


class Deduction:
    """Everything that follows from groups that were published; they are sets of cells."""

    def __init__(self) -> None:
        self._rows: dict[Cell, _Row] = {}  # by the first cell of each, which has the coefficient 1

    def copy(self) -> Self:
        """Return the same, to be asked «what if»."""
        other = type(self)()
        other._rows = dict(self._rows)  # noqa: SLF001 - of this class
        return other

    def publish(self, groups: Iterable[frozenset[Cell]]) -> Self:
        """Learn the sizes of these groups; return itself."""
        for group in groups:
            rest = self._reduced(group)
            if rest:
                cell = min(rest, key=repr)
                inverse = pow(rest[cell], -1, _PRIME)
                self._rows[cell] = {each: n * inverse % _PRIME for each, n in rest.items()}
        return self

    def tells(self, group: frozenset[Cell]) -> bool:
        """Tell whether the size of a group follows."""
        return not self._reduced(group)

    def _reduced(self, group: frozenset[Cell]) -> _Row:
        """Return what is left of a group's equation once all that is known is taken from it."""
        rest = dict.fromkeys(group, 1)
        for cell, row in self._rows.items():  # in the order in which they were learnt
            factor = rest.get(cell, 0)
            if factor:
                for each, n in row.items():
                    left = (rest.get(each, 0) - factor * n) % _PRIME
                    if left:
                        rest[each] = left
                    else:
                        rest.pop(each, None)
        return rest
