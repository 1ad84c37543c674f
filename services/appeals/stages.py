"""The ladder of reminders: which stage an open appeal has reached on a working day.

Three days and one day before the due date and on it, whoever handles the appeal is reminded; one
day after it the next level is told; three days after it and every three days from there on it is
passed on, a level at a time. All of these are working days. A stage that was missed is followed by
the newest one only, so a level that got the appeal late still has its three days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from services.calendar.working_days import Calendar, next_working_day, previous_working_day
from services.clock import ALMATY, local

OPENS, CLOSES = time(9), time(18)
# What is overdue for longer has been through all stages, or was never reminded of.
FARTHEST = timedelta(days=60)

# How many working days each level has before the appeal is passed on.
PATIENCE = 3

_DAY = timedelta(days=1)


class Stage(IntEnum):
    """Working days from the due date."""

    THREE_BEFORE = -3
    ONE_BEFORE = -1
    ON_THE_DAY = 0
    ONE_AFTER = 1
    # From here on the appeal is passed on. Three times reach the Bureau from a district; the
    # others are for what was missed.
    THREE_AFTER = 3
    SIX_AFTER = 6
    NINE_AFTER = 9
    TWELVE_AFTER = 12
    FIFTEEN_AFTER = 15
    EIGHTEEN_AFTER = 18


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


def passed_on_before(today: date, calendar: Calendar) -> datetime:
    """Return the moment before which an appeal was passed on that may be passed on again today.

    The beginning of the day after the third working day before today; aware.
    """
    day = today
    for _ in range(PATIENCE):
        day = previous_working_day(day, calendar)
    return datetime.combine(day + _DAY, time(), ALMATY)


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
