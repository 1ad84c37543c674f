"""Lists of open appeals for those who look after the queue, and how long these lists are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, Select

from services.appeals.model import AppealStatus
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from storage import appeal_lists as rows
from storage import appeal_queue as queue
from storage.duties import on_duty

# Lists longer than this are long enough: nobody counts them further.
COUNTED = 100


class Listed(StrEnum):
    """Which appeals; REGION and TOPIC are narrowed by a code."""

    NONE = ""
    MINE = "mine"
    OVERDUE = "late"
    TODAY = "today"
    NEW = "new"
    UNROUTED = "lost"
    REGION = "region"
    TOPIC = "topic"
    # Not a list of its own: what a search has found.
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One line of a list: codes and dates, no personal data."""

    id: int
    number: str
    status: AppealStatus
    topic: str
    region: str
    district: str | None
    due_on: date
    urgent: bool
    joins: int
    assignee: int | None
    # The election campaign during which it came.
    campaign: int | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some lines of a list; `more` where others follow the last one."""

    lines: tuple[QueueLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What waits at the desk; the numbers of lists stop at COUNTED, those of dates do not.

    lent is the appeal that the actor has looked at and not touched, None where there is none.
    """

    waiting: int
    mine: int
    new: int
    unrouted: int
    open: int
    overdue: int
    today: int
    lent: int | None
    on_duty: bool


def desk_facts(connection: Connection, actor: int, now: datetime) -> DeskFacts:
    """Return what waits within the actor's reach, from counters and by index; raises Refusal."""
    bounds = authorise(connection, actor, Deed.READ_QUEUE).bounds
    due = queue.count_due(connection, local_date(now), bounds)
    return DeskFacts(
        waiting=queue.count_waiting(connection, COUNTED, bounds),
        mine=queue.count_of(connection, actor, COUNTED),
        new=queue.count_with_status(connection, AppealStatus.REGISTERED.value, COUNTED, bounds),
        unrouted=queue.count_unrouted(connection, COUNTED, bounds),
        open=due["open"],
        overdue=due["overdue"],
        today=due["today"],
        lent=queue.lent_to(connection, actor),
        on_duty=on_duty(connection, actor),
    )


def list_appeals(
    connection: Connection,
    actor: int,
    kind: Listed,
    of: str,
    today: date,
    *,
    after: tuple[date, int] | None,
    limit: int,
) -> QueuePage:
    """Return a page of a list, the earliest due first, from the (due_on, id) key on.

    `of` is the code of the region or topic, "" for the other lists. Nothing lies beyond the
    actor's reach but what they work on. Raises Refusal.
    """
    bounds = authorise(connection, actor, Deed.READ_QUEUE).bounds
    made = branches(kind, of, actor, today)
    if kind is not Listed.MINE:
        made = rows.bounded(made, bounds)
    found = rows.page(connection, made, after, limit + 1)
    return QueuePage(tuple(map(queue_line, found[:limit])), more=len(found) > limit)


def branches(kind: Listed, of: str, actor: int, today: date) -> tuple[Select[Any], ...]:
    """Return the statements that make up a list."""
    yesterday = today - timedelta(days=1)
    made: dict[Listed, Callable[[], tuple[Select[Any], ...]]] = {
        Listed.MINE: lambda: rows.of_person(actor),
        Listed.OVERDUE: lambda: rows.due_between(date.min, yesterday),
        Listed.TODAY: lambda: rows.due_between(today, today),
        Listed.UNROUTED: rows.unrouted,
        Listed.REGION: lambda: rows.of_region(of),
        Listed.TOPIC: lambda: rows.of_topic(of),
    }
    return made.get(kind, lambda: rows.with_status(AppealStatus.REGISTERED.value))()


def queue_line(row: RowMapping) -> QueueLine:
    """Return a row of a list as a line."""
    return QueueLine(**{**row, "status": AppealStatus(row["status"])})
