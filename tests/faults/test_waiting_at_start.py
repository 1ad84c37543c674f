"""Ten thousand updates that waited while the bot was away."""

import pytest

from sandbox.server.updates import Updates
from tests.faults.conftest import OpenScene, Say
from tests.faults.load import Kind, Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount

POLLS = 17
APPEALS = 200
CITIZENS = 500
UPDATES = 10_000


@pytest.mark.parametrize("kills", [1])
async def test_ten_thousand_updates_wait(
    scene_on: OpenScene, sqlite_url: str, say: Say, kills: int
) -> None:
    """All are worked off, also where the bot is killed half way; none is done twice."""
    async with scene_on(sqlite_url, CITIZENS, polls=POLLS) as scene:
        load, recount = Load(scene, kinds=(Kind.VOTE, Kind.RATING, Kind.SOLVED)), Recount(scene)
        for person in scene.citizens[:APPEALS]:
            load.file_appeal(person)
        load.all_act()
        updates = scene.sandbox.telegram.updates
        waited = load.unconfirmed
        flying = 0
        for kill in range(kills):
            await scene.start()
            goal = (kill + 1) * waited // (kills + 1)
            await scene.until(lambda goal=goal: updates.unconfirmed <= waited - goal)
            await scene.kill()
            flying += in_work(updates) + recount.look().outbox["sending"]
        await scene.start()
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(f"{waited} updates waiting at the start, {kills} kill: {result} of {flying} in flight")
    assert waited >= UPDATES
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= flying


def in_work(updates: Updates) -> int:
    """Return how many updates the bot had been given and had not confirmed."""
    return sum(entry.delivered for entry in updates.entries)
