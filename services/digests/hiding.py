"""Which counts are told where a person could be recognised: none under 10, none by subtraction."""

from collections.abc import Sequence
from typing import TypeVar

# Fewer are not told by topic and district, nor by region.
SMALLEST = 10

T = TypeVar("T")


def told(counts: Sequence[tuple[T, int]], total: int) -> dict[T, int]:
    """Return the counts that may stand beside their total.

    Those of 10 and more; the smallest of them are left out too until what is not told is nothing
    or again at least 10, so that nothing small is left over. Which of equal ones goes follows from
    their keys: what is told of the same counts elsewhere leaves out the same.
    """
    kept = sorted(
        ((key, n) for key, n in counts if n >= SMALLEST),
        key=lambda pair: (-pair[1], str(pair[0])),
    )
    rest = total - sum(number for _key, number in kept)
    while kept and 0 < rest < SMALLEST:
        rest += kept.pop()[1]
    return dict(kept)
