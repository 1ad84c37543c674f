"""«You said, we did»: what people said, what was done about it, and to what it is tied."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from services.language import choose
from services.text.length import shortened

MOST_TIES = 10
_LABEL = 60


class StoryStatus(StrEnum):
    """How far a story has come."""

    # It came by a table and waits for somebody to look at it.
    PREPARED = "prepared"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class TieKind(StrEnum):
    """To what a story is tied: people took part in each in their own way."""

    # By the poll's number.
    POLL = "poll"
    # By the topic's code; those who wrote about it at the story's place.
    TOPIC = "topic"
    # By the proposal's id.
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """One thing that people took part in: its kind, and its number or code."""

    kind: TieKind
    ref: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A story before it is published; no region is the whole country. Texts are plain."""

    said_kk: str = ""
    said_ru: str = ""
    did_kk: str = ""
    did_ru: str = ""
    # A Telegram file id.
    photo: str | None = None
    region: str | None = None
    district: str | None = None
    ties: tuple[Tie, ...] = ()

    def of(self, kind: TieKind) -> tuple[str, ...]:
        """Return the numbers or codes of the ties of one kind."""
        return tuple(tie.ref for tie in self.ties if tie.kind is kind)

    def said(self, language: str) -> str:
        """Return what people said."""
        return choose(language, self.said_kk, self.said_ru)

    def did(self, language: str) -> str:
        """Return what was done."""
        return choose(language, self.did_kk, self.did_ru)

    def title(self, language: str) -> str:
        """Return what it is called in lists: the beginning of what people said."""
        return shortened(" ".join(self.said(language).split()), _LABEL)

    def tied(self, tie: Tie, *, tied: bool) -> "Draft":
        """Return the draft with or without a tie."""
        others = tuple(one for one in self.ties if one != tie)
        return replace(self, ties=(*others, tie) if tied else others)

    def as_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        ties = [[tie.kind.value, tie.ref] for tie in self.ties]
        return asdict(self) | {"ties": ties}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Draft":
        """Return the draft that `as_json` wrote; further keys are passed over."""
        values = {name: kept[name] for name in cls.__slots__ if name != "ties"}
        return cls(**values, ties=tuple(Tie(TieKind(kind), ref) for kind, ref in kept["ties"]))


@dataclass(frozen=True, slots=True)
class Story:
    """A story as the tables hold it."""

    id: int
    draft_id: str
    status: StoryStatus
    version: int
    words: Draft
    created_by: int | None
    published_at: datetime | None
    mailing_id: int | None

    @property
    def shown_from(self) -> datetime:
        """Return since when lists show it; raises ValueError for one that is not published."""
        if self.published_at is None:
            raise ValueError("it is not published")
        return self.published_at


def story_of(row: RowMapping, ties: Sequence[Tie]) -> Story:
    """Return the story in a row of the table."""
    return Story(
        id=row["id"],
        draft_id=row["draft_id"],
        status=StoryStatus(row["status"]),
        version=row["version"],
        words=Draft(
            said_kk=row["said_kk"],
            said_ru=row["said_ru"],
            did_kk=row["did_kk"],
            did_ru=row["did_ru"],
            photo=row["photo"],
            region=row["region"],
            district=row["district"],
            ties=tuple(ties),
        ),
        created_by=row["created_by"],
        published_at=row["published_at"],
        mailing_id=row["mailing_id"],
    )
