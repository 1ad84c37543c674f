import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import CommandBroken, Database, DatabaseClosed
from tests.storage.notebook import (
    Refused,
    keep,
    made,
    note,
    note_and_commit,
    note_and_refuse,
    note_twice,
    notes,
    numbers,
    refuse,
    retry_in_savepoint,
    swallow,
    text_of,
)

Outcome = int | type[BaseException]
Asked = tuple[Callable[..., Any], int]


async def together(database: Database, commands: Sequence[Asked]) -> list[Outcome]:
    """Run commands side by side and return each one's result or the kind of its exception."""
    writes = (database.write(command, number) for command, number in commands)
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    return [type(each) if isinstance(each, BaseException) else each for each in outcomes]


async def test_result(notebook: Database) -> None:
    """A command's result reaches its caller, and a later query sees what it wrote."""
    assert 7 == await notebook.write(note, 7, text="seven")
    assert "seven" == await notebook.read(text_of, 7)


async def test_many_at_once(notebook: Database) -> None:
    """Commands that wait together all happen, each once."""
    assert list(range(2000)) == await together(notebook, [(note, n) for n in range(2000)])
    assert list(range(2000)) == await notebook.read(numbers)


@pytest.mark.parametrize("command", [refuse, note_and_refuse, note_twice, note_and_commit])
async def test_neighbours(notebook: Database, command: Callable[..., Any]) -> None:
    """One failing command in the middle of a group harms no neighbour and leaves nothing."""
    commands: list[Asked] = [(note, 1), (command, 2), (note, 3), (command, 4), (note, 5)]
    await together(notebook, commands)
    left = [n for n in await notebook.read(numbers) if n % 2]
    assert [1, 3, 5] == left


async def test_failures_reach_their_callers(notebook: Database) -> None:
    """Each exception reaches exactly the caller whose command raised it."""
    commands: list[Asked] = [
        (note, 1),
        (refuse, 2),
        (note, 3),
        (note_and_refuse, 4),
        (note_twice, 5),
        (note, 6),
    ]
    expected: list[Outcome] = [1, Refused, 3, Refused, IntegrityError, 6]
    assert expected == await together(notebook, commands)
    assert [1, 3, 6] == await notebook.read(numbers)


async def test_order(sqlite_notebook: Database) -> None:
    """On SQLite commands happen in the order they were asked for, however often a group starts."""
    commands = [(keep, 1), (keep, 1), (note_and_refuse, 2), (keep, 1), (keep, 2)]
    expected: list[Outcome] = [True, False, Refused, False, True]
    assert expected == await together(sqlite_notebook, commands)


async def test_race(notebook: Database) -> None:
    """Of commands that look first and then take the same key, one wins and the others see it."""
    outcomes = await together(notebook, [(keep, n % 50) for n in range(400)])
    assert 50 == outcomes.count(True)
    assert 350 == outcomes.count(False)


async def test_rows_made(notebook: Database) -> None:
    """An insert that meets its key tells how many rows it made: one the first time, then none."""
    assert [1, 0, 0] == [await notebook.write(made, 1) for _ in range(3)]


async def test_broken_command(notebook: Database) -> None:
    """A command that commits by itself is told so and takes no neighbour with it."""
    with pytest.raises(CommandBroken):
        await notebook.write(note_and_commit, 1)
    assert 2 == await notebook.write(note, 2)


async def test_swallowed_error(notebook: Database) -> None:
    """A swallowed database error never passes for success where the transaction is lost by it."""
    outcomes = await together(notebook, [(note, 1), (swallow, 2), (note, 3)])
    kept = [n for n, outcome in zip((1, 2, 3), outcomes, strict=True) if outcome in {n, None}]
    assert kept == await notebook.read(numbers)
    assert {1, 3} <= set(kept)


async def test_savepoint(notebook: Database) -> None:
    """A command may try something in a savepoint of its own and go on when that failed."""
    outcomes = await together(notebook, [(note, 1), (retry_in_savepoint, 2), (note, 3)])
    assert [1, "second", 3] == outcomes
    assert "second" == await notebook.read(text_of, 2)


async def test_stop_iteration(notebook: Database) -> None:
    """Even StopIteration, which no future can carry, ends as an exception of its caller."""

    def stop(_: Connection) -> None:
        raise StopIteration

    with pytest.raises(RuntimeError):
        await notebook.write(stop)


