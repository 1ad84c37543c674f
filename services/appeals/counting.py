"""What a change of an appeal adds to the counters that digests and reports read.

The numbers of an official are those of the answers given while they were responsible. A closing
by silence raises none of them, and a dispute counts against the answer it disputes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from services.appeals.model import AppealEvent, Outcome

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
# What is counted besides where the answer was given by its due date.
_IN_TIME = {AppealEvent.ANSWERED: "in_time", AppealEvent.DISPUTED: "disputed_in_time"}
_OF_AN_ANSWER = frozenset({"answered", "in_time"})
_OF_A_STEP = frozenset({"escalated"})
_OF_THE_CLOSER = frozenset(
    {"confirmed", "disputed", "disputed_in_time", "unconfirmed", "rated", "rating_sum"}
)

Appeal = Mapping[str, Any] | RowMapping


def closer_of(appeal: Appeal, day: date) -> dict[str, Any]:
    """Return the columns that an answer sets: who is responsible, and whether it is in time."""
    return {"closer": appeal["official"], "in_time": day <= appeal["due_on"]}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a change adds: to the day of its place, to the day of an official, by column."""

    day: Mapping[str, int]
    official: str | None = None
    of_official: Mapping[str, int] = field(default_factory=dict)


def counted(before: Appeal, after: Appeal, event: AppealEvent) -> Counted:
    """Return what a change of an appeal adds to the counters of its day."""
    more = _happened(before, after, event)
    if event is AppealEvent.ANSWERED:
        official, names = after["closer"], _OF_AN_ANSWER
    elif event is AppealEvent.ESCALATED:
        official, names = before["official"], _OF_A_STEP
    else:
        official, names = after["closer"], _OF_THE_CLOSER
    own = {name: number for name, number in more.items() if name in names}
    return Counted(more, official, own) if official is not None and own else Counted(more)


def _happened(before: Appeal, after: Appeal, event: AppealEvent) -> dict[str, int]:
    """Return what to add to the day."""
    if event is AppealEvent.RATED:
        return _rated(before["rating"], after["rating"])
    if event is AppealEvent.CLOSED and after["outcome"] == Outcome.UNCONFIRMED:
        return {"unconfirmed": 1}
    if event not in _COUNTED:
        return {}
    in_time = _IN_TIME.get(event) if after["in_time"] else None
    return {_COUNTED[event]: 1, **({in_time: 1} if in_time else {})}


def _rated(before: int | None, after: int) -> dict[str, int]:
    """Return what a rating adds; another one in its place is no second rating."""
    bad = int(after <= BADLY_RATED) - int(before is not None and before <= BADLY_RATED)
    return {"rated": int(before is None), "rating_sum": after - (before or 0), "badly_rated": bad}
