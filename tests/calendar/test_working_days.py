from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar.working_days import (
    Calendar,
    counted_from,
    due_date,
    working_days_between,
)
from services.clock import ALMATY

LAW = Calendar()
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(Calendar, st.dictionaries(DAYS, st.booleans(), max_size=30))


@pytest.mark.parametrize(
    ("moment", "counted", "due"),
    [
        (datetime(2026, 3, 6, 10, tzinfo=ALMATY), date(2026, 3, 6), date(2026, 4, 2)),
        (datetime(2026, 3, 6, 18, tzinfo=ALMATY), date(2026, 3, 6), date(2026, 4, 2)),
        (datetime(2026, 3, 6, 18, 1, tzinfo=ALMATY), date(2026, 3, 10), date(2026, 4, 3)),
        (datetime(2026, 3, 8, 10, tzinfo=ALMATY), date(2026, 3, 10), date(2026, 4, 3)),
    ],
)
def test_the_worked_case(moment: datetime, counted: date, due: date) -> None:
    """9 March is the Monday after a holiday Sunday; 21 to 25 March 2026 are Nauryz."""
    assert (counted, due) == (counted_from(moment, LAW), due_date(counted, 15, LAW))


def test_an_override_wins() -> None:
    """A day off that the ministry adds moves the date; a working Saturday moves it back."""
    moved = Calendar({date(2026, 3, 10): False, date(2026, 3, 14): True, date(2026, 3, 28): True})
    off = Calendar({date(2026, 3, 10): False})

    assert date(2026, 4, 3) == due_date(date(2026, 3, 6), 15, off)
    assert date(2026, 4, 1) == due_date(date(2026, 3, 6), 15, moved)


@settings(deadline=None)
@given(DAYS, st.integers(1, 45), CALENDARS)
def test_a_due_date_is_never_a_day_off(day: date, days: int, calendar: Calendar) -> None:
    """And exactly so many working days lie on the way to it."""
    due = due_date(day, days, calendar)

    assert calendar.is_working(due)
    assert days == working_days_between(day, due, calendar)


@settings(deadline=None)
@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)), CALENDARS)  # noqa: DTZ001
def test_what_comes_counts_on_a_working_day(moment: datetime, calendar: Calendar) -> None:
    """The day that counts is worked, and never before the day of arrival."""
    arrived = moment.replace(tzinfo=ALMATY)
    counted = counted_from(arrived, calendar)

    assert calendar.is_working(counted)
    assert counted >= arrived.date()


@settings(deadline=None)
@given(DAYS, DAYS)
def test_days_between_turn_around(start: date, end: date) -> None:
    """Late by three days is three days the other way round."""
    forward = working_days_between(start, end, LAW)

    assert forward == -working_days_between(end, start, LAW)
    assert 0 == working_days_between(start, start, LAW)
    assert abs(forward) <= abs(end - start) / timedelta(days=1)
