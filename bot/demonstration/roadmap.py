"""What was to be reached, who answered for it, and what they reported."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.demonstration.moments import at, working
from bot.demonstration.seed import Seed, SeedFact, SeedIndicator
from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar
from services.clock import local_date
from services.people.model import Role
from services.roadmap.assigning import Tenure, follow_indicators
from services.roadmap.editing import put_indicators
from services.roadmap.indicator import Indicator, Level
from services.roadmap.reporting import report_fact
from services.roadmap.returning import reply_to_return, return_fact
from storage.people import people_with_role
from storage.polls import find_by_draft
from storage.roadmap import tie_poll

_HOUR = time(10, 0)
_LATER = timedelta(days=1)
_REGION = 2


def play_roadmap(connection: Connection, seed: Seed, start: datetime) -> None:
    """Bring the indicators with their reports; officials that the organisation lacks have none."""
    today = local_date(start)
    for place, entry in enumerate(seed.indicators):
        accounts = people_with_role(connection, Role.OFFICIAL.value, entry.official)
        if not accounts:
            continue
        indicator = _indicator(entry, place, start)
        put_indicators(connection, [indicator])
        since = Tenure(entry.official, indicator.begins_on)
        follow_indicators(connection, {entry.code: since}, today)
        for number, fact in enumerate(entry.facts, start=1):
            _play_fact(connection, entry, fact, accounts[0], place * 100 + number, start)
        poll = entry.poll and find_by_draft(connection, entry.poll)
        if poll:
            tie_poll(connection, entry.code, poll)


def _indicator(entry: SeedIndicator, place: int, start: datetime) -> Indicator:
    today = local_date(start)
    region = entry.place and entry.place[:_REGION]
    district = entry.place if entry.place != region else None
    level = Level.REPUBLIC if region is None else Level.REGION
    return Indicator(
        code=entry.code,
        name_kk=entry.name.kk,
        name_ru=entry.name.ru,
        section=entry.section,
        position=place,
        unit_kk=entry.unit.kk,
        unit_ru=entry.unit.ru,
        start=entry.start,
        plan=entry.plan,
        begins_on=today - timedelta(days=entry.begun),
        due_on=today + timedelta(days=entry.due),
        level=level if district is None else Level.DISTRICT,
        region=region,
        district=district,
        topics=entry.topics,
    )


def _play_fact(
    connection: Connection,
    entry: SeedIndicator,
    fact: SeedFact,
    person: int,
    message: int,
    start: datetime,
) -> None:
    calendar = load_calendar(connection, local_date(start))
    moment = working(at(start, fact.days_ago, _HOUR), calendar)
    # No message of a chat has such a number.
    told = report_fact(
        connection, person, entry.code, fact.value, fact.comment, [], -message, moment
    )
    if fact.returned is None:
        return
    asked, replied = _moments(fact, start, calendar)
    for reader in people_with_role(connection, Role.OFFICIAL.value, fact.returned.by)[:1]:
        return_fact(connection, reader, told.id, fact.returned.question, asked)
        if fact.returned.reply is not None:
            reply_to_return(connection, person, told.id, fact.returned.reply, replied)


def _moments(fact: SeedFact, start: datetime, calendar: Calendar) -> Iterator[datetime]:
    if fact.returned is not None:
        asked = at(start, fact.returned.days_ago, _HOUR)
        yield from (working(asked, calendar), working(asked + _LATER, calendar))
