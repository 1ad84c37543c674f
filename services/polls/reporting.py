"""Who may have the full report of a poll, and what goes into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.language import choose
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.named import Respondent
from services.polls.patterns import Pattern
from services.polls.political import withheld
from services.polls.pulse import patterns_of
from services.polls.reading import find_result
from services.polls.results import Result
from services.polls.themes import Mentions, themes_told
from services.refusal import N_, Refusal
from storage import polls as rows


@dataclass(frozen=True, slots=True)
class Closed:
    """A counted poll in a list."""

    id: int
    title_kk: str
    title_ru: str
    ended_at: datetime
    base: int

    def title(self, language: str) -> str:
        """Return what the poll is called."""
        return choose(language, self.title_kk, self.title_ru)


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """Counted polls, the newest first, and whether there are more."""

    polls: tuple[Closed, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """A result with the themes of its answers in words, by question.

    until: the voting day until which the law lets nobody publish it. respondents: who answered
    what in a named poll, where a second person let that out.
    """

    result: Result
    themes: Mapping[int, tuple[Mentions, ...]]
    until: date | None
    respondents: tuple[Respondent, ...] = ()
    # What was unusual in when the answers came.
    patterns: tuple[Pattern, ...] = ()


def closed_polls(connection: Connection, by: int, before: int, limit: int) -> ClosedPage:
    """Return a page of counted polls, from the one after `before` on (0: the newest).

    Raises Refusal for who does not work here.
    """
    authorise(connection, by, Deed.READ_REPORT)
    last = rows.find_poll(connection, before) if before else None
    key = (last["frozen_at"], last["id"]) if last is not None and last["frozen_at"] else None
    found = rows.counted_polls(connection, limit + 1, before=key)
    polls = (
        Closed(row["id"], row["title_kk"], row["title_ru"], row["frozen_at"], row["base"])
        for row in found[:limit]
    )
    return ClosedPage(tuple(polls), len(found) > limit)


def read_report(connection: Connection, by: int, poll_id: int, now: datetime) -> Reported:
    """Return everything that may be told of a counted poll: totals, of a named one too.

    Who answered what is in a file that a second person lets out (services.exports). Raises
    Refusal.
    """
    authorise(connection, by, Deed.READ_REPORT)
    result = find_result(connection, poll_id)
    if result is None:
        raise Refusal(N_("There is no such poll."))
    until = withheld(connection, result.poll.passport.topic_class, now)
    themes = themes_told(connection, poll_id)
    return Reported(result, themes, until, patterns=patterns_of(connection, result))
