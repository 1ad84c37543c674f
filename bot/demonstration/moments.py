"""When things happened, counted back from the start of the demonstration."""

from datetime import datetime, time, timedelta

from services.calendar.working_days import Calendar, previous_working_day
from services.clock import ALMATY, local, local_date

_OFFICE_HOUR = time(11, 30)


def at(start: datetime, days_ago: int, hour: time) -> datetime:
    """Return this hour of Asia/Almaty so many days before the start."""
    return datetime.combine(local_date(start) - timedelta(days=days_ago), hour, ALMATY)


def working(moment: datetime, calendar: Calendar) -> datetime:
    """Return 11:30 on the day of the moment, or on the last working day before it."""
    day = local(moment).date()
    if not calendar.is_working(day):
        day = previous_working_day(day, calendar)
    return datetime.combine(day, _OFFICE_HOUR, ALMATY)
