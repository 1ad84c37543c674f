"""Reminding of due dates: each stage of each due date once, and one message a person.

Only in office hours; services.appeals.ladder says whom each stage concerns.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.appeals.ladder import Part, Told, give_stage
from services.appeals.stages import in_office_hours, next_opening, passed_on_before, reached
from services.calendar.calendar import load_calendar
from services.calendar.working_days import working_days_between
from services.clock import local_date
from storage import appeal_reminders as rows
from storage.outbox import any_due, postpone, tell

NOTICE = "reminder"
BATCH = 1000
# Cases that a message names; the others are counted.
NAMED = 8

_ORDER = {part: number for number, part in enumerate(Part)}


def reminders_due(connection: Connection, now: datetime) -> bool:
    """Tell whether somebody is to be reminded of something now."""
    day = local_date(now)
    calendar = load_calendar(connection, day)
    if not in_office_hours(now, calendar):
        return False
    before = passed_on_before(day, calendar)
    return any(
        rows.any_unreminded(connection, each.first, each.last, each.stage, before)
        for each in reached(day, calendar)
    )


def waits_out_of_hours(connection: Connection, now: datetime) -> bool:
    """Tell whether a reminder waits to be sent now that no reminders are given."""
    calendar = load_calendar(connection, local_date(now))
    return not in_office_hours(now, calendar) and any_due(connection, NOTICE, now)


def remind(connection: Connection, now: datetime, limit: int = BATCH) -> int:
    """Give the reminders that are due, the latest stages first; how many, at most `limit`.

    Key: (appeal, due date, stage).
    """
    day = local_date(now)
    calendar = load_calendar(connection, day)
    if not in_office_hours(now, calendar):
        return 0
    told: list[Told] = []
    given = 0
    before = passed_on_before(day, calendar)
    for each in reached(day, calendar):
        span = (each.first, each.last, each.stage)
        for appeal in rows.unreminded(connection, *span, limit - given, before):
            left = working_days_between(day, appeal["due_on"], calendar)
            told += give_stage(connection, appeal, each.stage, left, now)
            given += 1
    _tell(connection, told, day, now)
    return given


def hold_back(connection: Connection, now: datetime) -> int:
    """Let reminders that could not be sent in office hours wait for the next ones; how many.

    Key: (message, its next moment).
    """
    calendar = load_calendar(connection, local_date(now))
    if in_office_hours(now, calendar):
        return 0
    return postpone(connection, NOTICE, next_opening(now, calendar), now)


def _tell(connection: Connection, told: Iterable[Told], day: date, now: datetime) -> None:
    """Queue one message a person with all cases of this run, the most pressing first."""
    by_person: dict[int, list[Told]] = {}
    for each in told:
        by_person.setdefault(each.person, []).append(each)
    for person, mine in by_person.items():
        mine.sort(key=lambda each: (_ORDER[each.line.part], each.line.due_on, each.line.appeal))
        first = mine[0]
        key = f"reminder:{day}:{person}:{first.line.appeal}:{first.line.due_on}:{first.stage}"
        tell(connection, person, NOTICE, key, _payload(mine), now)


def _payload(told: list[Told]) -> dict[str, Any]:
    """Return how many cases of which kind there are, and the most pressing ones by name."""
    groups: dict[tuple[str, str | None, int | None], int] = {}
    for each in told:
        line = each.line
        own = line.part is Part.DUE
        group = (line.part.value, line.due_on if own else None, line.left if own else None)
        groups[group] = groups.get(group, 0) + 1
    return {
        "groups": [
            {"part": part, "due_on": due_on, "left": left, "count": count}
            for (part, due_on, left), count in groups.items()
        ],
        "cases": [asdict(each.line) for each in told[:NAMED]],
        "count": len(told),
    }
