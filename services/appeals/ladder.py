"""What a stage of the ladder brings about: who is told, and to whom the appeal is passed on.

Before the due date those who handle the appeal are reminded. One working day after it the next
level is told, three working days after it the appeal is passed on to that level, and the level
above that one is told. The citizen is not told: the name on the card changes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import OPEN, AppealEvent, AppealStatus
from services.appeals.recipients import (
    administrators,
    answering,
    desk,
    handlers_of,
    working_on,
)
from services.appeals.stages import Stage
from services.clock import local_date
from services.roadmap.responsibility import Routed, level_above
from storage import appeal_reminders as rows
from storage.appeal_queue import find_to_change


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
class Told:
    """A case of which a person is told."""

    person: int
    stage: Stage
    line: Line


def give_stage(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> list[Told]:
    """Give one stage of one appeal; whom it concerns, nobody where it is given already.

    left: working days to the due date.

    Key: (appeal, due date, stage).
    """
    step = _STEPS.get(stage, _before)
    return list(step(connection, appeal, stage, left, now))


def _before(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[Told]:
    if rows.claim(connection, appeal["id"], appeal["due_on"], stage, None, now):
        line = _line(Part.DUE, appeal, left)
        for person in handlers_of(connection, appeal, local_date(now)):
            yield Told(person, stage, line)


def _one_after(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[Told]:
    day = local_date(now)
    above = _above(connection, appeal, day)
    if rows.claim(connection, appeal["id"], appeal["due_on"], stage, above.official, now):
        line = _line(Part.LATE, appeal, left)
        for person in _readers(connection, above, day):
            yield Told(person, stage, line)


def _three_after(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[Told]:
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
            yield Told(person, stage, line(Part.LATE))
        return
    before = working_on(connection, locked, day)
    _pass_on(connection, locked, above, stage, now)
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
                yield Told(person, stage, line(part))


_Step = Callable[[Connection, RowMapping, Stage, int, datetime], Iterator[Told]]
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


def _pass_on(
    connection: Connection, appeal: RowMapping, above: Routed, stage: Stage, now: datetime
) -> None:
    """Pass the appeal on to the level above; nobody works on it then."""
    named = {"office": above.office, "official": above.official}
    wanted = Change(
        AppealEvent.ESCALATED,
        {**named, "level": appeal["level"] + 1, "assignee": None},
        {**named, "from": appeal["official"], "assignee": None, "stage": stage.value},
    )
    change(connection, appeal, appeal["version"], None, wanted, now)
