"""What a change of an appeal adds to the counters that digests and reports read.

The numbers of an official are those of the answers given while they were responsible. A closing
by silence raises none of them, and a dispute counts against the answer it disputes.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.model import OPEN, AppealEvent, AppealStatus, Outcome
from services.calendar.calendar import load_calendar
from services.calendar.working_days import working_days_between
from services.clock import local_date
from storage import appeal_counters as rows

# Ratings from 1 to 5; these are bad.
BADLY_RATED = 2
# What took longer counts as this long: no median or percentile that matters lies there.
LONGEST = 250

_COUNTED = {
    AppealEvent.ANSWERED: "answered",
    AppealEvent.CONFIRMED: "confirmed",
    AppealEvent.DISPUTED: "disputed",
    AppealEvent.EXTENDED: "extended",
    AppealEvent.REDIRECTED: "redirected",
    AppealEvent.DECLINED: "declined",
    AppealEvent.WITHDRAWN: "withdrawn",
    AppealEvent.JOINED: "joined",
    AppealEvent.ESCALATED: "escalated",
}
_OF_THE_CLOSER = frozenset({"confirmed", "disputed", "unconfirmed", "rated"})

Appeal = Mapping[str, Any] | RowMapping


def closer_of(appeal: Appeal, day: date) -> dict[str, Any]:
    """Return the columns that an answer sets: who is responsible, and whether it is in time."""
    return {"closer": appeal["official"], "in_time": day <= appeal["due_on"]}


def count_change(
    connection: Connection, before: Appeal, after: Appeal, event: AppealEvent, now: datetime
) -> None:
    """Keep the counters: what happened on this day, and what is open by its due date."""
    day = local_date(now)
    more = _happened(before, after, event)
    if more:
        rows.count_day(connection, after, day, **more)
        _count_official(connection, before, after, event, day, more)
    if event is AppealEvent.ANSWERED:
        calendar = load_calendar(connection, day)
        took = working_days_between(after["counted_from"], day, calendar)
        rows.count_span(connection, after, day, min(max(took, 0), LONGEST))
    for row, change in ((before, -1), (after, 1)):
        if AppealStatus(row["status"]) in OPEN:
            rows.count_open(connection, row, change)


def _happened(before: Appeal, after: Appeal, event: AppealEvent) -> dict[str, int]:
    """Return what to add to the day."""
    if event is AppealEvent.RATED:
        return _rated(before["rating"], after["rating"])
    if event is AppealEvent.CLOSED and after["outcome"] == Outcome.UNCONFIRMED:
        return {"unconfirmed": 1}
    if event not in _COUNTED:
        return {}
    in_time = {"in_time": 1} if event is AppealEvent.ANSWERED and after["in_time"] else {}
    return {_COUNTED[event]: 1, **in_time}


def _rated(before: int | None, after: int) -> dict[str, int]:
    """Return what a rating adds; another one in its place is no second rating."""
    bad = int(after <= BADLY_RATED) - int(before is not None and before <= BADLY_RATED)
    return {"rated": int(before is None), "rating_sum": after - (before or 0), "badly_rated": bad}


def _count_official(
    connection: Connection,
    before: Appeal,
    after: Appeal,
    event: AppealEvent,
    day: date,
    more: Mapping[str, int],
) -> None:
    if event is AppealEvent.ANSWERED:
        official, names = after["closer"], {"answered", "in_time"}
    elif event is AppealEvent.ESCALATED:
        official, names = before["official"], {"escalated"}
    else:
        official, names = after["closer"], {*_OF_THE_CLOSER, "rating_sum"}
    counted = {name: number for name, number in more.items() if name in names}
    if event is AppealEvent.DISPUTED and after["in_time"]:
        counted["disputed_in_time"] = 1
    if official is not None and counted:
        rows.count_official(connection, official, day, **counted)
