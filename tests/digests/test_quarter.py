"""A quarter of digests under restarts, stops and jumps of the clock."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.model import AppealEvent
from services.clock import ALMATY
from services.digests.model import Channel
from services.digests.period_queueing import queue_period_digests
from services.digests.queueing import queue_digests
from services.digests.readers import set_channel, set_days_off, set_hour
from services.organisation.importing import import_if_empty
from services.people.model import Role
from services.people.person import join
from storage.database import Database, open_database
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.digests import digests
from storage.schema.organisation import absences, calendar_overrides, offices, officials
from tests.digests.conftest import ORGANISATION, give_indicator
from tests.digests.quarter_life import Life
from tests.digests.quarter_truth import (
    AREAS,
    AWAY,
    DAY,
    FIRST,
    LAST,
    NUMBERS,
    OFF,
    WORKED,
    Due,
    Reader,
    cells,
    last_worked,
    numbers_of,
)

T = TypeVar("T")

APPEALS = 3000
HAPPENED = {
    AppealEvent.REGISTERED,
    AppealEvent.BEGUN,
    AppealEvent.EXTENDED,
    AppealEvent.REDIRECTED,
    AppealEvent.ANSWERED,
    AppealEvent.ESCALATED,
    AppealEvent.DISPUTED,
    AppealEvent.CONFIRMED,
    AppealEvent.CLOSED,
    AppealEvent.RATED,
}
EVERYTHING = 10_000
LATE = "late"
LONG_AGO = datetime(2026, 1, 5, 6, tzinfo=UTC)
# The official who joins in the middle of a working day, and the moment.
JOINED = datetime(2026, 5, 13, 14, 0, tzinfo=ALMATY)


class Quarter:
    """A bot that comes and goes, asked at its ticks; keeps the numbers of what it queued."""

    def __init__(self, url: str, chance: Random) -> None:
        self._url = url
        self._chance = chance
        self.life = Life(chance, FIRST - 20 * DAY, LAST, APPEALS)
        self.due = Due()
        self.readers: list[Reader] = []
        self.compared = 0
        self.starts = 0
        self._db: Database | None = None

    async def db(self) -> Database:
        """Return the database of the running bot."""
        if self._db is None:
            self._db = await open_database(self._url)
            self.starts += 1
        return self._db

    async def stop(self) -> None:
        """Stop the bot: nothing stays in memory."""
        if self._db is not None:
            await self._db.close()
            self._db = None

    async def open(self) -> None:
        """Settle the organisation; two officials want digests in another way."""
        self.readers = await self.ask(settle)
        every_day, by_mail = self.of("synamaev"), self.of("bolzhamov")
        every_day.days_off = by_mail.by_mail = True
        await self.ask(set_days_off, every_day.person, wanted=True)
        await self.ask(set_channel, by_mail.person, Channel.EMAIL, "sender@example.kz")

    def of(self, official: str) -> Reader:
        """Return who holds the account of an official."""
        return next(reader for reader in self.readers if reader.official == official)

    async def ask(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a command in the database of the running bot."""
        return await (await self.db()).write(command, *args, **kwargs)

    async def another_hour(self, reader: Reader) -> None:
        """Let a reader choose another hour."""
        reader.minute = 5 * self._chance.randrange(6 * 12, 20 * 12)
        await self.ask(set_hour, reader.person, reader.minute)

    async def tick(self, now: datetime) -> None:
        """Let the world live up to this moment, then queue; sometimes the bot ends meanwhile."""
        await self.ask(self.life.live, now)
        if self._chance.random() < 0.06:
            for queue in (queue_digests, queue_period_digests):
                await self.ask(queue, now, self._chance.randrange(1, 12))
            await self.stop()
        for queue in (queue_digests, queue_period_digests):
            await self.ask(queue, now, EVERYTHING)
        if new := self.due.look(now, self.readers):
            await self.ask(self._compare, now.date(), new)

    def _compare(self, connection: Connection, day: date, new: set[tuple[str, str, date]]) -> None:
        """Compare what went out at a tick with what was due, and each number with a recount."""
        rows = connection.execute(
            sa.select(digests.c.period, digests.c.official, digests.c.facts).where(
                digests.c.day == day
            )
        ).all()
        known = {(row.period, row.official): row.facts for row in rows}
        missing = [(period, who) for period, who, _ in new if (period, who) not in known]
        assert not missing, (day, missing)
        counted = {}
        for period, official, _ in sorted(new):
            every_day = any(each.days_off for each in self.readers if each.official == official)
            stretch = _stretch(period, day, every_day=every_day)
            if stretch not in counted:
                counted[stretch] = cells(connection, day, *stretch)
            whole = period in {"monthly", "quarterly"}
            wanted = numbers_of("elestetov" if whole else official, day, counted[stretch])
            told = _told(period, known[period, official])
            assert {name: wanted[name] for name in told} == told, (period, official, day)
            self.compared += len(told)


def _stretch(period: str, day: date, *, every_day: bool) -> tuple[date, date]:
    """Return the days on which a digest looks back."""
    match period:
        case "daily":
            return (day - DAY if every_day else last_worked(day)), day - DAY
        case "weekly":
            monday = day - DAY * day.weekday()
            return monday - 7 * DAY, monday - DAY
        case "monthly":
            last = day.replace(day=1) - DAY
            return last.replace(day=1), last
        case _:
            last = day.replace(day=1) - DAY
            return date(last.year, last.month - 2, 1), last


