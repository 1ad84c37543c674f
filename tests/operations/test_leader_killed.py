"""Two processes on one PostgreSQL database, and the one that leads is killed."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from sandbox.client import Desk
from sandbox.seed import Seed, SeedPerson
from services.delivery.mailing import launch
from storage.database import open_database
from storage.leader import leading_session
from storage.schema.delivery import deliveries, mailings
from storage.schema.people import people
from tests.counts import Say
from tests.delivery.stage import FIRST, add_people
from tests.operations.process import look, until, until_true
from tests.processes import StartProgram

PEOPLE = 900
NEWCOMERS = 20
MORNING = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TAKEOVER = 15.0  # seconds
NEWS = {
    "post": 1,
    "topic": "roads",
    "text_kk": "Жол жөнделді",
    "text_ru": "Дорога готова",
    "media": [],
    "links": [],
}


def fill(connection: sa.Connection) -> None:
    """Let a crowd join."""
    add_people(connection, range(FIRST, FIRST + PEOPLE))


def begin(connection: sa.Connection) -> None:
    """Launch a mailing to all of the crowd."""
    crowd = range(FIRST, FIRST + PEOPLE)
    launch(
        connection,
        key="news:1",
        kind="news",
        payload=NEWS,
        created_by=None,
        now=MORNING,
        recipients=crowd,
        at_night=True,
    )


def in_flight(connection: sa.Connection) -> int:
    """Return how many messages the database takes for being sent."""
    sending = deliveries.c.status == "sending"
    return (
        connection.scalar(sa.select(sa.func.count()).select_from(deliveries).where(sending)) or 0
    )


def finished(connection: sa.Connection) -> bool:
    """Tell whether the mailing has ended."""
    return connection.scalars(sa.select(mailings.c.status)).one() == "finished"


def joined(connection: sa.Connection) -> set[int]:
    """Return who of the newcomers has joined."""
    newcomers = people.c.id.between(1, NEWCOMERS)
    return set(connection.scalars(sa.select(people.c.id).where(newcomers)))


async def write(url: str, command: Callable[[sa.Connection], None]) -> None:
    """Change the database beside the bots."""
    db = await open_database(url)
    await db.write(command)
    await db.close()


async def press_start(desk: Desk, newcomers: range) -> None:
    """Let newcomers come, all at once."""
    chats = [await desk.person(number) for number in newcomers]
    await asyncio.gather(*(chat.start() for chat in chats))


async def test_another_process_takes_over(
    sandbox_factory: Callable[..., Awaitable[Any]],
    postgres_url: str,
    environment: Any,
    program: StartProgram,
    say: Say,
) -> None:
    """Within 15 s of a kill -9 another process leads; no message and no tap is lost."""
    newcomers = [SeedPerson(id=n, first_name=f"P{n}") for n in range(1, NEWCOMERS + 1)]
    sandbox = await sandbox_factory(Seed(people=newcomers), start_at=MORNING)
    crowd = sandbox.telegram.add_crowd(PEOPLE, FIRST)
    await write(postgres_url, fill)
    settings = environment(sandbox, postgres_url)
    async with (
        Desk(sandbox.page) as desk,
        program(settings) as first,
    ):
        await first.says("this process leads")
        async with program(settings) as second:
            await second.says("this one stands by")
            await write(postgres_url, begin)
            await until(lambda: sum(crowd.received) > PEOPLE // 3)
            await press_start(desk, range(1, NEWCOMERS // 2 + 1))
            # So that what was in flight can be counted before it is sent again.
            second.strike(signal.SIGSTOP)
            await first.send(signal.SIGKILL)
            killed = time.monotonic()
            uncertain = await look(postgres_url, in_flight)
            second.strike(signal.SIGCONT)
            await press_start(desk, range(NEWCOMERS // 2 + 1, NEWCOMERS + 1))
            await second.says("this process leads")
            took = time.monotonic() - killed

            async def done() -> bool:
                everybody = len(await look(postgres_url, joined)) == NEWCOMERS
                return everybody and await look(postgres_url, finished)

            await until_true(done)
            assert await look(postgres_url, leading_session) is not None
            status = await second.send(signal.SIGTERM)

        async def free() -> bool:
            return await look(postgres_url, leading_session) is None

        await until_true(free)  # the server ends a session after its client has gone
    lost = sum(1 for count in crowd.received if count == 0)
    repeated = sum(crowd.received) - PEOPLE + lost
    say(
        f"the leader killed: another after {took:.1f} s, {lost} of {PEOPLE} messages lost, "
        f"{repeated} repeated of {uncertain} in flight, {NEWCOMERS} of {NEWCOMERS} taps kept"
    )
    assert took <= TAKEOVER
    assert 0 == lost
    assert repeated <= uncertain
    assert 0 == status
