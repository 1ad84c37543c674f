from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.number import format_number
from services.appeals.search import (
    find_appeals,
    forget_words,
    index_text,
    parse_query,
    search_appeals,
)
from storage.database import Database
from storage.schema.appeal_search import appeal_words
from tests.appeals_search.conftest import Write

NUMBER = format_number(2026, 123)


async def found(database: Database, text: str, **paging: int) -> list[int]:
    """Return what somebody finds who types this."""
    return await database.read(find_appeals, parse_query(text), **paging)


@pytest.mark.parametrize(
    "text",
    [
        "шұңқыр",
        "ШҰҢҚЫР",
        "шункыр",
        "shunqyr",
        "шұңқырлар жол",
        "жолдағы шұңқырды",
        "мектебіміздің",
        "mektep",
        "14",
        "жол шұңқыр мектеп 14",
    ],
)
async def test_kazakh(database: Database, write: Write, text: str) -> None:
    """Words are found in any case, alphabet, spelling and form."""
    appeal = await write("Мектептің жанындағы жолда шұңқыр көп, 14 үй")
    await write("Су жоқ")
    assert [appeal] == await found(database, text)


@pytest.mark.parametrize("text", ["фонарь", "ФОНАРИ", "улица", "на улицах", "fonar", "горит"])
async def test_russian(database: Database, write: Write, text: str) -> None:
    """The same holds for Russian."""
    appeal = await write("На нашей улице не горят фонари")
    await write("Су жоқ")
    assert [appeal] == await found(database, text)


async def test_every_word(database: Database, write: Write) -> None:
    """All words must be there, in whatever order."""
    await write("Жарық жоқ")
    appeal = await write("Су жоқ, жарық бар")
    assert [appeal] == await found(database, "жарық су")
    assert [] == await found(database, "жарық су газ")


async def test_nothing_typed(database: Database, write: Write) -> None:
    """Where nothing telling is typed, nothing is found."""
    await write("Су жоқ")
    assert [] == await found(database, "а!")
    assert [] == await database.read(search_appeals, ())


async def test_language_of_queries(database: Database, write: Write) -> None:
    """What would be an order to the index is a word like others."""
    appeal = await write("NOT OR AND NEAR ' \" * ( ) : & | !")
    await write("Су жоқ")
    assert [appeal] == await found(database, "NOT AND")
    assert [] == await found(database, '\' OR "1"="1 *')


async def test_pages(database: Database, write: Write) -> None:
    """The newest come first, and a page begins below the last id of the one before."""
    ids = [await write("Су жоқ") for _ in range(5)]
    assert ids[:-3:-1] == await found(database, "су", limit=2)
    assert [3, 2] == await found(database, "су", limit=2, before=4)
    assert [1] == await found(database, "су", limit=2, before=2)
    assert [] == await found(database, "су", limit=2, before=1)


async def test_number(database: Database, write: Write) -> None:
    """A number finds its appeal, and no other."""
    await write("Су жоқ")
    appeal = await write("Су жоқ", number=NUMBER)
    assert [appeal] == await found(database, NUMBER.replace("-", " "))
    assert [] == await found(database, NUMBER, before=appeal)
    assert [] == await found(database, format_number(2026, 124))


async def test_phone(database: Database, write: Write) -> None:
    """A phone finds the appeals that left it, but for those that sealed it."""
    phone = "+77011234567"
    older = await write("Су жоқ", contact_phone=phone)
    await write("Су жоқ", contact_phone=phone, confidential=True)
    await write("Су жоқ", contact_phone="+77011234568")
    newer = await write("Газ жоқ", contact_phone=phone)
    assert [newer, older] == await found(database, "8 701 123-45-67")
    assert [older] == await found(database, "8 701 123-45-67", before=newer)


async def test_added_later(database: Database, write: Write) -> None:
    """What is added to an appeal is found as well as what it began with."""
    appeal = await write("Су жоқ")
    await write("Газ жоқ")
    await database.write(index_text, appeal, "Мұнара құлады", "Құбыр жарылды")
    assert [appeal] == await found(database, "су мұнара құбыр")


async def test_twice(database: Database, write: Write) -> None:
    """The same text once more changes nothing."""
    appeal = await write("Су жоқ")
    await database.write(index_text, appeal, "жоқ СУ")
    await database.write(index_text, appeal)
    kept = await database.read(
        lambda connection: connection.execute(sa.select(appeal_words)).all()
    )
    assert 1 == len(kept)
    assert [appeal] == await found(database, "су")


async def test_forgotten(database: Database, write: Write) -> None:
    """Once its words are forgotten, an appeal is not found, and others still are."""
    appeal, other = await write("Су жоқ"), await write("Су бар")
    await database.write(forget_words, appeal)
    assert [other] == await found(database, "су")
    await database.write(index_text, appeal, "Газ жоқ")
    assert [appeal] == await found(database, "газ")
    assert [other] == await found(database, "су")


async def test_no_words_kept(database: Database, write: Write) -> None:
    """Who reads the tables of the search learns no word from them."""
    await write("Тұрсын судья трансформатор")
    rows = await database.read(
        lambda connection: connection.execute(sa.select(appeal_words.c.tokens)).scalars().all()
    )
    assert not any(part in str(rows) for part in ("турсин", "трансф", "судя"))


async def test_index_is_whole(sqlite_database: Database) -> None:
    """Whatever is written, changed and forgotten, the full-text index says what the table says."""
    await sqlite_database.write(_changes)


def _changes(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for appeal in range(1, 40):
        index_text(connection, appeal, f"Су жоқ {appeal}")
        index_text(connection, appeal, f"Газ жоқ {appeal + 1}")
        if not appeal % 3:
            forget_words(connection, appeal)
    check = "INSERT INTO appeal_search(appeal_search, rank) VALUES ('integrity-check', 1)"
    connection.exec_driver_sql(check)
    connection.execute(sa.delete(appeal_words))
    connection.exec_driver_sql(check)


async def test_plan(database: Database, write: Write) -> None:
    """Words, numbers and phones are each found by an index."""
    await write("Су жоқ")
    expected = {
        "sqlite": ("VIRTUAL TABLE INDEX", "(number=?)", "ix_appeals_contact_phone"),
        "postgresql": ("ix_appeal_words_tokens", "uq_appeals_number", "ix_appeals_contact_phone"),
    }[database.dialect]
    for index, text in zip(expected, ("су жоқ", NUMBER, "87011234567"), strict=True):
        assert index in await database.read(_plan, text)


def _plan(connection: Connection, text: str) -> str:
    seen: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        seen.append((arguments[2], arguments[3]))

    sa.event.listen(connection, "before_cursor_execute", note)
    find_appeals(connection, parse_query(text))
    sa.event.remove(connection, "before_cursor_execute", note)
    statement, parameters = seen[-1]
    explain = "EXPLAIN QUERY PLAN"
    if connection.dialect.name == "postgresql":
        explain = "EXPLAIN"
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
    return "\n".join(str(tuple(row)) for row in rows)