def _told(period: str, facts: dict[str, Any]) -> dict[str, int]:
    """Return the numbers that a digest tells, by their names in the recount."""
    if period == "daily":
        return {name: facts[name] for name in NUMBERS}
    told = {name: facts[name]["now"] for name in ("new", "answered", "open", "overdue")}
    return told | {name: facts[name] for name in ("escalated", "badly_rated")}


def settle(connection: Connection) -> list[Reader]:
    """Bring the organisation in, with twenty officials, their absences, and the calendar."""
    import_if_empty(connection, ORGANISATION, date(2026, 1, 1))
    names = dict.fromkeys(("name_kk", "name_ru", "position_kk", "position_ru"), "?")
    for official in AREAS:
        body = "council" if official.startswith("council") else "secretariat"
        if official == LATE or body == "council":
            values = {"code": official, "body": body, **names}
            connection.execute(sa.insert(officials).values(values))
        for number, (section, region, district) in enumerate(AREAS[official]):
            if body == "council":
                code = f"{official}-{number}"
                give_indicator(connection, code, section, region, district, official)
    head_of_75 = sa.update(offices).where(offices.c.code == "region-75").values(head=LATE)
    connection.execute(head_of_75)
    reason = {"reason_kk": "?", "reason_ru": "?"}
    for day in OFF | WORKED:
        row = {"day": day, "working": day in WORKED, **reason}
        connection.execute(sa.insert(calendar_overrides).values(row))
    for official, deputy, since, until in AWAY:
        row = {"official": official, "deputy": deputy, "since": since, "until": until}
        connection.execute(sa.insert(absences).values(row))
    found = [
        Reader(201 + number, official, JOINED if official == LATE else LONG_AGO)
        for number, official in enumerate(AREAS)
    ]
    for reader in found:
        join(connection, reader.person, "Сынақ Сынақов", LONG_AGO)
        if reader.official != LATE:
            appoint(connection, reader)
    return found


def appoint(connection: Connection, reader: Reader) -> None:
    """Give somebody the account of their official."""
    role = Role.OFFICIAL.value
    grant_role(connection, reader.person, role, reader.official, reader.since)


def moments(chance: Random) -> list[datetime]:
    """Return when the bot ticks: most days around half past eight, some not at all.

    Now and then the clock jumps to another day for one tick, and back.
    """
    found: list[datetime] = []
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + number * DAY
        midnight = datetime.combine(day, time(), ALMATY)
        if chance.random() < 0.3:
            continue
        minutes = {chance.randrange(24 * 60), chance.randrange(8 * 60, 10 * 60)}
        if chance.random() < 0.5:
            minutes |= {8 * 60 + 29, 8 * 60 + 30}
        if chance.random() < 0.3:
            minutes |= {20 * 60 + 59, 21 * 60}
        found += [midnight + timedelta(minutes=minute) for minute in sorted(minutes)]
        if chance.random() < 0.1 and FIRST < day < LAST:
            away = chance.choice((-2, -1, 1))
            found.append(midnight + timedelta(days=away, minutes=chance.randrange(24 * 60)))
    return found


@pytest.fixture
def chance(say: Callable[[str], None]) -> Random:
    """Give randomness, and say its seed: SEED=… plays the same quarter again."""
    seed = int(os.environ.get("SEED", "0")) or Random().randrange(1, 1_000_000)  # noqa: S311
    say(f"a quarter of digests: SEED={seed}")
    return Random(seed)  # noqa: S311 - no secret


async def test_each_digest_once_and_every_number_true(sqlite_url: str, chance: Random) -> None:
    """Every official gets exactly the digests due, and they tell what the history tells."""
    quarter = Quarter(sqlite_url, chance)
    try:
        await quarter.open()
        for number, now in enumerate(moments(chance)):
            if now >= JOINED:
                await quarter.ask(appoint, quarter.of(LATE))
            if number % 60 == 59:
                await quarter.another_hour(quarter.of("oidanova"))
            if chance.random() < 0.06:
                await quarter.stop()
            await quarter.tick(now)
        kept, told = await quarter.ask(queued)
    finally:
        await quarter.stop()

    assert quarter.due.known == set(kept)
    assert len(set(kept)) == len(kept)
    by_telegram = {reader.official for reader in quarter.readers if not reader.by_mail}
    assert {
        f"digest:{official}:daily:{day}:{quarter.of(official).person}"
        for period, official, day in kept
        if period == "daily" and official in by_telegram
    } == set(told)
    assert set(quarter.life.happened) >= HAPPENED
    assert len(kept) > 20 * 30
    assert quarter.starts > 10


def queued(connection: Connection) -> tuple[list[tuple[str, str, date]], list[str]]:
    """Return the digests that were kept, and the keys of those told in Telegram."""
    found = connection.execute(sa.select(digests.c.period, digests.c.official, digests.c.day))
    told = sa.select(outbox.c.key).where(outbox.c.kind == "digest")
    return [tuple(row) for row in found], list(connection.execute(told).scalars())
