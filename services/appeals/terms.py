"""How long an answer may take: the party's own rule for each type, as its data say.

Complaints 20 working days, requests of information 15 calendar days, all others 15 working days;
the Administrative Procedural Code, article 76, has 15 and 20 working days for state bodies.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from services.appeals.model import AppealType
from services.calendar.working_days import Calendar, due_date, next_working_day
from services.organisation.directory import TermUnit, appeal_types


@dataclass(frozen=True, slots=True)
class Term:
    """A number of days of one unit, counted from the day after the registration counts."""

    days: int
    unit: TermUnit = TermUnit.WORKING


# Where the citizen leaves the type to the operator.
UNSORTED = Term(15)


def term_of(connection: Connection, kind: AppealType | str | None) -> Term:
    """Return the term of a type; of one that is not chosen yet, or not known, the usual one."""
    found = None if kind is None else appeal_types(connection).get(str(kind))
    return UNSORTED if found is None else Term(found.term, found.unit)


def due_on(counted: date, term: Term, calendar: Calendar) -> date:
    """Return the last day of the term, which is never a day off.

    A term in calendar days that ends on a day off ends on the next working day.
    """
    if term.unit is TermUnit.WORKING:
        return due_date(counted, term.days, calendar)
    return working_day_from(counted + timedelta(days=term.days), calendar)


def working_day_from(day: date, calendar: Calendar) -> date:
    """Return this day where it is worked, else the first working day after it."""
    return day if calendar.is_working(day) else next_working_day(day, calendar)
