import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.facts import write_fact
from storage.prepared import Outcome, Prepared
from storage.schema.conversations import facts
from tests.storage.notebook import WRITE, note, numbers

NOW = datetime(2026, 11, 2, 15, tzinfo=timezone(timedelta(hours=5)))
_OLDER = sa.select(facts.c.name, facts.c.updated_at).where(
    facts.c.updated_at <= sa.bindparam("at")
)
OLDER = Prepared(sqlite=_OLDER, postgresql=_OLDER)
LEAVE = Prepared(postgresql=sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
NOTE = Prepared(["number", "text"], sqlite=WRITE, postgresql=WRITE)


def older(connection: Connection) -> Outcome:
    """Return the facts that are not newer than NOW."""
    return OLDER.run(connection, {"at": NOW})


def note_by_prepared(connection: Connection, number: int, text: str = "") -> int:
    """Write a note, which violates the key where it is there."""
    return NOTE.run(connection, {"number": number, "text": text}).rowcount


async def test_types(database: Database) -> None:
    """Values go in and come out as the columns' types have it."""
    await database.write(write_fact, "backup", "done", NOW)
    await database.write(write_fact, "later", "done", NOW + timedelta(seconds=1))
    found = await database.read(older)
    assert [["backup", datetime(2026, 11, 2, 10, tzinfo=UTC)]] == [list(row) for row in found.rows]


async def test_nothing_found(database: Database) -> None:
    """Where nothing is found there is no first row."""
    assert (await database.read(older)).first is None


async def test_errors(notebook: Database) -> None:
    """An error is SQLAlchemy's, and harms no neighbour of its group."""
    await notebook.write(note, 1)
    asked = (notebook.write(note_by_prepared, number) for number in (2, 1, 3))
    second, first, third = await asyncio.gather(*asked, return_exceptions=True)
    assert (1, IntegrityError, 1) == (second, type(first), third)
    assert [1, 2, 3] == await notebook.read(numbers)


async def test_secrecy(notebook: Database) -> None:
    """An error does not tell what people wrote."""
    await notebook.write(note, 1)
    with pytest.raises(IntegrityError) as caught:
        await notebook.write(note_by_prepared, 1, "A secret.")
    assert "A secret." not in str(caught.value)


async def test_lost_connection(database: Database) -> None:
    """A query whose connection the server ends is asked again on another one."""
    ended: list[Connection] = []

    def end_once(connection: Connection) -> int:
        if connection.dialect.name == "postgresql" and not ended:
            ended.append(connection)
            LEAVE.run(connection, {})
        return 1

    assert 1 == await database.read(end_once)


def note_many(connection: Connection, numbers: list[int]) -> None:
    """Write many notes by one statement."""
    NOTE.run_many(connection, ({"number": number, "text": ""} for number in numbers))


async def test_many(notebook: Database) -> None:
    """A statement runs for each of many rows, all of them or none."""
    await notebook.write(note_many, [1, 2])
    with pytest.raises(IntegrityError):
        await notebook.write(note_many, [3, 2])
    assert [1, 2] == await notebook.read(numbers)
