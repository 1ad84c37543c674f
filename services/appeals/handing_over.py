"""Handing over what is open when somebody leaves: to who is named, the successor, or the queue.

Citizens hear nothing of it, only the name on the card changes. What is closed keeps the name of
its time, and the history of what is open says from whom it came.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent
from services.appeals.recipients import answering, desk
from services.appeals.rights import where_of
from services.clock import local_date
from services.councils.routing import lead_of
from services.refusal import Refusal
from services.roadmap.responsibility import responsible_official, route_case
from storage import appeal_handovers as rows
from storage.outbox import tell
from storage.people import find_person

NOTICE = "handed_over"
BATCH = 500
# Cases that the message names; the others are counted.
NAMED = 5

# An official by code, or a member of staff by id.
Holder = str | int


@dataclass(frozen=True, slots=True)
class Handed:
    """How many appeals were handed over, how many of them nobody answers for now, and to whom."""

    count: int
    unanswered: int
    officials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Moved:
    appeal: RowMapping
    version: int
    official: str | None
    assignee: int | None


def hand_over(
    connection: Connection,
    leaving: Holder,
    to: Holder | None,
    now: datetime,
    limit: int = BATCH,
    *,
    keeps: Callable[[RowMapping], bool] | None = None,
) -> Handed:
    """Hand over what is open and belongs to who leaves, at most `limit` appeals.

    What names the official goes to `to`, else to whoever answers today by the routes, or leads
    the office it was passed on to; what the leaving person works on goes to `to`, else into the
    queue. The receivers are told how many there are and which press most. What the leaving
    person still may work on (keeps) stays with them.

    Key: (appeal, version).
    """
    day = local_date(now)
    people = _people(connection, leaving)
    receiver = _account(connection, to, day)
    if receiver in people:
        receiver = None
    moved: list[_Moved] = []
    for appeal in _open_of(connection, leaving, people, limit):
        if keeps is not None and keeps(appeal):
            continue
        official, assignee = appeal["official"], appeal["assignee"]
        if official == leaving:
            official = to if isinstance(to, str) else successor(connection, appeal, day)
        if assignee in people:
            assignee = None if receiver == appeal["barred"] else receiver
        moved += _move(connection, appeal, official, assignee, now)
    _tell(connection, leaving, moved, day, now)
    return _handed(moved)


def successor(connection: Connection, appeal: RowMapping, day: date) -> str | None:
    """Return who answers for the appeal now instead of whom it names, None where nobody else."""
    if appeal["level"]:
        office = appeal["office"]
        found = rows.head_of(connection, office) if office else None
        if found in {None, appeal["official"]} or is_the_sections(connection, appeal):
            found = responsible_official(connection, appeal["section"], day)
    elif appeal["council"] is not None:
        found = lead_of(connection, appeal["council"], day) or _routed(connection, appeal, day)
    else:
        found = _routed(connection, appeal, day)
    return None if found == appeal["official"] else found


def is_the_sections(connection: Connection, appeal: RowMapping) -> bool:
    """Tell whether the way up has led the appeal to whoever answers, or did, for its section."""
    official, office = appeal["official"], appeal["office"]
    if not appeal["level"] or official is None:
        return False
    if office is not None and rows.head_of(connection, office) == official:
        return False
    return rows.ever_held(connection, appeal["section"], official)


def still_responsible(connection: Connection, appeal: RowMapping, day: date) -> bool:
    """Tell whether the routes of this day name the appeal's own official, or its council does."""
    if appeal["council"] is not None:
        answers = lead_of(connection, appeal["council"], day)
    else:
        answers = _routed(connection, appeal, day)
    return bool(answers == appeal["official"])


def _routed(connection: Connection, appeal: RowMapping, day: date) -> str | None:
    place = (appeal["region"], appeal["district"])
    return route_case(connection, appeal["topic"], *place, day).official


