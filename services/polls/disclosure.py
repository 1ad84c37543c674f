"""What may be told of a result without telling how anybody answered.

Under 10 answers nothing is told by option; under 50 there are no percentages, and nothing where
all answered alike; under 100 the base is called low; under 200 a share of all or none is blunted.
"""

from collections.abc import Sequence
from enum import StrEnum

SMALLEST = 10
PERCENT_FROM = 50
LOW_UNDER = 100
BLUNT_UNDER = 200


class Disclosure(StrEnum):
    """How much of a result is shown."""

    # The number of answers only.
    BASE = "base"
    COUNTS = "counts"
    # Percentages, with the words «low base».
    LOW_BASE = "low_base"
    SHARES = "shares"


def disclosure(base: int, votes: Sequence[int] | None) -> Disclosure:
    """Return how much may be shown of these votes by option."""
    if votes is None or not keepable(base, votes):
        return Disclosure.BASE
    if base < PERCENT_FROM:
        return Disclosure.COUNTS
    return Disclosure.LOW_BASE if base < LOW_UNDER else Disclosure.SHARES


def keepable(base: int, votes: Sequence[int]) -> bool:
    """Tell whether the votes by option may be kept at all once the ballots are destroyed."""
    return base >= SMALLEST and not (base < PERCENT_FROM and max(votes) == base)


def share(votes: int, base: int) -> str:
    """Return a share in whole per cent as it is printed: «42 %», «>95 %» or «<5 %»."""
    if base < BLUNT_UNDER and votes == base:
        return ">95\N{NO-BREAK SPACE}%"
    if base < BLUNT_UNDER and votes == 0:
        return "<5\N{NO-BREAK SPACE}%"
    # Half goes up: 12.5 % is printed as 13 %, in whole numbers throughout.
    return f"{(200 * votes + base) // (2 * base)}\N{NO-BREAK SPACE}%"


def figure(votes: int, base: int, shown: Disclosure) -> str:
    """Return what stands beside an option: a share, or the count where the base is small."""
    return str(votes) if shown is Disclosure.COUNTS else share(votes, base)