async def test_cancelled_caller(notebook: Database) -> None:
    """Callers that go away leave no gap and no trouble for those who stay."""
    tasks = [asyncio.ensure_future(notebook.write(note, n)) for n in range(300)]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    stayed = {n for n in range(300) if n % 3}
    assert stayed == {each for each in outcomes if isinstance(each, int)} & stayed
    assert stayed <= set(await notebook.read(numbers))


async def test_cancelled_while_running(sqlite_notebook: Database) -> None:
    """A caller that goes away while its command runs changes nothing for the command."""
    started, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        started.set()
        go_on.wait(60)
        note(connection, 1)

    task = asyncio.ensure_future(sqlite_notebook.write(slow))
    await asyncio.to_thread(started.wait, 60)
    neighbour = asyncio.ensure_future(sqlite_notebook.write(note, 2))
    task.cancel()
    go_on.set()
    assert 2 == await neighbour
    assert [1, 2] == await sqlite_notebook.read(numbers)


async def test_query_cannot_write(notebook: Database) -> None:
    """A query has no way to change anything."""
    with pytest.raises(DBAPIError):
        await notebook.read(note, 1)
    assert [] == await notebook.read(numbers)


async def test_failed_query(notebook: Database) -> None:
    """A query's exception reaches its caller and harms no other query."""
    with pytest.raises(Refused):
        await notebook.read(refuse, 1)
    assert [] == await notebook.read(numbers)


async def test_query_sees_one_moment(notebook: Database) -> None:
    """What is written while a query runs does not show in the middle of it."""
    loop = asyncio.get_running_loop()

    def twice(connection: Connection) -> tuple[list[int], list[int]]:
        before = numbers(connection)
        asyncio.run_coroutine_threadsafe(notebook.write(note, 1), loop).result(60)
        return before, numbers(connection)

    assert ([], []) == await notebook.read(twice)
    assert [1] == await notebook.read(numbers)


async def test_long_query(notebook: Database) -> None:
    """A long query holds up neither commands nor other queries."""
    go_on = threading.Event()

    def long(connection: Connection) -> list[int]:
        go_on.wait(60)
        return numbers(connection)

    waiting = asyncio.ensure_future(notebook.read(long))
    await notebook.write(note, 1)
    assert [1] == await notebook.read(numbers)
    go_on.set()
    assert [1] == await waiting


@pytest.mark.parametrize("before", [0, 5, 40])
async def test_beside_a_long_query(notebook: Database, before: int) -> None:
    """Queries asked for together with a long one, before or after it, are answered meanwhile."""
    go_on = threading.Event()
    others = [asyncio.ensure_future(notebook.read(numbers)) for _ in range(before)]
    waiting = asyncio.ensure_future(notebook.read(lambda _: go_on.wait(60)))
    others += [asyncio.ensure_future(notebook.read(numbers)) for _ in range(40 - before)]
    assert [[]] * 40 == await asyncio.gather(*others)
    assert not waiting.done()
    go_on.set()
    assert await waiting


async def test_close(notebook: Database) -> None:
    """Closing finishes what was asked for and refuses what comes after; twice is harmless."""
    asked = [asyncio.ensure_future(notebook.write(note, n)) for n in range(50)]
    await asyncio.sleep(0)
    await notebook.close()
    assert list(range(50)) == await asyncio.gather(*asked)
    await notebook.close()
    with pytest.raises(DatabaseClosed):
        await notebook.write(note, 51)
    with pytest.raises(DatabaseClosed):
        await notebook.read(numbers)


KINDS: dict[str, Callable[..., Any]] = {
    "note": note,
    "keep": keep,
    "refuse": refuse,
    "note_and_refuse": note_and_refuse,
    "note_twice": note_twice,
    "retry_in_savepoint": retry_in_savepoint,
}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 8)), max_size=40))
async def test_any_mixture(sqlite_notebook: Database, mixture: list[tuple[str, int]]) -> None:
    """Any mixture of commands in groups ends as if they had run one after the other."""
    await sqlite_notebook.write(lambda connection: connection.execute(delete(notes)) and None)
    commands = [(KINDS[kind], number) for kind, number in mixture]
    outcomes = await together(sqlite_notebook, commands)
    after = await sqlite_notebook.read(numbers)
    await sqlite_notebook.write(lambda connection: connection.execute(delete(notes)) and None)
    alone = [(await together(sqlite_notebook, [each]))[0] for each in commands]
    assert alone == outcomes
    assert await sqlite_notebook.read(numbers) == after
