from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.extending import last_date
from services.appeals.model import AppealType
from services.appeals.terms import UNSORTED, Term, due_on, term_of
from services.calendar.working_days import Calendar, counted_from
from services.organisation.directory import TermUnit
from services.organisation.shipped import shipped_types

FRIDAY = datetime(2026, 3, 6, 6, tzinfo=UTC)
TERMS = [UNSORTED, *(Term(kind.term, kind.unit) for kind in shipped_types())]

days = st.dates(date(2026, 1, 1), date(2027, 6, 30))
calendars = st.dictionaries(days, st.booleans(), max_size=40).map(
    lambda overrides: Calendar(MappingProxyType(overrides))
)
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001  # hypothesis wants it bare and adds the zone
    datetime(2027, 3, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(term=st.sampled_from(TERMS), calendar=calendars, moment=moments)
def test_a_due_date_is_never_a_day_off(term: Term, calendar: Calendar, moment: datetime) -> None:
    """Whatever the type, the overrides and the moment, the last day of a term is worked."""
    counted = counted_from(moment, calendar)

    assert calendar.is_working(counted)
    assert calendar.is_working(due_on(counted, term, calendar))


@given(first=days, calendar=calendars)
def test_the_last_extension_is_never_a_day_off(first: date, calendar: Calendar) -> None:
    """The end of the two months is worked, and never later than they."""
    last = last_date(first, calendar)

    assert calendar.is_working(last)
    assert last <= first + timedelta(days=62)


@given(calendar=calendars, moment=moments)
def test_calendar_days_never_end_early(calendar: Calendar, moment: datetime) -> None:
    """A term of 15 calendar days has at least that many, and ends on the first working day."""
    counted = counted_from(moment, calendar)
    nominal = counted + timedelta(days=15)

    due = due_on(counted, Term(15, TermUnit.CALENDAR), calendar)

    between = (nominal + timedelta(days=more) for more in range((due - nominal).days))
    assert due >= nominal
    assert not any(calendar.is_working(day) for day in between)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (FRIDAY, date(2026, 4, 2)),
        (FRIDAY.replace(hour=13, minute=0), date(2026, 4, 2)),
        (FRIDAY.replace(hour=13, minute=1), date(2026, 4, 3)),
    ],
)
def test_the_worked_case(moment: datetime, expected: date) -> None:
    """Friday 6 March 2026 and 15 working days: Thursday 2 April, after 18:00 Friday 3 April."""
    calendar = Calendar()

    assert expected == due_on(counted_from(moment, calendar), UNSORTED, calendar)


def test_unless_the_calendar_says_otherwise() -> None:
    """A day off that the ministry adds moves the worked case by a working day."""
    calendar = Calendar(MappingProxyType({date(2026, 3, 20): False}))

    assert date(2026, 4, 3) == due_on(counted_from(FRIDAY, calendar), UNSORTED, calendar)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (None, Term(15)),
        (AppealType.STATEMENT, Term(15)),
        (AppealType.COMPLAINT, Term(20)),
        (AppealType.PROPOSAL, Term(15)),
        (AppealType.MESSAGE, Term(15)),
        (AppealType.RESPONSE, Term(15)),
        (AppealType.REQUEST, Term(15, TermUnit.CALENDAR)),
    ],
)
def test_terms_by_type(connection: Connection, kind: AppealType | None, expected: Term) -> None:
    """20 working days for a complaint, 15 calendar days for a request, 15 working for others."""
    assert expected == term_of(connection, kind)
