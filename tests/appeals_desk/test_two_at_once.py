"""Two members of staff at once: one result, as if one had come after the other."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent
from services.appeals.queue import assign, begin, release, take_next
from services.refusal import Refusal
from storage.appeals import find_appeal
from storage.database import Database, open_database
from storage.schema import metadata
from tests.appeals_desk.conftest import AIDA, BERIK, DINARA, NAMES, NOW, file, settle

# (connection, appeal, the version that the actor saw, actor) -> the version after it
Command = Callable[[Connection, int, int, int], int]


def changed(
    connection: Connection, appeal: int, version: int, actor: int, event: AppealEvent
) -> int:
    """Make some other change, as every use case does."""
    row = find_appeal(connection, appeal)
    assert row is not None
    return change(connection, row, version, actor, Change(event, notice={}), NOW)


COMMANDS: dict[str, Command] = {
    "begin": partial(begin, now=NOW),
    "release": partial(release, now=NOW),
    "to Dinara": partial(assign, assignee=DINARA, now=NOW),
    "to Aida": partial(assign, assignee=AIDA, now=NOW),
    "ask": partial(changed, event=AppealEvent.ASKED),
    "extend": partial(changed, event=AppealEvent.EXTENDED),
    "answer": partial(changed, event=AppealEvent.ANSWERED),
    "decline": partial(changed, event=AppealEvent.DECLINED),
    "close": partial(changed, event=AppealEvent.CLOSED),
}
PLAN = st.lists(st.sampled_from(sorted(COMMANDS)), min_size=1, max_size=4)


class Person:
    """Somebody at a card: presses one button after the other, each on what they saw last."""

    def __init__(self, actor: int, plan: Sequence[str]) -> None:
        self._actor = actor
        self._plan = list(plan)
        self._version = 1

    def press(self, connection: Connection, appeal: int) -> None:
        """Do the next thing; who is refused looks up, and that is the end of the plan."""
        if not self._plan:
            return
        command = COMMANDS[self._plan.pop(0)]
        try:
            with connection.begin_nested():
                self._version = command(connection, appeal, self._version, self._actor)
        except Refusal:
            self._plan.clear()


def outcome(
    connection: Connection, plans: tuple[Sequence[str], Sequence[str]], order: Sequence[int]
) -> dict[str, list[str]]:
    """Return what the database holds after the two pressed in this order."""
    with connection.begin_nested() as whole:
        appeal = file(connection, "a")
        people = [Person(actor, plan) for actor, plan in zip((AIDA, BERIK), plans, strict=True)]
        for who in order:
            people[who].press(connection, appeal)
        held = {
            table.name: sorted(str(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }
        whole.rollback()
    return held


@pytest.fixture(scope="module")
def desk() -> Iterator[Connection]:
    """Open one database for all examples; each takes back what it did."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(engine)
    with engine.connect() as connection:
        settle(connection)
        yield connection
    engine.dispose()


@settings(max_examples=60, deadline=None)
@given(plans=st.tuples(PLAN, PLAN), order=st.lists(st.integers(0, 1), min_size=8, max_size=8))
def test_any_interleaving_is_one_of_the_two_serial_results(
    desk: Connection, plans: tuple[list[str], list[str]], order: list[int]
) -> None:
    """However two people's presses mix, the result is that of one after the other."""
    whole_order = [*order, *[0] * 4, *[1] * 4]
    serial = [outcome(desk, plans, [first] * 4 + [1 - first] * 4) for first in (0, 1)]

    assert outcome(desk, plans, whole_order) in serial


async def test_the_same_appeal_is_never_taken_twice(database: Database) -> None:
    """Operators who ask for the next one at the same moment each get one of their own."""
    await database.write(settle)
    filed = {await database.write(file, f"a{number}") for number in range(12)}
    taken: list[int | None] = []
    for _round in range(4):
        asking = [
            database.write(take_next, actor, NOW, taken[index - 3] or 0 if taken else 0)
            for index, actor in enumerate(NAMES)
        ]
        found = await asyncio.gather(*asking)
        assert len(set(found)) == len(found)
        taken = list(found)
        for actor, appeal in zip(NAMES, found, strict=True):
            assert appeal in filed
            await database.write(begin, appeal, 1, actor, NOW)
            filed.discard(appeal)
    assert set() == filed


async def test_one_of_two_who_begin_at_once(database: Database) -> None:
    """Both press in the same moment: one has the appeal, the other is told who."""
    await database.write(settle)
    for number in range(10):
        appeal = await database.write(file, f"a{number}")
        results = await asyncio.gather(
            *(database.write(begin, appeal, 1, actor, NOW) for actor in (AIDA, BERIK)),
            return_exceptions=True,
        )
        refused = [each for each in results if isinstance(each, Refusal)]
        assert [2] == [each for each in results if not isinstance(each, Refusal)]
        assert 1 == len(refused)
        assert refused[0].parameters["name"] in {"Аида", "Берік"}


async def test_taking_and_beginning_at_once(database: Database) -> None:
    """One presses «next» while another begins the same appeal: it is with one of them."""
    await database.write(settle)
    for number in range(10):
        appeal = await database.write(file, f"a{number}")
        taken, begun = await asyncio.gather(
            database.write(take_next, AIDA, NOW),
            database.write(begin, appeal, 1, BERIK, NOW),
            return_exceptions=True,
        )
        assert (taken, begun) == (None, 2) or (taken == appeal and isinstance(begun, Refusal)), (
            taken,
            begun,
        )
        if taken is not None:
            await database.write(begin, appeal, 1, AIDA, NOW)


async def test_the_next_one_on_two_devices(postgres_url: str) -> None:
    """Who asks two processes for the next one in the same moment gets one, not two."""
    one, other = await open_database(postgres_url), await open_database(postgres_url)
    await one.write(settle)
    for number in range(10):
        for name in ("a", "b"):
            await one.write(file, f"{name}{number}")
        first, second = await asyncio.gather(
            *(process.write(take_next, AIDA, NOW) for process in (one, other))
        )
        assert first is not None
        assert first == second
        await one.write(begin, first, 1, AIDA, NOW)
    await asyncio.gather(one.close(), other.close())
