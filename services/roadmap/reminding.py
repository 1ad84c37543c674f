"""Reminding of reports that are older than 30 days: once for each 30 days, in office hours.

An indicator that is reached is let be; a report that is asked about is one. Told is whoever acts
for the one who answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.appeals.recipients import answering
from services.appeals.stages import in_office_hours
from services.calendar.calendar import load_calendar
from services.clock import local_date
from services.roadmap.board import is_stale, newest_facts, reported_days, standing
from services.roadmap.fact import Fact
from services.roadmap.indicator import STALE, Indicator, State
from services.roadmap.indicators import all_indicators, responsible_for
from services.roadmap.telling import about
from storage.outbox import tell
from storage.outbox_keys import told_already

STALE_REPORT = "indicator_stale"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of; key: natural, the same for 30 days.

    fact: the newest that counts; days: since the newest report, which may be asked about.
    """

    key: str
    person: int
    official: str
    indicator: Indicator
    fact: Fact | None
    days: int


def reports_due(connection: Connection, now: datetime) -> tuple[Reminder, ...]:
    """Return the reminders to give now, those that were given left out; none out of hours."""
    day = local_date(now)
    if not in_office_hours(now, load_calendar(connection, day)):
        return ()
    found = list(_stale(connection, day))
    told = told_already(connection, [reminder.key for reminder in found])
    return tuple(reminder for reminder in found if reminder.key not in told)


def remind_of_reports(connection: Connection, now: datetime) -> int:
    """Give the reminders that are due; how many.

    Key: (indicator, its newest report, each 30 days after it, person).
    """
    due = reports_due(connection, now)
    for each in due:
        payload = about(each.indicator) | {
            "official": each.official,
            "days": each.days,
            "value": None if each.fact is None else str(each.fact.value),
            "day": None if each.fact is None else each.fact.day.isoformat(),
        }
        tell(connection, each.person, STALE_REPORT, each.key, payload, now)
    return len(due)


def _stale(connection: Connection, day: date) -> Iterator[Reminder]:
    """Yield whoever is to have been told of what, in the order of the indicators."""
    indicators = all_indicators(connection)
    codes = [each.code for each in indicators]
    newest, reported = newest_facts(connection, codes), reported_days(connection, codes)
    officials = responsible_for(connection, indicators, day)
    for each in indicators:
        fact = newest.get(each.code)
        official = officials.get(each.code)
        reached = standing(each, fact, day) is State.REACHED
        since = reported.get(each.code, each.begins_on)
        if official is None or reached or not is_stale(each, since, day):
            continue
        days = (day - since).days
        turn = (days - 1) // STALE.days
        for person in answering(connection, official, day):
            key = f"{STALE_REPORT}:{each.code}:{since}:{turn}:{person}"
            yield Reminder(key, person, official, each, fact, days)
