"""What wants a story now: for the list of those who write them, and for the executive secretary.

The digest of who answers for everything says it on Mondays, and for a week and a month.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from services.clock import ALMATY, local_date
from services.digests.model import Period
from services.digests.notes import Note, NoteItem, NoteKind
from services.people.deeds import Deed
from services.people.rights import authorise
from services.stories.model import TieKind
from services.stories.wanting import (
    FORGOTTEN,
    PATIENCE,
    QUARTER,
    ClosedPoll,
    Voices,
    polls_wanting,
    topics_wanting,
)
from services.text.length import shortened
from storage import story_wanting as rows
from storage.organisation import topics
from storage.stories import tied_since

if TYPE_CHECKING:
    from services.digests.party import Reader

_NAMED = 3  # of each kind
_TITLE = 60
_MONDAY = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What wants a story."""

    polls: tuple[ClosedPoll, ...]
    topics: tuple[Voices, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.polls) + len(self.topics)


def what_wants(connection: Connection, today: date) -> Wanted:
    """Return what wants a story on this day (a query)."""
    told = tied_since(connection, TieKind.POLL.value, None)
    begin, end = _midnight(today - FORGOTTEN), _midnight(today - PATIENCE)
    polls = [
        ClosedPoll(
            row["id"],
            row["title_kk"],
            row["title_ru"],
            local_date(row["frozen_at"]),
            row["done_at"] is not None or str(row["id"]) in told,
        )
        for row in rows.counted_between(connection, begin, end)
    ]
    quarter = today - QUARTER
    lately = tied_since(connection, TieKind.TOPIC.value, _midnight(quarter))
    voices = [
        Voices(topic, people, topic in lately)
        for topic, people in rows.voices(connection, quarter, today)
    ]
    return Wanted(polls_wanting(polls, today), topics_wanting(voices))


def list_wanted(connection: Connection, actor: int, now: datetime) -> Wanted:
    """Return what wants a story now (a query); raises Refusal for who writes none."""
    authorise(connection, actor, Deed.WRITE_STORY)
    return what_wants(connection, local_date(now))


def story_notes(connection: Connection, reader: "Reader") -> Iterator[Note]:
    """Yield what wants a story, to who answers for everything."""
    if not reader.scope.everything:
        return
    if reader.period is Period.DAILY and reader.day.weekday() != _MONDAY:
        return
    wanted = what_wants(connection, reader.day)
    if not wanted.count:
        return
    names = {row["code"]: (row["name_kk"], row["name_ru"]) for row in topics(connection)}
    polls = tuple(
        NoteItem(
            f"{TieKind.POLL}:{one.poll}",
            shortened(one.title_kk, _TITLE),
            shortened(one.title_ru, _TITLE),
        )
        for one in wanted.polls[:_NAMED]
    )
    loud = tuple(
        NoteItem(f"{TieKind.TOPIC}:{one.topic}", *names[one.topic], count=one.people)
        for one in wanted.topics[:_NAMED]
        if one.topic in names
    )
    yield Note(NoteKind.STORIES_WANTED, wanted.count, polls + loud)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ALMATY)
