"""Reminding of due dates: each stage of each due date once, and one message a person.

Before the due date those who handle the appeal are reminded. One working day after it the next
level is told, three working days after it the appeal is passed on to that level, and the level
above that one is told. Only in office hours.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.ladder import escalate
from services.appeals.model import OPEN, AppealStatus
from services.appeals.recipients import (
    administrators,
    answering,
    desk,
    handlers_of,
    working_on,
)
from services.appeals.stages import Reached, Stage, in_office_hours, next_opening, reached
from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar, working_days_between
from services.clock import local_date
from services.roadmap.responsibility import Routed, level_above
from storage import appeal_reminders as rows
from storage.appeal_queue import find_to_change
from storage.outbox import any_due, postpone, tell

NOTICE = "reminder"
BATCH = 1000
# Cases that a message names; the others are counted.
NAMED = 8


class Part(StrEnum):
    """Why somebody is told of a case; the most pressing first."""

    # Passed on to the reader.
    TAKEN = "taken"
    # Passed on to the level below the reader.
    RAISED = "raised"
    # Late, one level below the reader.
    LATE = "late"
    # Passed on from the reader to the next level.
    MOVED = "moved"
    # The reader's own.
    DUE = "due"


_ORDER = {part: number for number, part in enumerate(Part)}


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a reminder; left: working days to the due date, negative where overdue."""

    part: Part
    appeal: int
    number: str
    topic: str
    region: str
    district: str | None
    due_on: str
    left: int


@dataclass(frozen=True, slots=True)
class _Told:
    person: int
    stage: Stage
    line: Line


def reminders_due(connection: Connection, now: datetime) -> bool:
    """Tell whether somebody is to be reminded of something now."""
    day = local_date(now)
    calendar = load_calendar(connection, day)
    if not in_office_hours(now, calendar):
        return False
    return any(
        rows.any_unreminded(connection, each.first, each.last, each.settled_by)
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
    told: list[_Told] = []
    given = 0
    for each in reached(day, calendar):
        room = limit - given
        for appeal in rows.unreminded(connection, each.first, each.last, each.settled_by, room):
            more = _give(connection, appeal, each, calendar, now)
            told += more
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


def _give(
    connection: Connection, appeal: RowMapping, at: Reached, calendar: Calendar, now: datetime
) -> list[_Told]:
    """Give one stage of one appeal; whom it concerns, nobody where it is given already."""
    day = local_date(now)
    left = working_days_between(day, appeal["due_on"], calendar)
    step = _STEPS.get(at.stage, _before)
    return list(step(connection, appeal, at.stage, left, now))


def _before(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[_Told]:
    if rows.claim(connection, appeal["id"], appeal["due_on"], stage, None, now):
        line = _line(Part.DUE, appeal, left)
        for person in handlers_of(connection, appeal, local_date(now)):
            yield _Told(person, stage, line)


def _one_after(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[_Told]:
    day = local_date(now)
    above = _above(connection, appeal, day)
    if rows.claim(connection, appeal["id"], appeal["due_on"], stage, above.official, now):
        line = _line(Part.LATE, appeal, left)
        for person in _readers(connection, above, day):
            yield _Told(person, stage, line)


def _three_after(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[_Told]:
    """Pass the appeal on, unless somebody has answered it at this very moment."""
    day = local_date(now)
    locked = find_to_change(connection, appeal["id"])
    if locked is None or AppealStatus(locked["status"]) not in OPEN:
        return
    above = _above(connection, locked, day)
    if not rows.claim(connection, locked["id"], locked["due_on"], stage, above.official, now):
        return
    line = partial(_line, appeal=locked, left=left)
    if above.official is None:
        for person in administrators(connection):
            yield _Told(person, stage, line(Part.LATE))
        return
    before = working_on(connection, locked, day)
    escalate(connection, locked, above, stage, now)
    taking = answering(connection, above.official, day, {locked["barred"]}) or desk(connection)
    below = {locked["official"], above.official}
    higher = level_above(connection, above.office, locked["section"], below, day)
    parts = (
        (Part.TAKEN, taking),
        (Part.RAISED, _readers(connection, higher, day)),
        (Part.MOVED, before),
    )
    known: set[int] = set()
    for part, people in parts:
        for person in people:
            if person not in known:
                known.add(person)
                yield _Told(person, stage, line(part))


_Step = Callable[[Connection, RowMapping, Stage, int, datetime], Iterator[_Told]]
_STEPS: dict[Stage, _Step] = {Stage.ONE_AFTER: _one_after, Stage.THREE_AFTER: _three_after}


def _above(connection: Connection, appeal: RowMapping, day: date) -> Routed:
    below = {appeal["official"]}
    return level_above(connection, appeal["office"], appeal["section"], below, day)


def _readers(connection: Connection, above: Routed, day: date) -> list[int]:
    """Return who is told at a level: its official or deputy, else the administrators."""
    return answering(connection, above.official, day) or administrators(connection)


def _line(part: Part, appeal: RowMapping, left: int) -> Line:
    due_on: date = appeal["due_on"]
    names = ("number", "topic", "region", "district")
    return Line(
        part, appeal["id"], due_on=due_on.isoformat(), left=left, **{n: appeal[n] for n in names}
    )


def _tell(connection: Connection, told: Iterable[_Told], day: date, now: datetime) -> None:
    """Queue one message a person with all cases of this run, the most pressing first."""
    by_person: dict[int, list[_Told]] = {}
    for each in told:
        by_person.setdefault(each.person, []).append(each)
    for person, mine in by_person.items():
        mine.sort(key=lambda each: (_ORDER[each.line.part], each.line.due_on, each.line.appeal))
        first = mine[0]
        key = f"reminder:{day}:{person}:{first.line.appeal}:{first.line.due_on}:{first.stage}"
        tell(connection, person, NOTICE, key, _payload(mine), now)


def _payload(told: list[_Told]) -> dict[str, Any]:
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
