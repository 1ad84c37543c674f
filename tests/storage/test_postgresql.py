import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from storage.database import Database, open_database
from tests.cluster import Cluster
from tests.storage.notebook import Refused, add, counted, counts, keep, make, note, numbers, refuse


@pytest.fixture
async def replicas(postgres_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Open one PostgreSQL database twice, as two processes would."""
    first, second = await open_database(postgres_url), await open_database(postgres_url)
    await first.write(make)
    yield first, second
    await first.close()
    await second.close()


async def test_restart_under_load(
    replicas: tuple[Database, Database], postgres_server: Cluster
) -> None:
    """PostgreSQL may restart, and even crash, under load: every command happens once."""

    async def load(database: Database, first: int) -> list[bool]:
        outcomes = []
        for number in range(first, first + 60):
            outcomes.append(await database.write(keep, number))
            await asyncio.sleep(0.01)
        return outcomes

    loads = [
        asyncio.ensure_future(load(database, 10_000 * each + 1000 * place))
        for place, database in enumerate(replicas)
        for each in range(10)
    ]
    for crash in (False, True):
        await asyncio.sleep(0.15)
        await asyncio.to_thread(postgres_server.restart, crash=crash)
    await asyncio.gather(*loads)
    expected = sorted(
        10_000 * each + 1000 * place + n
        for place in range(2)
        for each in range(10)
        for n in range(60)
    )
    assert expected == await replicas[0].read(numbers)


async def test_query_after_restart(
    replicas: tuple[Database, Database], postgres_server: Cluster
) -> None:
    """A query after a restart is answered as if nothing had happened."""
    await replicas[0].write(note, 1)
    assert [1] == await replicas[0].read(numbers)
    await asyncio.to_thread(postgres_server.restart)
    assert [1] == await replicas[0].read(numbers)


async def test_crossing_groups(replicas: tuple[Database, Database]) -> None:
    """Groups that want the same rows in every order all get them in the end."""

    def lay_out(connection: Connection) -> None:
        connection.execute(counts.insert(), [{"number": n, "count": 0} for n in range(5)])

    await replicas[0].write(lay_out)
    order = [n % 5 for n in range(2000)]
    random.Random(3).shuffle(order)  # noqa: S311 - a fixed sequence
    writes = [replicas[place % 2].write(add, number) for place, number in enumerate(order)]
    await asyncio.gather(*writes)
    assert dict.fromkeys(range(5), 400) == await replicas[1].read(counted)


async def test_deadlock(replicas: tuple[Database, Database]) -> None:
    """Two commands that lock each other out both happen."""

    def lay_out(connection: Connection) -> None:
        connection.execute(counts.insert(), [{"number": n, "count": 0} for n in range(2)])

    def cross(connection: Connection, first: int, second: int) -> None:
        add(connection, first)
        connection.execute(sa.select(sa.func.pg_sleep(0.05)))
        add(connection, second)

    await replicas[0].write(lay_out)
    await asyncio.gather(
        *(replicas[0].write(cross, 0, 1) for _ in range(3)),
        *(replicas[1].write(cross, 1, 0) for _ in range(3)),
    )
    assert {0: 6, 1: 6} == await replicas[0].read(counted)


async def test_refusals_cost_nothing(replicas: tuple[Database, Database]) -> None:
    """A refusal before anything was written leaves its group alone: each command ran once."""
    runs: list[int] = []

    def counting(connection: Connection, number: int) -> None:
        runs.append(number)
        note(connection, number)

    writes = [
        replicas[0].write(refuse if number % 5 == 0 else counting, number) for number in range(100)
    ]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert 20 == sum(isinstance(outcome, Refused) for outcome in outcomes)
    assert 80 == len(runs)
