"""From the sample and the margins to weights, or to the reason why there are none.

The whole procedure, deterministic: thin levels collapse, margins are raked, extreme weights
trimmed, and the result is judged. AAPOR (2016), "Evaluating Survey Quality in Today's Complex
Environment": what is published says whether and how it was weighted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.polls.statistics.cells import Cell, incomplete, size
from services.polls.statistics.collapsing import collapse, moved_counts
from services.polls.statistics.kish import Kish, kish_of
from services.polls.statistics.margins import Margin
from services.polls.statistics.trimming import trimmed_weights

MOST_INCOMPLETE = 0.05  # of the respondents may have a profile that is not complete
LARGEST_DESIGN_EFFECT = 2.5
SMALLEST_EFFECTIVE = 100


class Unweighted(StrEnum):
    """Why a poll is published unweighted.

    AUDIENCE and MARGINS are found by whoever asks: a poll for a part of the people, of which the
    margins say nothing, and margins that were refused.
    """

    INCOMPLETE_PROFILES = "incomplete_profiles"
    DESIGN_EFFECT = "design_effect"
    EFFECTIVE_SAMPLE = "effective_sample"
    AUDIENCE = "audience"
    MARGINS = "margins"


@dataclass(frozen=True, slots=True)
class Weighting:
    """The weight of one respondent in each cell, 1 each where the poll is unweighted.

    `kish` is what the weights would cost, None where it did not come to weights.
    """

    weights: Mapping[Cell, float]
    kish: Kish | None
    unweighted: Unweighted | None = None


def weigh(cells: Mapping[Cell, int], margins: Sequence[Margin]) -> Weighting:
    """Return the weights of a sample, which sum to the margins' total. Raises MarginsDoNotFit."""
    equal = dict.fromkeys(cells, 1.0)
    if incomplete(cells) > MOST_INCOMPLETE * size(cells):
        return Weighting(equal, None, Unweighted.INCOMPLETE_PROFILES)
    if size(cells) < SMALLEST_EFFECTIVE:  # the effective sample is never more
        return Weighting(equal, None, Unweighted.EFFECTIVE_SAMPLE)
    moved, left = collapse(cells, margins)
    joined = trimmed_weights(moved_counts(cells, moved), left)
    weights = {cell: joined[moved[cell]] for cell in cells}
    cost = kish_of(cells, weights)
    reason = _judge(cost)
    return Weighting(equal if reason else weights, cost, reason)


def _judge(cost: Kish) -> Unweighted | None:
    if cost.design_effect > LARGEST_DESIGN_EFFECT:
        return Unweighted.DESIGN_EFFECT
    return Unweighted.EFFECTIVE_SAMPLE if cost.effective < SMALLEST_EFFECTIVE else None
