"""When answers come, in counts: in memory by process, in the database from ten up only.

Nothing here is put beside a ballot. Of the present minute each process knows which tags it has
counted, so that a changed answer is no second one; that is forgotten with the minute. What ends
up in the database is «in this minute so many», where so many is ten at least in one process:
nobody can tell from it who took part.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from services.people.model import Person
from services.polls.model import Poll
from services.polls.patterns import (
    KEPT_FROM,
    NEWCOMER,
    Announcement,
    Count,
    Kind,
    Pattern,
    patterns,
)
from services.polls.results import Result
from storage import poll_patterns as rows

# After a start the answers come that waited meanwhile, all at once: they say nothing of people.
_SETTLING = timedelta(minutes=2).seconds
_MINUTE = 60  # seconds
_SHORTEST = timedelta(minutes=1)


@dataclass(slots=True)
class _Minute:
    """What came to one poll in one minute; seconds and minutes are those of the epoch."""

    number: int
    seen: set[bytes] = field(default_factory=set)
    newcomers: int = 0
    seconds: dict[int, int] = field(default_factory=dict)

    def counts(self) -> list[tuple[Kind, int, int]]:
        """Return (kind, second of the epoch, count) of what is kept."""
        begins = self.number * _MINUTE
        found = [(Kind.MINUTE, begins, len(self.seen)), (Kind.NEWCOMERS, begins, self.newcomers)]
        found += [(Kind.SECOND, second, count) for second, count in self.seconds.items()]
        return [one for one in found if one[2] >= KEPT_FROM]


@dataclass(frozen=True, slots=True)
class Kept:
    """A count of a poll that is to be kept."""

    poll: int
    count: Count


class Pulse:
    """Counts the answers of one process; holds nothing but numbers once a minute is over."""

    def __init__(self) -> None:
        self.process = secrets.token_hex(6)
        self._minutes: dict[int, _Minute] = {}
        self._ended: list[Kept] = []
        self._counts_from: int | None = None

    def beat(self, poll: Poll, person: Person, tag: bytes, at: datetime) -> None:
        """Count an answer that is kept; one more of the same person in a minute is none."""
        second = int(at.timestamp())
        if self._counts_from is None:
            self._counts_from = second + _SETTLING
        if second < self._counts_from:
            return
        number = second // _MINUTE
        minute = self._minutes.get(poll.id)
        if minute is None or minute.number != number:
            self._end(poll.id)
            minute = self._minutes[poll.id] = _Minute(number)
        if tag in minute.seen:
            return
        minute.seen.add(tag)
        minute.seconds[second] = minute.seconds.get(second, 0) + 1
        joined = person.joined_at
        if joined is not None and (joined > poll.launched_at or at - joined < NEWCOMER):
            minute.newcomers += 1

    def take(self, now: datetime) -> list[Kept]:
        """Return the counts of minutes that are over, and forget them."""
        number = int(now.timestamp()) // _MINUTE
        for poll_id, minute in list(self._minutes.items()):
            if minute.number != number:
                self._end(poll_id)
        taken, self._ended = self._ended, []
        return taken

    def _end(self, poll_id: int) -> None:
        minute = self._minutes.pop(poll_id, None)
        if minute is not None:
            self._ended += [
                Kept(poll_id, Count(kind, datetime.fromtimestamp(second, UTC), count))
                for kind, second, count in minute.counts()
            ]


def keep_counts(connection: Connection, process: str, taken: Sequence[Kept]) -> None:
    """Keep the counts of a process beside those of the others.

    Key: (poll, kind, moment, process).
    """
    for one in taken:
        count = one.count
        rows.put(connection, process, one.poll, count.kind.value, count.at, count.count)


def patterns_of(connection: Connection, result: Result) -> tuple[Pattern, ...]:
    """Return what was unusual in when the answers to a counted poll came (a query)."""
    poll = result.poll
    counts = [
        Count(Kind(row["kind"]), row["at"], row["count"])
        for row in rows.counts_of(connection, poll.id)
    ]
    if not counts:
        return ()
    announcements = [
        Announcement(
            row["started_at"],
            ends := max(row["finished_at"] or result.ended_at, row["started_at"] + _SHORTEST),
            row["delivered"] / ((ends - row["started_at"]) / _SHORTEST),
        )
        for row in rows.announcements_of(connection, poll.id)
    ]
    return patterns(counts, poll.launched_at, result.ended_at, announcements)
