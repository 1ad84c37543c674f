"""A quarter of a country's life: appeals that come and change at random moments, in order.

What happens goes the way of the use cases, by `change` and the counters of a registration; what
they add for a citizen's eyes alone (words, receipts, similar appeals) is left out, for 3,000
appeals must live in seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.changing import Change, change
from services.appeals.closing import closing_day
from services.appeals.counting import closer_of
from services.appeals.machine import after
from services.appeals.model import OPEN, AppealEvent, AppealStatus, Outcome
from services.clock import ALMATY, local_date
from storage.appeal_counters import count_day, count_open
from storage.appeals import add_appeal, add_event
from storage.schema.organisation import section_assignments, topics

PLACES = (
    ("61", "615200"),
    ("61", "615200"),
    ("61", None),
    ("19", "195200"),
    ("19", None),
    ("10", "103600"),
    ("75", "751100"),
    ("71", None),
)
# What is tried after something happened: how often, and between how many days later.
NEXT: dict[AppealEvent, tuple[tuple[AppealEvent, float, int, int], ...]] = {
    AppealEvent.REGISTERED: (
        (AppealEvent.BEGUN, 0.1, 0, 4),
        (AppealEvent.EXTENDED, 0.15, 10, 21),
        (AppealEvent.REDIRECTED, 0.03, 0, 4),
        (AppealEvent.ANSWERED, 0.75, 1, 40),
        (AppealEvent.ESCALATED, 0.5, 25, 25),
    ),
    AppealEvent.ANSWERED: (
        (AppealEvent.DISPUTED, 0.15, 0, 6),
        (AppealEvent.CONFIRMED, 0.3, 0, 6),
        (AppealEvent.RATED, 0.15, 0, 6),
        (AppealEvent.CLOSED, 0.5, 7, 7),
    ),
    AppealEvent.RATED: ((AppealEvent.RATED, 0.2, 0, 2),),
    AppealEvent.DISPUTED: ((AppealEvent.ANSWERED, 0.7, 1, 12),),
}
_OF_THE_OFFICE = ("central", "qiyalbaev")
_TERM = 21  # days


@dataclass(frozen=True, order=True, slots=True)
class Happening:
    """What is tried at a moment; number tells appeals and equal moments apart."""

    at: datetime
    number: int
    what: AppealEvent


class Life:
    """Appeals of the days first … last; `live` lets happen what has not happened yet."""

    def __init__(self, chance: Random, first: date, last: date, appeals: int) -> None:
        self._chance = chance
        self._to_come: list[Happening] = []
        self._appeals: dict[int, dict[str, Any]] = {}
        midnight = datetime.combine(first, time(), ALMATY)
        minutes = (last - first).days * 24 * 60
        for number in range(appeals):
            at = midnight + timedelta(minutes=chance.randrange(minutes))
            heappush(self._to_come, Happening(at, number, AppealEvent.REGISTERED))
        self.happened: dict[AppealEvent, int] = {}

    def live(self, connection: Connection, until: datetime) -> None:
        """Let everything happen up to this moment."""
        sections = _responsible(connection)
        while self._to_come and self._to_come[0].at <= until:
            now = heappop(self._to_come)
            if now.what is AppealEvent.REGISTERED:
                self._register(connection, now, sections)
            elif not self._change(connection, now):
                continue
            self.happened[now.what] = self.happened.get(now.what, 0) + 1
            for what, days in self._what_next(now.what):
                later = now.at + timedelta(days=days, minutes=self._chance.randrange(600))
                heappush(self._to_come, Happening(later, now.number, what))

    def _what_next(self, what: AppealEvent) -> Iterator[tuple[AppealEvent, int]]:
        """Yield what is tried next with an appeal, after how many days."""
        for next_one, often, first, last in NEXT.get(what, ()):
            if self._chance.random() < often:
                yield next_one, self._chance.randint(first, last)

    def _register(
        self, connection: Connection, now: Happening, sections: dict[str, tuple[str, str]]
    ) -> None:
        region, district = self._chance.choice(PLACES)
        topic = self._chance.choice(sorted(sections))
        section, official = sections[topic]
        day = local_date(now.at)
        facts = {
            "draft_id": f"life-{now.number}",
            "number": f"26-{now.number:06}-0",
            "language": "kk",
            "topic": topic,
            "section": section,
            "official": official,
            "office": "central" if self._chance.random() < 0.99 else None,
            "region": region,
            "district": district,
            "text": "Су жоқ",
            "status": AppealStatus.REGISTERED.value,
            "version": 1,
            "registered_at": now.at,
            "counted_from": day,
            "due_on": day + timedelta(days=_TERM),
        }
        appeal = add_appeal(connection, facts)
        assert appeal is not None
        event = {"appeal_id": appeal["id"], "version": 1, "kind": "registered", "at": now.at}
        add_event(connection, event | {"actor": None, "details": {}})
        count_day(connection, appeal, day, registered=1)
        count_open(connection, appeal, 1)
        self._appeals[now.number] = dict(appeal)

    def _change(self, connection: Connection, now: Happening) -> bool:
        """Let it happen if the appeal is still open to it; tell whether it was."""
        appeal = self._appeals[now.number]
        status, day = AppealStatus(appeal["status"]), local_date(now.at)
        open_still = status in OPEN
        details = {}
        match now.what:
            case AppealEvent.BEGUN if status is AppealStatus.REGISTERED:
                values = {}
            case AppealEvent.EXTENDED if open_still and appeal["due_on"] >= day:
                values = {"due_on": appeal["due_on"] + timedelta(days=10), "extensions": 1}
            case AppealEvent.REDIRECTED if status is AppealStatus.REGISTERED:
                values = {"ended_at": now.at}
            case AppealEvent.ANSWERED if open_still:
                values = {"answered_at": now.at, "closes_on": closing_day(day)}
                values |= closer_of(appeal, day)
            case AppealEvent.ESCALATED if open_still and appeal["due_on"] < day:
                office, official = _OF_THE_OFFICE
                values = {"office": office, "official": official, "level": appeal["level"] + 1}
            case AppealEvent.DISPUTED if status is AppealStatus.ANSWERED:
                values = {"level": appeal["level"] + 1, "due_on": day + timedelta(days=7)}
            case AppealEvent.CONFIRMED if status is AppealStatus.ANSWERED:
                values = {"solved": True}
            case AppealEvent.CLOSED if status is AppealStatus.ANSWERED:
                values = {"outcome": Outcome.UNCONFIRMED.value, "ended_at": now.at}
            case AppealEvent.RATED if not open_still and appeal["answered_at"]:
                details = {"rating": self._chance.randint(1, 5)}
                values = {"rated_at": now.at, **details}
            case _:
                return False
        wanted = Change(now.what, values, details)
        version = change(connection, appeal, appeal["version"], None, wanted, now.at)
        target = after(now.what, status)
        assert target is not None
        self._appeals[now.number] = {
            **appeal,
            **values,
            "status": target.value,
            "version": version,
        }
        return True


def _responsible(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return section and official of each topic."""
    statement = sa.select(topics.c.code, topics.c.section, section_assignments.c.official).join(
        section_assignments, section_assignments.c.section == topics.c.section
    )
    return {row.code: (row.section, row.official) for row in connection.execute(statement)}
