"""The days that a digest of a longer period looks back on, and the days before them."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.digests.model import Period
from services.reports.quarter import Quarter

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days first … last, and before: the first day of the stretch before, of equal kind."""

    first: date
    last: date
    before: date

    @property
    def last_before(self) -> date:
        """The last day of the stretch before."""
        return self.first - _DAY


def stretch_of(period: Period, day: date) -> Stretch:
    """Return the last whole week, month or quarter that was over before this day.

    Raises ValueError for a day: the daily digest looks back in its own way.
    """
    match period:
        case Period.WEEKLY:
            first = monday_of(day) - _WEEK
            return Stretch(first, first + _WEEK - _DAY, first - _WEEK)
        case Period.MONTHLY:
            last = day.replace(day=1) - _DAY
            first = last.replace(day=1)
            return Stretch(first, last, (first - _DAY).replace(day=1))
        case Period.QUARTERLY:
            return of_quarter(Quarter.of(day).previous)
    raise ValueError(period)


def of_quarter(quarter: Quarter) -> Stretch:
    """Return the days of a quarter."""
    return Stretch(quarter.first, quarter.last, quarter.previous.first)


def monday_of(day: date) -> date:
    """Return the Monday of the week in which a day lies."""
    return day - _DAY * day.weekday()
