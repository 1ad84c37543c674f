"""What a digest says: numbers, codes and numbers of cases, never a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from services.digests.notes import Note
from services.roadmap.scope import Area


@dataclass(frozen=True, slots=True)
class Case:
    """An open appeal by its number."""

    id: int
    number: str
    topic: str
    region: str
    district: str | None
    due_on: date
    # The election campaign during which it came.
    campaign: int | None = None


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many appeals came about a topic from a place; district "" where nobody named one.

    joined: how many people joined one that was there. before: how many came and joined in an
    average week of the four before; None where there are no four weeks to look back on.
    """

    topic: str
    region: str
    district: str
    count: int
    joined: int = 0
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on these days of the week, over `weeks` of the four weeks before.

    new and answered are averages of the same days; open and overdue those of the digests of the
    same weekday, None where there was none of the same scope.
    """

    weeks: int
    new: float
    answered: float
    open: float | None = None
    overdue: float | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A topic in a place at three times its four-week mean or more, and at least 10 cases.

    count: appeals and joins of the last seven days; mean: in a week of the four before.
    """

    topic: str
    region: str
    district: str
    count: int
    mean: float


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a citizen that a moderator let others read."""

    text: str
    language: str
    topic: str
    region: str


@dataclass(frozen=True, slots=True)
class UnreadDigest:
    """A digest that nobody has confirmed to have read two working days after it came."""

    official: str
    day: date


class Gap(StrEnum):
    """What the numbers do not tell."""

    # Fewer than four weeks to compare with.
    YOUNG = "young"
    # Appeals of the last seven days without a district.
    NO_DISTRICT = "no_district"
    # Appeals that no office takes or nobody answers for.
    UNROUTED = "unrouted"


class Headline(StrEnum):
    """What the first sentence says; services.digests.headline chooses."""

    SIGNAL = "signal"
    MORE_OVERDUE = "more_overdue"
    MORE_NEW = "more_new"
    FEWER_NEW = "fewer_new"
    MORE_ANSWERED = "more_answered"
    FEWER_ANSWERED = "fewer_answered"
    MORE_OPEN = "more_open"
    # Nothing has changed much: the most pressing thing there is.
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    NEW = "new"
    DISPUTED = "disputed"
    NAMED = "named"
    UNROUTED = "unrouted"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class RunningPoll:
    """A poll under way: participation only, in whole tens."""

    id: int
    question_kk: str
    question_ru: str
    participation: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One official's sections on one day.

    new and answered count the days since … until (the last digest's day to yesterday); overdue
    is due before `day`; due_soon is due from `day` to `soon`; topics count topics_since … until.
    """

    official: str
    day: date
    sections: tuple[str, ...]
    since: date
    until: date
    new: int
    answered: int
    open: int
    overdue: int
    due_soon: int
    soon: date
    oldest_overdue: Case | None
    next_due: Case | None
    topics_since: date
    topics: tuple[TopicCount, ...]
    polls: tuple[RunningPoll, ...]
    # Open because a citizen says that an answer did not help, and nobody has begun again.
    disputed: int = 0
    # Closed since … until by silence alone: nobody said that the matter is solved.
    unconfirmed: int = 0
    # New ones that nobody has begun with.
    fresh: int = 0
    # Open in the sections of others, passed on to this official by name.
    named: int = 0
    # Open and not distributed anywhere; only the executive secretary counts them.
    unrouted: int = 0
    # Mandates of the election campaigns that run; told to who answers for everything.
    mandates: int = 0
    # What the official answers for: the areas of services.roadmap.scope; a digest of another
    # scope is not compared with this one.
    areas: tuple[Area, ...] = ()
    everything: bool = False
    headline: Headline = Headline.ANSWERED
    usual: Usual | None = None
    signals: tuple[Signal, ...] = ()
    # Ratings of 1 or 2 and passings on to the next level since … until.
    badly_rated: int = 0
    escalated: int = 0
    quote: Quote | None = None
    gaps: tuple[tuple[Gap, int], ...] = ()
    # Own indicators that are behind plan or overdue, and own ones with a stale report.
    behind: int = 0
    silent: int = 0
    # What the reader gave to others or took on, and is late.
    late_errands: int = 0
    unread: tuple[UnreadDigest, ...] = ()
    # Of the party's own life: services.digests.party.
    party: tuple[Note, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether the official answers for nothing on this day."""
        return not (self.sections or self.areas or self.named)

    @property
    def quiet(self) -> bool:
        """Tell whether nothing happened and nothing presses: one line says it all."""
        happened = self.new or self.answered or self.unconfirmed
        presses = self.overdue or self.due_soon or self.disputed or self.named or self.unrouted
        told = self.signals or self.badly_rated or self.escalated or self.behind or self.unread
        return not (happened or presses or told or self.late_errands or self.party)


_FACTS = TypeAdapter(DigestFacts)


def to_payload(facts: DigestFacts) -> dict[str, Any]:
    """Return the facts as JSON for the outbox."""
    payload: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return payload


def from_payload(payload: Mapping[str, Any]) -> DigestFacts:
    """Return the facts from the outbox."""
    return _FACTS.validate_python(dict(payload))
