"""Thousands of updates that waited while the bot was away.

`WAITING=10000 pytest tests/faults/test_waiting_at_start.py` lets as many wait as the promise
speaks of; `make test` fewer, and ten thousand where only the taking up is tested (tests/intake).
"""

import os

from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Kind, Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount

UPDATES = int(os.environ.get("WAITING", "3000"))
POLLS = 17
CITIZENS = UPDATES // 20
APPEALS = CITIZENS * 2 // 5


async def test_thousands_of_updates_wait(scene_on: OpenScene, sqlite_url: str, say: Say) -> None:
    """All are worked off, also where the bot is killed half way; none is done twice."""
    async with scene_on(sqlite_url, CITIZENS, polls=POLLS) as scene:
        load, recount = Load(scene, kinds=(Kind.VOTE, Kind.RATING, Kind.SOLVED)), Recount(scene)
        for person in scene.citizens[:APPEALS]:
            load.file_appeal(person)
        load.all_act()
        updates = scene.sandbox.telegram.updates
        waited = load.unconfirmed
        await scene.start()
        await scene.until(lambda: updates.unconfirmed <= waited // 2)
        await scene.kill()
        given = sum(entry.delivered for entry in updates.entries)
        flying = given + recount.look().outbox["sending"]
        await scene.start()
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(f"{waited} updates waiting at the start, one kill: {result} of {flying} in flight")
    assert waited >= UPDATES
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= flying
