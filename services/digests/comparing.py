"""What is usual on days like these, and which change against it says something.

A count of independent events varies by the square root of its mean (the Poisson law): a change
below twice that, or below three, is chance and is not spoken of.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt

from services.digests.facts import Usual

WEEKS = 4
LEAST_CHANGE = 3
_WEEK = timedelta(weeks=1)


# New and answered ones of a day, or open and overdue ones of a digest.
Two = tuple[int, int]


def weeks_known(since: date, begun: date | None) -> int:
    """Return over how many of the four weeks before `since` appeals have been counted.

    begun: the first day on which anything was counted, None where there is none.
    """
    if begun is None:
        return 0
    return max(0, min(WEEKS, (since - begun).days // _WEEK.days))


def usual_on(
    stretch: tuple[date, date],
    weeks: int,
    days: Mapping[date, Two],
    earlier: Sequence[Two],
) -> Usual | None:
    """Return what is usual on the same days of the week as first … last, over so many weeks.

    days: new and answered ones by day; earlier: open and overdue ones of the digests of the same
    weekday. None where there is no week to look back on.
    """
    if not weeks:
        return None
    first, last = stretch
    same = [
        days.get(day - week * _WEEK, (0, 0))
        for week in range(1, weeks + 1)
        for day in _days(first, last)
    ]
    return Usual(
        weeks,
        new=sum(new for new, _answered in same) / weeks,
        answered=sum(answered for _new, answered in same) / weeks,
        open=_mean([still for still, _overdue in earlier]),
        overdue=_mean([overdue for _still, overdue in earlier]),
    )


def is_significant(count: int, mean: float) -> bool:
    """Tell whether a count differs from its mean by more than chance: max(3, 2·√mean)."""
    return abs(count - mean) >= max(LEAST_CHANGE, 2 * sqrt(mean))


def weight(count: int, mean: float) -> float:
    """Return how large a change is: in standard deviations of a count of this mean, at least 1."""
    return abs(count - mean) / sqrt(max(mean, 1))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=gone) for gone in range((last - first).days + 1)]


def _mean(numbers: Sequence[int]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
