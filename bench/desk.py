"""How long an operator waits for the next appeal among a million.

«Next» and the card that it shows, through the services and the database as the bot opens it: the
most urgent waiting one is lent, which is a commit on the disk, and its card is read. The slowest
of many operators in a row, the first of whom comes right after the database was opened. Of the
million 3 % wait, 5 % are worked on, the others have been answered or have ended; their due dates,
places, topics and handlers are spread as in a large town.
"""

import time
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bench.crowd import appeal_of_the_first, multiply
from bench.figure import RUNS, Figure, middle
from bench.home import Home, new_home
from bench.search import ORGANISATION
from services.appeals.dossier import read_dossier
from services.appeals.model import AppealStatus, EntryKind
from services.appeals.queue import take_next
from services.clock import SystemClock, local_date
from services.organisation.importing import import_if_empty
from storage.schema.appeals import appeal_entries, appeal_events, appeals
from storage.schema.organisation import topics
from storage.schema.people import people, roles

FIGURES = ("next_appeal_1m_ms",)
TARGET = 50
OPERATORS = 100
FIRST_OPERATOR = 900_000_001
REGIONS = (
    "10",
    "11",
    "15",
    "19",
    "23",
    "27",
    "31",
    "33",
    "35",
    "39",
    "43",
    "47",
    "55",
    "71",
    "75",
)
# Of a hundred appeals: how many stand where.
STATUSES = (
    (2, AppealStatus.REGISTERED),
    (5, AppealStatus.IN_WORK),
    (1, AppealStatus.DISPUTED),
    (4, AppealStatus.ANSWERED),
    (20, AppealStatus.CONFIRMED),
    (52, AppealStatus.CLOSED),
    (8, AppealStatus.REDIRECTED),
    (5, AppealStatus.DECLINED),
    (3, AppealStatus.WITHDRAWN),
)


async def measure(only: str | None = None) -> list[Figure]:
    """Fill a town's desk, then let operators work; `only` can name no other figure."""
    with new_home() as home:
        await home.settle(1)
        now = SystemClock().now()
        async with home.opened() as db:
            await db.write(import_if_empty, ORGANISATION, local_date(now))
            await db.write(fill, now)
        slowest = [await take_turns(home, turn) for turn in range(RUNS)]
    figure = middle("next_appeal_1m_ms", slowest, "ms", TARGET)
    return [figure] if only in {None, figure.name} else []


def fill(connection: Connection, now: datetime) -> None:
    """Write a million appeals of a million people, and operators enough for every turn."""
    multiply(connection, people, "id", {"id": "n"})
    appeal_of_the_first(connection, now, local_date(now) + timedelta(days=30))
    multiply(connection, appeals, "id", _spread(connection))
    multiply(connection, appeal_events, "appeal_id", {"appeal_id": "n", "actor": "n"})
    first = {"appeal_id": 1, "key": "1:1", "kind": EntryKind.ADDITION.value, "author": 1}
    said = "Кеше де жарық болған жоқ, балалар қараңғыда қайтты."
    connection.execute(sa.insert(appeal_entries).values(id=1, text=said, at=now, **first))
    keys = {"id": "n", "appeal_id": "n", "key": "printf('%d:1', n)", "author": "n"}
    multiply(connection, appeal_entries, "id", keys)
    staff = range(FIRST_OPERATOR, FIRST_OPERATOR + OPERATORS * RUNS)
    connection.execute(
        sa.insert(people), [{"id": each, "name": "Аида", "joined_at": now} for each in staff]
    )
    connection.execute(
        sa.insert(roles),
        [{"person_id": each, "role": "operator", "since": now} for each in staff],
    )


def _spread(connection: Connection) -> dict[str, str]:
    """Return SQL for what differs between appeals; n is multiplied by primes to mix them."""
    named = connection.execute(sa.select(topics.c.code, topics.c.section)).all()
    days = "date(first.due_on, printf('-%d days', (n * 13) % {}))"
    is_open = "(n * 37) % 100 < 8"
    return {
        "id": "n",
        "draft_id": "printf('desk-%d', n)",
        "number": "printf('25-%06d-0', n)",
        "person_id": "n",
        "status": _of_hundred(),
        "topic": _cases("n % " + str(len(named)), [row.code for row in named]),
        "section": _cases("n % " + str(len(named)), [row.section for row in named]),
        "region": _cases("n / 7 % " + str(len(REGIONS)), REGIONS),
        # Open ones are due from ten days ago to a month from now, the others long ago.
        "due_on": f"CASE WHEN {is_open} THEN {days.format(40)} ELSE {days.format(900)} END",
        "urgent": f"{is_open} AND n % 50 = 0",
        "assignee": f"CASE WHEN (n * 37) % 100 BETWEEN 2 AND 6 OR (n * 37) % 100 > 7 "
        f"THEN {FIRST_OPERATOR} + n % {OPERATORS} END",
    }


def _of_hundred() -> str:
    """Return the status of an appeal in SQL."""
    words, below = "CASE", 0
    for share, status in STATUSES:
        below += share
        words += f" WHEN (n * 37) % 100 < {below} THEN '{status.value}'"
    return f"{words} END"


def _cases(number: str, values: tuple[str, ...] | list[str]) -> str:
    cases = " ".join(f"WHEN {n} THEN '{value}'" for n, value in enumerate(values))
    return f"CASE {number} {cases} END"


async def take_turns(home: Home, turn: int) -> float:
    """Return how many milliseconds the slowest «next» of a turn takes, each by another one."""
    first = FIRST_OPERATOR + turn * OPERATORS
    taken, seen = [], set()
    async with home.opened() as db:
        for operator in range(first, first + OPERATORS):
            now = SystemClock().now()
            begun = time.perf_counter()
            appeal = await db.write(take_next, operator, now)
            if appeal is None:
                raise AssertionError("nothing waits")
            dossier = await db.read(read_dossier, appeal, operator, local_date(now))
            taken.append((time.perf_counter() - begun) * 1000)
            seen.add(dossier.card.id)
            if not dossier.urgent:
                raise AssertionError("urgent ones come first")
    if len(seen) != OPERATORS:
        raise AssertionError(f"{OPERATORS} asked, {len(seen)} different ones were shown")
    return max(taken)
