"""What a digest says: numbers, codes and numbers of cases, never a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Case:
    """An open appeal by its number."""

    id: int
    number: str
    topic: str
    region: str
    district: str | None
    due_on: date


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many appeals came about a topic from a place; district "" where nobody named one.

    joined: how many people joined one that was there.
    """

    topic: str
    region: str
    district: str
    count: int
    joined: int = 0


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
    # Open and not distributed anywhere; only the secretariat counts them.
    unrouted: int = 0

    @property
    def empty(self) -> bool:
        """Tell whether the official answers for nothing on this day."""
        return not (self.sections or self.named)

    @property
    def quiet(self) -> bool:
        """Tell whether nothing happened and nothing presses: one line says it all."""
        happened = self.new or self.answered or self.unconfirmed
        presses = self.overdue or self.due_soon or self.disputed or self.named or self.unrouted
        return not (happened or presses)


_FACTS = TypeAdapter(DigestFacts)


def to_payload(facts: DigestFacts) -> dict[str, Any]:
    """Return the facts as JSON for the outbox."""
    payload: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return payload


def from_payload(payload: Mapping[str, Any]) -> DigestFacts:
    """Return the facts from the outbox."""
    return _FACTS.validate_python(dict(payload))
