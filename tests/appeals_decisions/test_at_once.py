"""Two commands on two connections at the same moment, on both kinds of database."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.banning import BANNED, ban_author
from services.appeals.changing import NOTICE
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.draft import Draft
from services.appeals.merging import merge_appeal
from services.appeals.redirecting import redirect_appeal
from services.appeals.registration import register_appeal
from services.appeals.verdict import confirm_appeal, rate_appeal
from services.refusal import Refusal
from storage.database import Database, open_database
from storage.schema.appeals import appeals
from storage.schema.people import bans
from tests.appeals_decisions.conftest import (
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    NEIGHBOUR,
    OPERATOR,
    row,
    seed_with_operators,
    told,
)

LATER = FRIDAY + timedelta(hours=1)


async def two_appeals(database: Database) -> tuple[int, int]:
    """Seed the database and register an appeal of each of two citizens."""
    await database.write(seed_with_operators)
    ids = []
    for name, person in (("first", CITIZEN), ("second", NEIGHBOUR)):
        draft = Draft(name, topic="water-supply", region="19", texts={1: "Су жоқ."})
        ids.append((await database.write(register_appeal, draft, person, FRIDAY)).id)
    return ids[0], ids[1]


async def refusals(*tries: Awaitable[Any]) -> int:
    """Await all at once and return how many were refused; any other failure is raised."""
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Refusal):
            raise outcome
    return sum(isinstance(outcome, Refusal) for outcome in outcomes)


async def test_two_decisions(database: Database) -> None:
    """One of them is made and told, the other is refused."""
    appeal, _ = await two_appeals(database)
    reason = DeclineReason.COURT
    refused = await refusals(
        database.write(decline_appeal, appeal, 1, OPERATOR, reason, "", LATER),
        database.write(redirect_appeal, appeal, 1, COLLEAGUE, "Қала әкімдігі", "", LATER),
    )

    assert 1 == refused
    assert [CITIZEN] == [person for person, _ in await database.read(told, NOTICE)]


async def test_two_appeals_joined_to_each_other(database: Database) -> None:
    """One goes on with one more join, the other is joined to it."""
    first, second = await two_appeals(database)
    refused = await refusals(
        database.write(merge_appeal, first, 1, OPERATOR, second, LATER),
        database.write(merge_appeal, second, 1, COLLEAGUE, first, LATER),
    )

    assert 1 == refused
    statement = sa.select(appeals.c.status, appeals.c.joins).order_by(appeals.c.status)

    def states(connection: Connection) -> list[tuple[str, int]]:
        return [(status, joins) for status, joins in connection.execute(statement)]

    assert [("joined", 0), ("registered", 1)] == await database.read(states)


async def test_two_bans(database: Database) -> None:
    """A person is banned once and told once."""
    appeal, _ = await two_appeals(database)
    until = LATER + timedelta(days=1)
    refused = await refusals(
        database.write(ban_author, appeal, OPERATOR, until, "Жарнама жіберді", LATER),
        database.write(ban_author, appeal, COLLEAGUE, until, "Жарнама жіберді", LATER),
    )

    def count(connection: Connection) -> int:
        return connection.execute(sa.select(sa.func.count()).select_from(bans)).scalar_one()

    assert (1, 1) == (refused, await database.read(count))
    assert 1 == len(await database.read(told, BANNED))


async def test_the_last_one_before_a_flood_sent_twice(database: Database) -> None:
    """The same draft sent twice in the same moment is one appeal and no flood."""
    await database.write(seed_with_operators)
    for name in ("first", "second", "third"):
        draft = Draft(name, topic="water-supply", region="19", texts={1: "Су жоқ."})
        once, again = await asyncio.gather(
            *(database.write(register_appeal, draft, CITIZEN, FRIDAY) for _device in range(2))
        )
        assert once == again


async def test_two_words_of_the_citizen(postgres_url: str) -> None:
    """A rating and “solved” that come to two processes are both kept, and nobody is refused."""
    one, other = await open_database(postgres_url), await open_database(postgres_url)
    appeal, _ = await two_appeals(one)
    reason = "Қысқа жауап жеткілікті"
    await one.write(answer_appeal, appeal, 1, OPERATOR, "Су қосылды.", LATER, reason=reason)
    refused = await refusals(
        one.write(rate_appeal, appeal, 2, CITIZEN, 5, LATER),
        other.write(confirm_appeal, appeal, 2, CITIZEN, LATER),
    )

    def state(connection: Connection) -> tuple[str, int]:
        found = row(connection, appeal)
        return found["status"], found["rating"]

    assert (0, ("confirmed", 5)) == (refused, await one.read(state))
    await asyncio.gather(one.close(), other.close())
