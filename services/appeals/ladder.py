"""What a stage of the ladder brings about: who is told, and to whom the appeal is passed on.

Before the due date those who handle the appeal are reminded. One working day after it the next
level is told; three working days after it the appeal is passed on to that level, and the level
above that one is told. Every three working days more without an answer bring it one level higher:
from the district's office to the region's, to the central one, to the member of the Bureau who
answers for the section (services.roadmap.responsibility reads the levels from the offices). There
it stays, and the administrators hear of it once. Another due date, by an extension or a dispute,
begins the ladder anew from the level reached. The citizen is not told: the name on the card
changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

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
from services.appeals.rights import where_of
from services.appeals.stages import Stage
from services.clock import local_date
from services.roadmap.responsibility import (
    Routed,
    acting,
    level_above,
    responsible_official,
    stands_for,
)
from storage import appeal_reminders as rows
from storage.appeal_queue import find_to_change


class Part(StrEnum):
    """Why somebody is told of a case; the most pressing first."""

    # Passed on to the reader.
    TAKEN = "taken"
    # Passed on to the level below the reader.
    RAISED = "raised"
    # Late, and nobody is above; for the administrators.
    TOP = "top"
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
    step = _before
    if stage >= Stage.ONE_AFTER:
        step = _one_after if stage == Stage.ONE_AFTER else _pass_on
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


def _pass_on(
    connection: Connection, appeal: RowMapping, stage: Stage, left: int, now: datetime
) -> Iterator[Told]:
    """Pass the appeal on, unless somebody has answered or extended it at this very moment."""
    day = local_date(now)
    locked = find_to_change(connection, appeal["id"])
    if locked is None or AppealStatus(locked["status"]) not in OPEN:
        return
    due_on = locked["due_on"]
    if due_on != appeal["due_on"]:
        return
    above = _above(connection, locked, day)
    at_the_top = rows.nobody_above(connection, locked["id"], due_on)
    if not rows.claim(connection, locked["id"], due_on, stage, above.official, now):
        return
    line = partial(_line, appeal=locked, left=left)
    if above.official is None:
        for person in [] if at_the_top else administrators(connection):
            yield Told(person, stage, line(Part.TOP))
        return
    before = working_on(connection, locked, day)
    _move_up(connection, locked, above, stage, now)
    taking = answering(connection, above.official, day, {locked["barred"]}) or desk(
        connection, where_of(locked)
    )
    higher = _above(connection, {**locked, **_named(above), "level": locked["level"] + 1}, day)
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


def _above(connection: Connection, appeal: Mapping[str, Any] | RowMapping, day: date) -> Routed:
    """Return who is above the appeal's official; the official is None where nobody is.

    Nobody who acts for the official, and nobody above the member of the Bureau to whom the ladder
    has led.
    """
    office, official, section = appeal["office"], appeal["official"], appeal["section"]
    if official is None:
        return level_above(connection, office, section, {None}, day)
    if appeal["level"] and official == responsible_official(connection, section, day):
        return Routed(office, None)
    present = acting(connection, official, day)
    below = {official, *stands_for(connection, present, day)}
    return level_above(connection, office, section, below, day)


def _readers(connection: Connection, above: Routed, day: date) -> list[int]:
    """Return who is told at a level: its official or deputy, else the administrators."""
    return answering(connection, above.official, day) or administrators(connection)


def _line(part: Part, appeal: RowMapping, left: int) -> Line:
    due_on: date = appeal["due_on"]
    names = ("number", "topic", "region", "district")
    return Line(
        part, appeal["id"], due_on=due_on.isoformat(), left=left, **{n: appeal[n] for n in names}
    )


def _named(above: Routed) -> dict[str, str | None]:
    return {"office": above.office, "official": above.official}


def _move_up(
    connection: Connection, appeal: RowMapping, above: Routed, stage: Stage, now: datetime
) -> None:
    """Pass the appeal on to the level above; nobody works on it then."""
    named = _named(above)
    wanted = Change(
        AppealEvent.ESCALATED,
        {**named, "level": appeal["level"] + 1, "assignee": None},
        {**named, "from": appeal["official"], "assignee": None, "stage": stage.value},
    )
    change(connection, appeal, appeal["version"], None, wanted, now)
