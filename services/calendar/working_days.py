"""Working days of Kazakhstan: the `holidays` package, with the party's override table on top.

The package knows the laws; it does not know transfers that the ministry announces for a single
year nor the final date of Qurban Ait. Those are rows of `calendar_overrides`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

from services.clock import local

# What arrives later than this, Asia/Almaty, counts as the next working day.
END_OF_DAY = time(18)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked; overrides (True: worked) win over the law of the year."""

    overrides: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))

    def is_working(self, day: date) -> bool:
        """Tell whether this day is worked in a week of five days."""
        override = self.overrides.get(day)
        return is_working_day(day) if override is None else override


def is_working_day(day: date) -> bool:
    """Tell whether the law makes this a working day, whatever the override table says."""
    return day in _worked(day.year)


def counted_from(moment: datetime, calendar: Calendar) -> date:
    """Return the working day on which something that came at this moment counts as registered.

    After 18:00 Asia/Almaty, or on a day off, that is the next working day.
    """
    arrived = local(moment)
    day = arrived.date()
    if calendar.is_working(day) and arrived.time() <= END_OF_DAY:
        return day
    return next_working_day(day, calendar)


def due_date(counted: date, days: int, calendar: Calendar) -> date:
    """Return the last of so many working days, counted from the day after `counted`."""
    day = counted
    for _ in range(days):
        day = next_working_day(day, calendar)
    return day


def next_working_day(day: date, calendar: Calendar) -> date:
    """Return the first working day after this day."""
    day += _DAY
    while not calendar.is_working(day):
        day += _DAY
    return day


def previous_working_day(day: date, calendar: Calendar) -> date:
    """Return the last working day before this day."""
    day -= _DAY
    while not calendar.is_working(day):
        day -= _DAY
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Return how many working days lie after `start` up to and including `end`.

    0 on the same day, negative where `end` is past: the working days that it is overdue.
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    days = (start + _DAY * offset for offset in range(1, (end - start).days + 1))
    return sum(calendar.is_working(day) for day in days)


@lru_cache(maxsize=64)
def _worked(year: int) -> frozenset[date]:
    """Return the working days of a year by law, the weekends worked in exchange included."""
    law = holidays.country_holidays("KZ", years=year)
    first = date(year, 1, 1)
    days = (first + _DAY * offset for offset in range((date(year, 12, 31) - first).days + 1))
    return frozenset(day for day in days if law.is_working_day(day))
