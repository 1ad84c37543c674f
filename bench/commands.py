"""Durable commands per second, 100 tasks waiting at any time.

A command writes one row by its natural key and returns what it did, as a vote does. Every run ends
with a count of the rows: what was confirmed is there.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bench.figure import Figure, median
from storage.database import Database, open_database
from storage.prepared import Prepared
from tests.cluster import Cluster

FIGURES = ("commands_per_s", "commands_pg_per_s")
TASKS = 100

metadata = sa.MetaData()
votes = sa.Table(
    "votes",
    metadata,
    sa.Column("poll", sa.Integer, primary_key=True),
    sa.Column("voter", sa.BigInteger, primary_key=True),
    sa.Column("answer", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
CAST = Prepared(
    ["poll", "voter", "answer"],
    sqlite=sqlite.insert(votes).on_conflict_do_nothing(),
    postgresql=postgresql.insert(votes).on_conflict_do_nothing(),
)
COUNT = sa.select(sa.func.count()).select_from(votes)


def cast(connection: Connection, voter: int) -> bool:
    """Cast a vote once; tell whether it counted."""
    row = {"poll": voter % 7, "voter": voter, "answer": "yes"}
    return CAST.run(connection, row).rowcount == 1


def lay_out(connection: Connection) -> None:
    """Make the table anew."""
    metadata.drop_all(connection)
    metadata.create_all(connection)


async def load(database: Database, commands: int) -> float:
    """Run commands from 100 tasks and return how many became durable per second."""
    await database.write(lay_out)
    voters = iter(range(commands))

    async def task() -> None:
        for voter in voters:
            if not await database.write(cast, voter):
                raise AssertionError("a first vote did not count")

    await database.write(cast, -1)
    began = time.perf_counter()
    await asyncio.gather(*(task() for _ in range(TASKS)))
    took = time.perf_counter() - began
    if await database.read(lambda connection: connection.scalar(COUNT)) != commands + 1:
        raise AssertionError("a confirmed vote is not there")
    return commands / took


@contextmanager
def sqlite_url() -> Iterator[str]:
    """Give the address of a new SQLite file, on the disk of this folder."""
    with TemporaryDirectory(dir=Path(__file__).parent / "results") as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql_url() -> Iterator[str]:
    """Give the address of a new PostgreSQL server that waits for its disk."""
    with Cluster(durable=True) as cluster:
        yield cluster.url()


async def figure(name: str, url: str, commands: int, target: float) -> Figure:
    """Measure one kind of database."""
    database = await open_database(url)
    run = partial(load, database, commands)
    try:
        return Figure(name, await median(run), "1/s", target)
    finally:
        await database.close()


async def measure(only: str | None = None) -> list[Figure]:
    """Measure both, or one by its name."""
    figures = []
    if only in {None, "commands_per_s"}:
        with sqlite_url() as url:
            figures.append(await figure("commands_per_s", url, 50_000, 25_000))
    if only in {None, "commands_pg_per_s"}:
        with postgresql_url() as url:
            figures.append(await figure("commands_pg_per_s", url, 15_000, 6_000))
    return figures
