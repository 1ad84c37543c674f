"""Two replicas by webhook on one PostgreSQL database, and the one that leads is killed."""

import asyncio
import signal
import time

import sqlalchemy as sa

from storage.types import SealedJSON
from tests.counts import Say
from tests.faults.balancer import Balancer, free_port, replica_at, webhook_settings
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount, readable
from tests.faults.talk import BEST, crowd
from tests.hatchery import Program

CITIZENS = 60
AT_ONCE = 30  # people who talk at a time
PARTS = 3  # messages in which each appeal is written
UPDATES = CITIZENS * (3 + 4 + PARTS + BEST)
TAKEOVER = 15.0  # seconds
LEADS = "this process leads"


def marks(url: str) -> dict[int, list[int]]:
    """Return the marks of each answer in the order in which they were given."""
    engine = sa.create_engine(readable(url), poolclass=sa.NullPool)
    statement = (
        "SELECT appeal_id, details FROM appeal_events WHERE kind = 'rated' ORDER BY version"
    )
    found: dict[int, list[int]] = {}
    with engine.connect() as connection:
        for row in connection.execute(sa.text(statement).columns(details=SealedJSON)):
            found.setdefault(row.appeal_id, []).append(row.details["rating"])
    return found


async def test_a_replica_is_killed(scene_on: OpenScene, postgres_url: str, say: Say) -> None:
    """The other one goes on, in the order of each chat, and leads within 15 s."""
    ports = [free_port(), free_port()]
    balancer = Balancer([replica_at(port) for port in ports])
    running: list[Program] = []
    async with balancer.listening(), scene_on(postgres_url, CITIZENS) as scene:
        scene.settings |= webhook_settings(balancer, ports[0]) | {"LOG_LEVEL": "info"}
        load, recount = Load(scene), Recount(scene)

        async def start(name: str, port: int, words: str) -> Program:
            replica = scene.replica(name, WEBHOOK_PORT=str(port))
            running.append(replica)
            await replica.says(words)
            await replica.says("Listening")
            return replica

        try:
            first = await start("first", ports[0], LEADS)
            second = await start("second", ports[1], "this one stands by")
            people = asyncio.create_task(crowd(load, balancer, PARTS, AT_ONCE))
            await scene.until(lambda: len(balancer.answered) > UPDATES // 3)
            await first.send(signal.SIGKILL)
            killed = time.monotonic()
            sending = recount.look().outbox["sending"]
            await second.says(LEADS)
            took = time.monotonic() - killed
            third = await start("third", ports[0], "this one stands by")
            await people
            facts = await finish(scene, load, recount)
            statuses = [await replica.send(signal.SIGTERM) for replica in (third, second)]
        finally:
            for replica in running:
                await replica.send(signal.SIGKILL)
        result = reckon(scene, load, recount, facts, parts=PARTS)

    flying = balancer.in_flight + sending
    in_order = sum(given == list(range(1, BEST + 1)) for given in marks(postgres_url).values())
    say(
        f"two replicas, one killed: another led after {took:.1f} s; "
        f"{len(balancer.answered)} updates, by replica {sorted(balancer.by_replica.values())}; "
        f"{in_order} of {CITIZENS} chats in order; {result} of {flying} in flight"
    )
    assert [0, 0] == statuses
    assert took <= TAKEOVER
    assert UPDATES == len(balancer.answered)
    assert min(balancer.by_replica.values()) > UPDATES // 10
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert CITIZENS == in_order
    assert result.repeated <= flying
