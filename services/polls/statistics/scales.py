"""Answers on a scale: the distribution at both ends, and the mean with its interval."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.polls.statistics.cells import Cell
from services.polls.statistics.printing import mean_is_printed
from services.polls.statistics.shares import Share, shares
from services.polls.statistics.tabulation import Tabulation
from services.polls.statistics.wilson import Z_95, Interval

ENDS = 2  # points at each end


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean on the scale with the model's interval, 95 %."""

    mean: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Scale:
    """The shares point by point and at the two ends; no mean of too small a sample."""

    points: tuple[Share, ...]
    bottom: float
    top: float
    mean: Mean | None


def scale(tabulation: Tabulation, weights: Mapping[Cell, float], values: Sequence[int]) -> Scale:
    """Return what is reported of a scale; `values` are those of the options, ascending.

    «Difficult to answer» has no value: options beyond the values count in the base of the shares
    only.
    """
    points = shares(tabulation, weights)
    on_scale = [point.share for point in points[: len(values)]]
    return Scale(
        points,
        bottom=math.fsum(on_scale[:ENDS]),
        top=math.fsum(on_scale[-ENDS:]),
        mean=_mean(points, on_scale, values),
    )


def _mean(
    points: Sequence[Share], on_scale: Sequence[float], values: Sequence[int]
) -> Mean | None:
    placed = math.fsum(on_scale)
    if not placed:
        return None
    effective = points[0].effective * placed
    if not mean_is_printed(effective):
        return None
    mean = math.fsum(p * value for p, value in zip(on_scale, values, strict=True)) / placed
    variance = math.fsum(
        p * (value - mean) ** 2 for p, value in zip(on_scale, values, strict=True)
    )
    half = Z_95 * math.sqrt(variance / placed / effective)
    return Mean(mean, Interval(mean - half, mean + half))
