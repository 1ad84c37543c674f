"""Unusual patterns in when answers to a poll came: statistics, never a verdict about anybody.

Only counts are looked at, of ten answers and more: of a minute, of one second, and of a minute
from newcomers (who joined after the poll's launch, or within the hour before they answered). No
answer, no person and no time of anybody's answer is known here.

A count is unusual where both hold:

- it is at least three times what is usual around it. Usual for a minute is the larger of the
  means of the half hours before and after, so that a wave that begins suddenly and ebbs away
  slowly, as after television, is not unusual; minutes whose count is not kept count as nine, the
  most that they can hold. Usual for a second is what the rest of its minute had. While an
  invitation is being sent and for two hours afterwards, it is at least the pace of that mailing:
  more people cannot have been prompted.
- chance explains it with less than 1 in 1,000 for the whole poll: Chernoff's bound for a Poisson
  variable, P(X ≥ k) ≤ exp(k − λ − k·ln(k/λ)), with Bonferroni's correction for the number of
  minutes or seconds of the poll. (Mitzenmacher and Upfal, Probability and Computing, 5.4.)

The factor of three stands for what a Poisson variable does not know: families, classes and
meetings answer together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from math import log

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
# Smaller counts are kept nowhere.
KEPT_FROM = 10
# Who joined less than so long before answering is a newcomer.
NEWCOMER = timedelta(hours=1)
# What is looked at before and after a minute.
AROUND = 30
TIMES = 3
CHANCE = 0.001
# Most of those who answer an invitation do so within this time (the bot's own polls).
ECHO = timedelta(hours=2)
_SECONDS = 60  # of a minute


class Kind(StrEnum):
    """What is counted."""

    MINUTE = "minute"
    SECOND = "second"
    NEWCOMERS = "newcomers"


@dataclass(frozen=True, slots=True)
class Count:
    """How many answers came in the minute or second that begins here."""

    kind: Kind
    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Announcement:
    """A mailing that asked people to answer, and how many a minute it reached."""

    begins: datetime
    ends: datetime
    per_minute: float


@dataclass(frozen=True, slots=True)
class Flag:
    """An unusual count, and what was usual around it."""

    kind: Kind
    at: datetime
    count: int
    usual: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """How often a kind of count was unusual, and where it was most."""

    kind: Kind
    times: int
    largest: Flag


def patterns(
    counts: Sequence[Count],
    begins: datetime,
    ends: datetime,
    announcements: Sequence[Announcement] = (),
) -> tuple[Pattern, ...]:
    """Return what is unusual in the counts of a poll that took answers from begins to ends."""
    flags = list(unusual(counts, begins, ends, announcements))
    found = []
    for kind in Kind:
        of_kind = [flag for flag in flags if flag.kind is kind]
        if of_kind:
            largest = max(of_kind, key=lambda flag: (flag.count, flag.at))
            found.append(Pattern(kind, len(of_kind), largest))
    return tuple(found)


def unusual(
    counts: Sequence[Count],
    begins: datetime,
    ends: datetime,
    announcements: Sequence[Announcement] = (),
) -> Iterable[Flag]:
    """Yield the unusual counts; see the top of this module."""
    minutes = {one.at: one.count for one in counts if one.kind is Kind.MINUTE}
    around = {
        kind: _Around([one for one in counts if one.kind is kind], begins, ends)
        for kind in (Kind.MINUTE, Kind.NEWCOMERS)
    }
    cells = max(1, (ends - begins) // MINUTE)
    for one in counts:
        if one.kind is Kind.SECOND:
            usual = _rest_of_minute(one, minutes)
            usual = max(usual, _prompted(one.at, announcements) / _SECONDS)
            whole = cells * _SECONDS
        elif one.count < TIMES * (KEPT_FROM - 1):
            continue  # what is not kept may have been as much
        else:
            usual = max(around[one.kind].usual(one.at), _prompted(one.at, announcements))
            whole = cells
        if is_unusual(one.count, usual, whole):
            yield Flag(one.kind, one.at, one.count, usual)


def is_unusual(count: int, usual: float, cells: int) -> bool:
    """Tell whether chance leaves no room for this count among so many cells; usual is not 0."""
    if count < KEPT_FROM or count < TIMES * usual:
        return False
    return count * log(count / usual) - (count - usual) > log(cells / CHANCE)


def _rest_of_minute(one: Count, minutes: Mapping[datetime, int]) -> float:
    whole = minutes.get(one.at.replace(second=0, microsecond=0), 0)
    return max(whole - one.count, KEPT_FROM - 1) / (_SECONDS - 1)


class _Around:
    """What is usual around each minute of one series, from its running sum."""

    def __init__(self, counts: Sequence[Count], begins: datetime, ends: datetime) -> None:
        self._first = begins.replace(second=0, microsecond=0)
        self._length = max(1, -((self._first - ends) // MINUTE))
        values = [KEPT_FROM - 1] * self._length
        for one in counts:
            number = (one.at - self._first) // MINUTE
            if 0 <= number < self._length:
                values[number] = one.count
        self._sums = [0, *accumulate(values)]

    def usual(self, at: datetime) -> float:
        """Return the larger of the means of the half hours before and after."""
        number = (at - self._first) // MINUTE
        before = self._mean(number - AROUND, number)
        after = self._mean(number + 1, number + 1 + AROUND)
        return max(before, after, KEPT_FROM - 1)

    def _mean(self, first: int, last: int) -> float:
        first, last = (min(max(each, 0), self._length) for each in (first, last))
        return (self._sums[last] - self._sums[first]) / (last - first) if last > first else 0


def _prompted(at: datetime, announcements: Iterable[Announcement]) -> float:
    return sum(
        one.per_minute for one in announcements if one.begins - MINUTE < at <= one.ends + ECHO
    )
