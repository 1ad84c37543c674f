"""Proposals of citizens on the public board: what they are, and in which state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from services.language import Language, choose


class ProposalStatus(StrEnum):
    """In which state a proposal is."""

    WAITING = "waiting"  # for a moderator
    REFUSED = "refused"  # a moderator did not let it out
    WITHDRAWN = "withdrawn"  # by its author
    PUBLISHED = "published"
    ACCEPTED = "accepted"
    DOING = "doing"
    DONE = "done"
    DECLINED = "declined"
    MERGED = "merged"  # into another one that says the same


class RefusedFor(StrEnum):
    """Why a moderator did not let a proposal out."""

    NO_PROPOSAL = "no_proposal"
    PERSONAL = "personal"
    INSULT = "insult"
    ADVERTISING = "advertising"
    AGITATION = "agitation"
    UNCLEAR = "unclear"


# Everybody sees these on the board.
PUBLIC = frozenset(
    {
        ProposalStatus.PUBLISHED,
        ProposalStatus.ACCEPTED,
        ProposalStatus.DOING,
        ProposalStatus.DONE,
        ProposalStatus.DECLINED,
    }
)
# Nothing more becomes of the others: they take no support.
SUPPORTED = frozenset({ProposalStatus.PUBLISHED, ProposalStatus.ACCEPTED, ProposalStatus.DOING})


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in a list; key is by what the list is ordered."""

    id: int
    number: str
    titles: tuple[str, str]
    topic: str
    region: str | None
    district: str | None
    status: ProposalStatus
    supports: int

    def title(self, language: str) -> str:
        """Return what it is called."""
        return choose(language, *self.titles)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo or document on Telegram's servers that shows that it is done."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of the public history, and what was said of it in both languages."""

    status: ProposalStatus
    at: datetime
    notes: tuple[str, str]

    def note(self, language: str) -> str:
        """Return what was said."""
        return choose(language, *self.notes)


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal as everybody may read it; nothing tells whose it is.

    own and supported are the reader's; evidence tells how many files show that it is done.
    """

    line: Line
    words: str
    language: Language
    section: str
    version: int
    published_at: datetime
    answers: tuple[str, str] | None
    answered_at: datetime | None
    official: str | None
    own: bool
    supported: bool
    evidence: int

    def answer(self, language: str) -> str:
        """Return the newest official answer, "" where there is none."""
        return choose(language, *self.answers) if self.answers else ""


def titles_of(row: RowMapping | Mapping[str, Any]) -> tuple[str, str]:
    """Return the titles of a row in Kazakh and Russian; one stands for a missing other."""
    own = row["title"] or ""
    other = row["title_other"] or own
    return (own, other) if row["language"] == Language.KAZAKH else (other, own)


def line_of(row: RowMapping) -> Line:
    """Return a row as a line of a list."""
    return Line(
        row["id"],
        row["number"] or "",
        titles_of(row),
        row["topic"],
        row["region"],
        row["district"],
        ProposalStatus(row["status"]),
        row["supports"],
    )
