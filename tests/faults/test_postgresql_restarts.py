"""PostgreSQL goes away under load and comes back, in order and after a crash."""

import asyncio
import time

from tests.cluster import Cluster
from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import anybody_told, finish, reckon
from tests.faults.recount import Recount

CITIZENS = 120
WAITING = 100


async def test_postgresql_restarts_under_load(
    scene_on: OpenScene, postgres_url: str, postgres_server: Cluster, say: Say
) -> None:
    """Whatever was asked while the server was away happens once when it is back."""
    async with scene_on(postgres_url, CITIZENS) as scene:
        load, recount = Load(scene), Recount(scene)
        load.top_up(WAITING)
        await scene.start()
        flying = 0
        for crash in (False, True):
            made = scene.sandbox.telegram.calls.last
            await scene.until(lambda made=made: scene.sandbox.telegram.calls.last > made + 30)
            load.top_up(load.unconfirmed + WAITING)
            flying += sum(entry.delivered for entry in scene.sandbox.telegram.updates.entries)
            await asyncio.to_thread(postgres_server.restart, crash=crash)
        load.all_act()
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(f"PostgreSQL restarted twice: {result} ({result.receipts} receipts) of {flying} in flight")
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= flying
    assert max(result.sorry.values()) <= 1


async def test_postgresql_is_away_for_longer_than_a_handler_may_take(
    scene_on: OpenScene, postgres_url: str, postgres_server: Cluster, say: Say
) -> None:
    """Handlers that ran out of time have confirmed nothing, and people hear of it once."""
    async with scene_on(postgres_url, CITIZENS // 3) as scene:
        load, recount = Load(scene), Recount(scene)
        await scene.start()
        load.next_citizen()
        await scene.until(lambda: not load.unconfirmed)
        load.all_act()
        waited = load.unconfirmed
        await asyncio.to_thread(postgres_server.stop)
        began = time.monotonic()
        await scene.until(lambda: anybody_told(scene))
        away = time.monotonic() - began
        await asyncio.to_thread(postgres_server.start)
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(
        f"PostgreSQL away for {away:.0f} s: {waited} updates waited, "
        f"{result.sorry.total()} of {CITIZENS // 3} told so; {result}"
    )
    assert 1 == max(result.sorry.values())
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= waited
