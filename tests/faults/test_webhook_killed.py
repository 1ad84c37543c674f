"""kill -9 at random instants of a bot that takes updates by webhook, while people act."""

import asyncio
import random

from tests.counts import Say
from tests.faults.balancer import Balancer, free_port, replica_at, webhook_settings
from tests.faults.conftest import OpenScene
from tests.faults.distance import distance
from tests.faults.load import Deed, Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount
from tests.faults.scene import Scene
from tests.faults.talk import crowd
from tests.faults.test_killed import BEGINNING, FORK, KILLS, MOMENT, ROUND_TRIP

CITIZENS = 6 * KILLS
AT_ONCE = 40  # people who talk at a time
PARTS = 3  # messages in which each appeal is written
ANSWERS = 40  # answered updates within which the kill comes


async def live_and_die(scene: Scene, balancer: Balancer, dice: random.Random) -> None:
    """Let the bot live for a while that nobody knows before."""
    if dice.random() < BEGINNING:
        scene.hatch()
        await asyncio.sleep(dice.uniform(0, FORK))
    else:
        await scene.start()
        goal = len(balancer.answered) + dice.randrange(ANSWERS)
        await scene.until(lambda: len(balancer.answered) >= goal)
        await asyncio.sleep(dice.uniform(0, MOMENT))
    await scene.kill()


async def test_kill_9_by_webhook(scene_on: OpenScene, database_url: str, say: Say) -> None:
    """After each kill whatever was answered 200 is kept; in the end all of it, and once."""
    dice = random.Random(2026)  # noqa: S311 - the same instants each time, as far as that goes
    port = free_port()
    balancer = Balancer([replica_at(port)])
    async with (
        balancer.listening(),
        scene_on(database_url, CITIZENS, **webhook_settings(balancer, port)) as scene,
        distance(scene.sandbox.bot_api, ROUND_TRIP) as telegram_api,
    ):
        scene.settings["TELEGRAM_API"] = telegram_api
        load, recount = Load(scene), Recount(scene)

        def confirmed(deed: Deed) -> bool:
            return deed.shown or balancer.answered.issuperset(deed.updates)

        people = asyncio.create_task(crowd(load, balancer, PARTS, AT_ONCE))
        sending = idle = 0
        for _ in range(KILLS):
            await live_and_die(scene, balancer, dice)
            idle += people.done()
            facts = recount.look()
            sending += facts.outbox["sending"]
            done = [deed for deed in load.deeds if confirmed(deed)]
            assert [] == [deed for deed in done if not recount.holds(deed, facts)]
        await scene.start()
        await people
        result = reckon(scene, load, recount, await finish(scene, load, recount), parts=PARTS)

    flying = balancer.in_flight + sending
    say(
        f"kill -9 by webhook, {database_url.partition(':')[0]}: {KILLS} kills, "
        f"{len(balancer.answered)} updates; {result} ({result.receipts} receipts) "
        f"of {flying} in flight"
    )
    assert 0 == idle
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= flying
