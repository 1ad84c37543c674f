"""Updates that come twice, and updates that overtake each other."""

import asyncio

from sandbox.server.faults import FOREVER, Fault, FaultKind
from sandbox.server.updates import FIRST_UPDATE_ID
from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import TOPIC, Deed, Kind, Load, draft_of, words_of
from tests.faults.reckoning import finish, messages_to, reckon
from tests.faults.recount import Recount
from tests.faults.scene import REGION, Scene

CITIZENS = 30
PARTS = 2  # messages in which words come


async def test_every_update_twice(scene_on: OpenScene, sqlite_url: str, say: Say) -> None:
    """Each update comes again after it was confirmed, each tap under a second number too."""
    async with scene_on(sqlite_url, CITIZENS) as scene:
        load, recount = Load(scene), Recount(scene)
        telegram = scene.sandbox.telegram
        telegram.faults.order(Fault(FaultKind.DUPLICATE, count=FOREVER))
        telegram.faults.order(Fault(FaultKind.REPEAT_TAP, count=FOREVER))
        load.all_act()
        await scene.start()
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    updates = telegram.updates.made
    say(f"every update twice: {updates} updates; {result} ({result.receipts} receipts)")
    assert ([], [], 0, 0) == (result.lost, result.twice, result.untold, result.receipts)
    assert result.repeated <= updates


async def file_in_dialogue(scene: Scene, load: Load, person: int) -> None:
    """File an appeal step by step, as the bot asks; only the words come in one breath."""
    words = [words_of(f"{person}, {part}") for part in range(PARTS)]
    draft = draft_of(person, load.say(person, "/appeal"))
    await scene.until(lambda: messages_to(scene, person) == 1)
    for data in (f"apt:{draft}:{TOPIC}", f"plc:appeal:{draft}:{REGION}:0"):
        tap = load.press(person, data)
        await scene.until(tap.answered.is_set)
    for part in words:
        load.say(person, part)
    await scene.until(lambda: messages_to(scene, person) == 1 + PARTS)
    decisive = FIRST_UPDATE_ID + scene.sandbox.telegram.updates.made
    tap = load.press(person, f"aps:{draft}")
    load.deeds.append(Deed(Kind.APPEAL, person, 0, "\n".join(words), (decisive,), tap))


async def test_updates_out_of_order(scene_on: OpenScene, sqlite_url: str, say: Say) -> None:
    """Each update comes after the one that followed it; words stand as they were written."""
    async with scene_on(sqlite_url, CITIZENS) as scene:
        load, recount = Load(scene, kinds=(Kind.VOTE, Kind.RATING, Kind.SOLVED)), Recount(scene)
        telegram = scene.sandbox.telegram
        telegram.faults.order(Fault(FaultKind.OUT_OF_ORDER, count=FOREVER, chance=0.5))
        await scene.start()
        async with asyncio.TaskGroup() as people:
            for person in scene.citizens:
                people.create_task(file_in_dialogue(scene, load, person))
            load.all_act()
        result = reckon(scene, load, recount, await finish(scene, load, recount), parts=PARTS)

    say(f"updates out of order: {telegram.updates.made} updates; {result}")
    assert ([], [], 0, 0) == (result.lost, result.twice, result.untold, result.repeated)
