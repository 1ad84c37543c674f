"""The calendar as the tables hold it now."""

from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import Connection

from services.calendar.working_days import Calendar
from storage import calendar as rows

# Terms are at most two months with all extensions; overdue cases look back as far.
_REACH = timedelta(days=120)


def load_calendar(connection: Connection, around: date) -> Calendar:
    """Return the calendar with the overrides of 120 days before and after this day."""
    found = rows.overrides(connection, around - _REACH, around + _REACH)
    return Calendar(MappingProxyType({row["day"]: row["working"] for row in found}))
