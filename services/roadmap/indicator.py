"""An indicator of the Road Map: plan, fact, per cent, and whether it is behind plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from services.organisation.directory import Named

# A report older than this is asked for again.
STALE = timedelta(days=30)
# Behind plan: this many points under what an even pace would have brought by today.
BEHIND = Decimal(10)
_HUNDRED = Decimal(100)


class Level(StrEnum):
    """How far an indicator reaches."""

    REPUBLIC = "republic"
    REGION = "region"
    DISTRICT = "district"


class State(StrEnum):
    """How an indicator stands, the most pressing first."""

    # The due date is past and the plan is not reached.
    OVERDUE = "overdue"
    BEHIND = "behind"
    # Nobody has reported anything, or not for STALE.
    SILENT = "silent"
    ON_TRACK = "on_track"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Indicator(Named):
    """What is to be reached between begins_on and due_on, in a unit.

    Where `plan` is less than `start`, less is better. region and district are KATO prefixes, set
    as `level` says. topics: which topics of appeals speak of it; none means all of its section.
    """

    section: str
    position: int
    unit_kk: str
    unit_ru: str
    start: Decimal
    plan: Decimal
    begins_on: date
    due_on: date
    level: Level
    region: str | None
    district: str | None
    version: int = 1
    retired: bool = False
    topics: tuple[str, ...] = ()


def per_cent(indicator: Indicator, fact: Decimal) -> Decimal:
    """Return how much of the way from start to plan is gone, in whole per cent; may exceed 100.

    0 where it went the other way; never 100 before the plan is reached.
    """
    way = indicator.plan - indicator.start
    gone = (fact - indicator.start) / way * _HUNDRED
    rounded = max(Decimal(0), gone.quantize(Decimal(1), ROUND_HALF_EVEN))
    return rounded if gone >= _HUNDRED else min(rounded, _HUNDRED - 1)


def expected(indicator: Indicator, day: date) -> Decimal:
    """Return the per cent that an even pace would have brought by the end of this day."""
    if day >= indicator.due_on:
        return _HUNDRED
    span = (indicator.due_on - indicator.begins_on).days + 1
    gone = max(0, (day - indicator.begins_on).days + 1)
    return Decimal(gone) / Decimal(span) * _HUNDRED


def state(
    indicator: Indicator, fact: Decimal | None, reported_on: date | None, day: date
) -> State:
    """Return how an indicator stands on a day with its newest fact, None where there is none."""
    gone = Decimal(0) if fact is None else per_cent(indicator, fact)
    if gone >= _HUNDRED:
        return State.REACHED
    if day > indicator.due_on:
        return State.OVERDUE
    if gone < expected(indicator, day) - BEHIND:
        return State.BEHIND
    since = indicator.begins_on if reported_on is None else reported_on
    if day - since > STALE:
        return State.SILENT
    return State.ON_TRACK
