"""The ladder of reminders: which stage an open appeal has reached on a working day.

Three days and one day before the due date and on it, whoever handles the appeal is reminded; one
and three days after it the next levels are told. All of these are working days. A stage that was
missed is followed by the newest one only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from services.calendar.working_days import Calendar, next_working_day
from services.clock import ALMATY, local

OPENS, CLOSES = time(9), time(18)
# What is overdue for longer has been through all stages, or was never reminded of.
FARTHEST = timedelta(days=60)

_DAY = timedelta(days=1)


class Stage(IntEnum):
    """Working days from the due date."""

    THREE_BEFORE = -3
    ONE_BEFORE = -1
    ON_THE_DAY = 0
    ONE_AFTER = 1
    THREE_AFTER = 3


@dataclass(frozen=True, slots=True)
class Reached:
    """The due dates, both included, of which this stage is the newest one."""

    stage: Stage
    first: date
    last: date


def in_office_hours(moment: datetime, calendar: Calendar) -> bool:
    """Tell whether reminders may be given now: working days, 09:00 to 18:00 in Asia/Almaty."""
    here = local(moment)
    return calendar.is_working(here.date()) and OPENS <= here.time() < CLOSES


def next_opening(moment: datetime, calendar: Calendar) -> datetime:
    """Return the moment at which the next office hours begin; aware."""
    here = local(moment)
    day = here.date()
    if not (calendar.is_working(day) and here.time() < OPENS):
        day = next_working_day(day, calendar)
    return datetime.combine(day, OPENS, ALMATY)


def reached(today: date, calendar: Calendar) -> tuple[Reached, ...]:
    """Return for each stage the due dates that have reached it today, the latest stage first.

    On a day off nothing is reached.
    """
    if not calendar.is_working(today):
        return ()
    found: dict[Stage, list[date]] = {}
    for due_on, days in _days_after_due(today, calendar):
        stage = max((stage for stage in Stage if stage <= days), default=None)
        if stage is not None:
            found.setdefault(stage, []).append(due_on)
    return tuple(
        Reached(stage, min(found[stage]), max(found[stage])) for stage in sorted(found)[::-1]
    )


def _days_after_due(today: date, calendar: Calendar) -> Iterator[tuple[date, int]]:
    """Yield due dates around today, and how many working days today is after each of them."""
    days, due_on = 0, today
    while due_on >= today - FARTHEST:
        yield due_on, days
        days += calendar.is_working(due_on)
        due_on -= _DAY
    days, due_on = 0, today + _DAY
    while days - calendar.is_working(due_on) >= Stage.THREE_BEFORE:
        days -= calendar.is_working(due_on)
        yield due_on, days
        due_on += _DAY
