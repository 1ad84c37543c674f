"""kill -9 at random instants, of the start and of work, while people act.

`KILLS=200 pytest tests/faults/test_killed.py` is the long way; `make test` goes a short one.
"""

import asyncio
import os
import random

from sandbox.server.telegram import Telegram
from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.distance import distance
from tests.faults.load import Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount
from tests.faults.scene import PATIENCE, Scene

KILLS = int(os.environ.get("KILLS", "10"))
CITIZENS = 16 * KILLS
WAITING = 200  # updates that are kept waiting for the bot
CALLS = 200  # calls of the bot within which the kill comes, so that a slow machine gets as far
MOMENT = 0.05  # seconds by which it comes later than a call
ROUND_TRIP = 0.04  # seconds to Telegram and back
BEGINNING = 0.15  # of the kills come at any moment from the fork on, the others once it asks
FORK = 0.6  # seconds that a start takes, roughly


def in_flight(telegram: Telegram, letters: int) -> int:
    """Return how many updates and letters were in work when the bot died."""
    return letters + sum(entry.delivered for entry in telegram.updates.entries)


async def keep_busy(load: Load) -> None:
    """Let people act for as long as the task lives."""
    while not load.over:
        load.top_up(WAITING)
        await asyncio.sleep(0.01)


async def live_and_die(scene: Scene, dice: random.Random) -> None:
    """Let the bot live for a while that nobody knows before."""
    if dice.random() < BEGINNING:
        scene.hatch()
        await asyncio.sleep(dice.uniform(0, FORK))
    else:
        await scene.start()
        calls = scene.sandbox.telegram.calls
        goal = calls.last + dice.randrange(CALLS)
        await scene.until(lambda: calls.last >= goal)
        await asyncio.sleep(dice.uniform(0, MOMENT))
    await scene.kill()


async def test_kill_9_at_random_instants(scene_on: OpenScene, database_url: str, say: Say) -> None:
    """After each kill whatever was confirmed is kept; in the end all of it, and once."""
    dice = random.Random(2026)  # noqa: S311 - the same instants each time, as far as that goes
    async with (
        scene_on(database_url, CITIZENS) as scene,
        distance(scene.sandbox.bot_api, ROUND_TRIP) as telegram_api,
    ):
        scene.settings["TELEGRAM_API"] = telegram_api
        load, recount = Load(scene), Recount(scene)
        load.top_up(WAITING)
        people = asyncio.create_task(keep_busy(load))
        idle = flying = checked = 0
        unchecked: list[int] = []
        for _ in range(KILLS):
            await live_and_die(scene, dice)
            idle += not load.unconfirmed
            facts = recount.look()
            flying += in_flight(scene.sandbox.telegram, facts.outbox["sending"])
            confirmed = load.confirmed()
            unchecked += range(checked, len(load.deeds))
            checked = len(load.deeds)
            done = [number for number in unchecked if confirmed(load.deeds[number])]
            unchecked = [number for number in unchecked if not confirmed(load.deeds[number])]
            lost = [number for number in done if not recount.holds(load.deeds[number], facts)]
            assert [] == [load.deeds[number] for number in lost]
        await scene.start()
        await scene.until(people.done, PATIENCE + KILLS * FORK * 5)
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(
        f"kill -9, {database_url.partition(':')[0]}: {KILLS} kills; {result} "
        f"({result.receipts} receipts) of {flying} in flight"
    )
    assert 0 == idle
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= flying
