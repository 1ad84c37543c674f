"""Composing a digest from counters and a few indexed reads."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from services.appeals.model import OPEN, AppealStatus
from services.calendar.calendar import load_calendar
from services.calendar.working_days import previous_working_day
from services.clock import local_date
from services.digests.facts import Case, DigestFacts, RunningPoll, TopicCount
from services.organisation.directory import Body
from services.roadmap.responsibility import sections_of, stands_for
from storage import digests as rows
from storage.appeal_queue import count_unrouted
from storage.organisation import body_of
from storage.polls import open_polls

SOON = timedelta(days=3)
_TOPICS_PERIOD = timedelta(days=7)
_TOPICS = 3
_POLLS = 3
_COUNTED = 1000


def compose_digest(
    connection: Connection, official: str, now: datetime, *, every_day: bool = False
) -> DigestFacts:
    """Return what the official must know on the day of this moment in Asia/Almaty.

    every_day: the reader got one yesterday, whatever day that was.
    """
    day = local_date(now)
    since = previous_working_day(day, load_calendar(connection, day))
    if every_day:
        since = day - timedelta(days=1)
    until, soon = day - timedelta(days=1), day + SOON
    topics_since = day - _TOPICS_PERIOD
    sections = sections_of(connection, official, day)
    happened = rows.activity(connection, sections, since, until)
    waiting = rows.waiting(connection, sections, day, soon)
    topics = rows.frequent_topics(connection, sections, topics_since, until, _TOPICS)
    return DigestFacts(
        official=official,
        day=day,
        sections=sections,
        since=since,
        until=until,
        new=happened["registered"],
        answered=happened["answered"],
        open=waiting["open"],
        overdue=waiting["overdue"],
        due_soon=waiting["due_soon"],
        soon=soon,
        oldest_overdue=_first_due(connection, sections, date.min, until),
        next_due=_first_due(connection, sections, day, soon),
        topics_since=topics_since,
        topics=tuple(TopicCount(**row) for row in topics),
        polls=_running_polls(connection, now),
        disputed=rows.count_in_state(connection, sections, AppealStatus.DISPUTED.value),
        unconfirmed=happened["unconfirmed"],
        fresh=rows.count_in_state(connection, sections, AppealStatus.REGISTERED.value),
        named=rows.count_named(connection, stands_for(connection, official, day), sections),
        unrouted=_unrouted(connection, official),
    )


def _unrouted(connection: Connection, official: str) -> int:
    """Return what belongs to nobody, for the body that looks after what belongs to nobody."""
    if body_of(connection, official) != Body.SECRETARIAT:
        return 0
    return count_unrouted(connection, _COUNTED)


def _first_due(
    connection: Connection, sections: tuple[str, ...], first: date, last: date
) -> Case | None:
    statuses = {status.value for status in OPEN}
    found = rows.open_cases(connection, sections, statuses, first=first, last=last, limit=1)
    return Case(**found[0]) if found else None


def _running_polls(connection: Connection, now: datetime) -> tuple[RunningPoll, ...]:
    return tuple(
        RunningPoll(
            row["id"],
            row["title_kk"],
            row["title_ru"],
            row["participation"],
            row["closes_at"],
        )
        for row in open_polls(connection, now, _POLLS)
    )
