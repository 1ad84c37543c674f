import asyncio
import subprocess
import sys
from pathlib import Path

from storage.database import Database, open_database
from storage.leader import leader_of, leading_session
from tests.cluster import Cluster

ROOT = Path(__file__).parents[2]
LEAD = """
import asyncio, sys
from storage.advisory_lock import AdvisoryLock

async def lead():
    lock = AdvisoryLock(sys.argv[1])
    print(await lock.acquire(), flush=True)
    await asyncio.sleep(600)

asyncio.run(lead())
"""


async def test_one_leads(postgres_url: str) -> None:
    """Of two processes one leads, and the other takes over when it lets go."""
    database = await open_database(postgres_url)
    first, second = leader_of(database), leader_of(database)
    assert not await first.held()
    assert await first.acquire()
    assert await first.acquire()
    assert not await second.acquire()
    assert await first.held()
    assert not await second.held()
    await first.release()
    assert not await first.held()
    assert await second.acquire()
    await second.release()
    await second.release()
    await database.close()


async def test_nobody_leads(postgres_url: str) -> None:
    """Whether anybody leads can be asked."""
    database = await open_database(postgres_url)
    leader = leader_of(database)
    assert await database.read(leading_session) is None
    await leader.acquire()
    assert await database.read(leading_session) is not None
    await leader.release()
    await database.close()


async def test_leader_is_killed(postgres_url: str) -> None:
    """When the leader is killed, another process leads."""
    database = await open_database(postgres_url)
    leader = leader_of(database)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LEAD, postgres_url, cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert b"True\n" == await process.stdout.readline()
    assert not await leader.acquire()
    process.kill()
    await process.communicate()
    async with asyncio.timeout(60):
        while not await leader.acquire():  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.05)
    assert await leader.held()
    await leader.release()
    await database.close()


async def test_server_restarts(postgres_url: str, postgres_server: Cluster) -> None:
    """A restart of the server ends the lead, which must be taken again."""
    database = await open_database(postgres_url)
    leader = leader_of(database)
    await leader.acquire()
    await asyncio.to_thread(postgres_server.restart)
    assert not await leader.held()
    assert await leader.acquire()
    await leader.release()
    await database.close()


async def test_only_process(sqlite_database: Database) -> None:
    """On SQLite the only process leads from when it wants to."""
    leader = leader_of(sqlite_database)
    assert not await leader.held()
    assert await leader.acquire()
    assert await leader.held()
    await leader.release()
    assert not await leader.held()
