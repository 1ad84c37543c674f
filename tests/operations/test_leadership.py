"""Who leads, for how long, and what an ex-leader no longer does."""

import asyncio
from datetime import UTC, datetime

import psycopg
import pytest
import sqlalchemy as sa

from bot.leadership import LeadersDatabase, Leadership, Term
from services.clock import SystemClock
from services.delivery.letters import claim_letters, recover_letters
from services.language import Language
from services.people.directory import Directory
from services.people.person import choose_language, join
from storage.advisory_lock import AdvisoryLock
from storage.database import Database, open_database
from storage.leader import OnlyProcess, leading_session
from storage.outbox import tell
from storage.schema.delivery import outbox
from tests.operations.process import until

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
REPORT = {"mailing": 1, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}


class Worker:
    """Duties that only note that they are done."""

    def __init__(self) -> None:
        self.terms = 0
        self.at_work = asyncio.Event()
        self.resting = asyncio.Event()

    async def __call__(self, term: Term) -> None:
        """Work until the term is over."""
        self.terms += 1
        self.resting.clear()
        self.at_work.set()
        await term.over.wait()
        self.at_work.clear()
        self.resting.set()


async def test_the_duties_last_as_long_as_the_lead() -> None:
    """They begin with the lead and end when the process resigns; another may lead then."""
    worker, resign, leader = Worker(), asyncio.Event(), OnlyProcess()
    leadership = Leadership(leader, worker)
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(leadership.run(resign))
        term = await leadership.term()
        await worker.at_work.wait()
        resign.set()
    assert term.over.is_set()
    assert not await leader.held()
    assert not worker.at_work.is_set()


async def test_a_duty_that_fails_is_not_hidden() -> None:
    """What the sender dies of ends the leadership with it, and the lead is free."""
    leader = OnlyProcess()

    async def fail(_: Term) -> None:
        raise ValueError("broken")

    with pytest.raises(ExceptionGroup):
        await Leadership(leader, fail).run(asyncio.Event())
    assert not await leader.held()


async def test_a_lost_session_ends_the_term(postgres_url: str) -> None:
    """When the server ends the leader's session the duties stop, and somebody leads again."""
    db = await open_database(postgres_url)
    first, second = Worker(), Worker()
    resign = asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(Leadership(AdvisoryLock(postgres_url), first).run(resign))
        await first.at_work.wait()
        group.create_task(Leadership(AdvisoryLock(postgres_url), second).run(resign))
        pid = await db.read(leading_session)
        await asyncio.to_thread(terminate, postgres_url, pid)
        await first.resting.wait()
        await until(lambda: first.at_work.is_set() or second.at_work.is_set())
        resign.set()
    assert 2 == first.terms + second.terms
    async with asyncio.timeout(60):
        # The server ends a session a moment after its client has gone, and rings no bell.
        while await db.read(leading_session) is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await db.close()


def terminate(url: str, pid: int | None) -> None:
    """End a session on the server."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [pid])


async def test_an_ex_leader_takes_nothing_in_hand(database: Database) -> None:
    """Once the lead is lost the sender finds nothing to send, whatever waits."""
    await database.write(
        lambda connection: tell(connection, 7, "mailing_report", "report:7", REPORT, NOW)
    )
    leader = OnlyProcess()
    await leader.acquire()
    term = Term(leader)
    senders = LeadersDatabase(database, term)
    await leader.release()
    assert [] == await senders.write(claim_letters, NOW, 10)
    assert 0 == await senders.write(recover_letters)
    assert term.over.is_set()
    statuses = await database.read(
        lambda connection: connection.scalars(sa.select(outbox.c.status)).all()
    )
    assert ["waiting"] == statuses


async def test_a_leader_takes_in_hand(database: Database) -> None:
    """While the lead is held the sender gets what waits."""
    await database.write(
        lambda connection: tell(connection, 7, "mailing_report", "report:7", REPORT, NOW)
    )
    leader = OnlyProcess()
    await leader.acquire()
    senders = LeadersDatabase(database, Term(leader))
    assert [7] == [letter.person_id for letter in await senders.write(claim_letters, NOW, 10)]


async def test_people_are_not_stale_across_replicas(postgres_url: str) -> None:
    """What one replica changed about a person the next tap finds on another."""
    here, there = await open_database(postgres_url), await open_database(postgres_url)
    ours, theirs = Directory(here, SystemClock()), Directory(there, SystemClock())
    await ours.join(7, "Aigul")
    await theirs.find(7)
    await ours.change(choose_language, 7, Language.RUSSIAN)
    found = await theirs.find(7)
    await here.close()
    await there.close()
    assert found is not None
    assert Language.RUSSIAN is found.language


async def test_one_process_alone_remembers_people(sqlite_database: Database) -> None:
    """On SQLite a person is read once."""
    directory = Directory(sqlite_database, SystemClock())
    first = await directory.join(7, "Aigul")
    await sqlite_database.write(join, 7, "Saule", NOW)
    assert await directory.find(7) is first