def move_to_successors(
    connection: Connection, official: str, appeals: Iterable[RowMapping], now: datetime
) -> Handed:
    """Hand these appeals of an official to whoever answers today, and tell them.

    Key: (appeal, version).
    """
    day = local_date(now)
    moved = [
        each
        for appeal in appeals
        if appeal["official"] == official
        for each in _move(
            connection, appeal, successor(connection, appeal, day), appeal["assignee"], now
        )
    ]
    _tell(connection, official, moved, day, now)
    return _handed(moved)


def _move(
    connection: Connection,
    appeal: RowMapping,
    official: str | None,
    assignee: int | None,
    now: datetime,
) -> Iterator[_Moved]:
    if appeal["leased_until"] is not None and assignee == appeal["assignee"]:
        assignee = None  # only lent: nobody works on it
    values: dict[str, Any] = {"official": official}
    if assignee != appeal["assignee"]:
        values["assignee"] = assignee
    details = {"official": official, "assignee": assignee, "from": appeal["official"]}
    wanted = Change(AppealEvent.HANDED_OVER, values, details)
    with suppress(Refusal):  # somebody has answered it at this very moment
        version = change(connection, appeal, appeal["version"], None, wanted, now)
        yield _Moved(appeal, version, official, assignee)


def _open_of(
    connection: Connection, leaving: Holder, people: Sequence[int], limit: int
) -> list[RowMapping]:
    """Return the open appeals of who leaves, the most urgent first."""
    found = list(rows.open_of_assignees(connection, people, limit))
    if isinstance(leaving, str):
        found += rows.open_of_official(connection, leaving, None, limit)
    distinct = {row["id"]: row for row in found}
    return sorted(distinct.values(), key=_urgency)[:limit]


def _people(connection: Connection, leaving: Holder) -> Sequence[int]:
    return [leaving] if isinstance(leaving, int) else rows.holders_ever(connection, leaving)


def _account(connection: Connection, to: Holder | None, day: date) -> int | None:
    """Return the person who works on what is handed to `to`."""
    if to is None or isinstance(to, int):
        return to
    return next(iter(answering(connection, to, day)), None)


def _tell(
    connection: Connection,
    leaving: Holder,
    moved: Sequence[_Moved],
    day: date,
    now: datetime,
) -> None:
    by_person: dict[int, list[_Moved]] = {}
    for each in moved:
        if each.assignee is not None:
            people = [each.assignee]
        else:
            people = answering(connection, each.official, day) or desk(
                connection, where_of(each.appeal)
            )
        for person in people:
            by_person.setdefault(person, []).append(each)
    name = _name(connection, leaving)
    for person, mine in by_person.items():
        first = mine[0]
        payload = {
            **name,
            "count": len(mine),
            "cases": [_case(each.appeal) for each in mine[:NAMED]],
        }
        key = f"handover:{person}:{first.appeal['id']}:{first.version}"
        tell(connection, person, NOTICE, key, payload, now)


def _name(connection: Connection, leaving: Holder) -> dict[str, Any]:
    if isinstance(leaving, str):
        return {"official": leaving, "name": ""}
    person = find_person(connection, leaving)
    return {"official": None, "name": person["name"] if person else ""}


def _case(appeal: RowMapping) -> dict[str, Any]:
    names = ("number", "topic", "region", "district", "urgent")
    due_on: date = appeal["due_on"]
    case = {name: appeal[name] for name in names}
    return {**case, "appeal": appeal["id"], "due_on": due_on.isoformat()}


def _handed(moved: Sequence[_Moved]) -> Handed:
    officials = {each.official for each in moved if each.official is not None}
    unanswered = sum(each.official is None for each in moved)
    return Handed(len(moved), unanswered, tuple(sorted(officials)))


def _urgency(appeal: RowMapping) -> tuple[bool, date, int]:
    return not appeal["urgent"], appeal["due_on"], appeal["id"]
