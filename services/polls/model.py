"""What a poll is, once launched."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.language import choose


class PollStatus(StrEnum):
    """How far a poll has come; it only moves forward."""

    # Answers are taken.
    OPEN = "open"
    # No more answers; they are being opened and counted.
    CLOSING = "closing"
    # Results are written and ballots deleted; keys and their traces are being destroyed.
    COUNTED = "counted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `position` counts from 0."""

    position: int
    text_kk: str
    text_ru: str
    difficult: bool = False

    def text(self, language: str) -> str:
        """Return the words in this language."""
        return choose(language, self.text_kk, self.text_ru)


@dataclass(frozen=True, slots=True)
class Poll:
    """What everybody may know; it never changes after the launch."""

    id: int
    question_kk: str
    question_ru: str
    options: tuple[Option, ...]
    # KATO prefix of the region whose people may answer; None for everybody.
    region: str | None
    launched_at: datetime
    closes_at: datetime

    def question(self, language: str) -> str:
        """Return the question in this language."""
        return choose(language, self.question_kk, self.question_ru)


@dataclass(frozen=True, slots=True)
class Launched:
    """A poll with how far it has come and where its key is."""

    poll: Poll
    status: PollStatus
    # Names the key file.
    draft_id: str
    public_key: bytes
    created_by: int
    # When answers stopped being taken; None while they are.
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Running:
    """A poll that takes answers, as staff see it: participation and no counts."""

    poll: Poll
    # In whole tens.
    participation: int


@dataclass(frozen=True, slots=True)
class Result:
    """A counted poll. `votes` by option, None where so few answered that they are not kept."""

    poll: Poll
    base: int
    votes: tuple[int, ...] | None
    ended_at: datetime

    @property
    def closed_early(self) -> bool:
        """Tell whether answers stopped before the announced time."""
        return self.ended_at < self.poll.closes_at
