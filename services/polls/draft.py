"""A poll while it is being composed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.delivery.target import Target
from services.polls.model import PollKind, Question
from services.polls.payload import question_from, question_json


@dataclass(frozen=True, slots=True)
class PollDraft:
    """What the operator has said so far; `version` grows with every change.

    Questions stand at their positions and may be unfinished; `services.polls.checking` tells
    what they lack. A poll of one question needs no title: it is called by its question.
    """

    id: str
    version: int = 0
    title_kk: str = ""
    title_ru: str = ""
    questions: tuple[Question, ...] = ()
    target: Target | None = None
    closes_at: datetime | None = None
    kind: PollKind = PollKind.SECRET
    # A class of services.polls.political; "" until it is chosen.
    topic_class: str = ""
    # What the law wants said of a political poll.
    legal: Mapping[str, str] | None = None
    # How many people a stratified random sample invites; None: everybody within the target.
    sample: int | None = None
    # Level of a margin → how many answers suffice.
    quotas: Mapping[str, Any] | None = None
    # A picture above the invitation: a Telegram file id.
    photo: str | None = None
    # Whether two officials' passphrases are needed to count.
    two_keys: bool = False
    # Whether only people with a confirmed phone number answer.
    verified: bool = False

    @property
    def title(self) -> tuple[str, str]:
        """Return what the poll is called, in Kazakh and in Russian."""
        if len(self.questions) == 1 and not self.title_kk:
            return self.questions[0].text_kk, self.questions[0].text_ru
        return self.title_kk, self.title_ru

    @property
    def complete(self) -> bool:
        """Tell whether nothing but a check of the questions is missing."""
        said = all(self.title) and bool(self.questions) and bool(self.topic_class)
        return said and self.target is not None and self.closes_at is not None

    def as_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        return {
            "id": self.id,
            "version": self.version,
            "title_kk": self.title_kk,
            "title_ru": self.title_ru,
            "questions": [question_json(question) for question in self.questions],
            "target": None if self.target is None else self.target.as_json(),
            "closes_at": None if self.closes_at is None else self.closes_at.isoformat(),
            "kind": self.kind.value,
            "topic_class": self.topic_class,
            "legal": None if self.legal is None else dict(self.legal),
            "sample": self.sample,
            "quotas": None if self.quotas is None else dict(self.quotas),
            "photo": self.photo,
            "two_keys": self.two_keys,
            "verified": self.verified,
        }

    @classmethod
    def of_json(cls, parts: Mapping[str, Any]) -> "PollDraft":
        """Return the draft that `as_json` wrote."""
        target, closes_at = parts["target"], parts["closes_at"]
        return cls(
            id=parts["id"],
            version=parts["version"],
            title_kk=parts["title_kk"],
            title_ru=parts["title_ru"],
            questions=tuple(question_from(one) for one in parts["questions"]),
            target=None if target is None else Target.of_json(target),
            closes_at=None if closes_at is None else datetime.fromisoformat(closes_at),
            kind=PollKind(parts["kind"]),
            topic_class=parts["topic_class"],
            legal=parts["legal"],
            sample=parts["sample"],
            quotas=parts["quotas"],
            photo=parts["photo"],
            two_keys=parts["two_keys"],
            # Drafts and requests of earlier days do not speak of it.
            verified=parts.get("verified", False),
        )
