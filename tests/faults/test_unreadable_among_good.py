"""Updates that nobody can read, a broken megabyte too, between what people do."""

from sandbox.server.telegram import Telegram
from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount
from tests.intake.test_unreadable import BROKEN, UNPARSABLE, numbered

BAD = [*UNPARSABLE.values(), *BROKEN.values()]
CITIZENS = len(BAD)


def queue(telegram: Telegram, kind: int) -> None:
    """Put one unreadable update into the queue as the bytes that it is."""
    number = telegram.updates.put_raw({}, "raw")
    body = BAD[kind]
    broken = kind >= len(UNPARSABLE)
    content = body.replace(b"%d", b"%d" % number) if broken else numbered(number, body)
    telegram.updates.entries[-1].body = content


async def test_unreadable_updates_hide_no_other(
    scene_on: OpenScene, sqlite_url: str, say: Say
) -> None:
    """Each is set aside and confirmed; everything around them is done."""
    async with scene_on(sqlite_url, CITIZENS) as scene:
        load, recount = Load(scene), Recount(scene)
        for kind in range(len(BAD)):
            load.next_citizen()
            queue(scene.sandbox.telegram, kind)
        await scene.start()
        facts = await finish(scene, load, recount)
        result = reckon(scene, load, recount, facts)

    say(f"{len(BAD)} unreadable updates: {facts.quarantined} set aside; {result}")
    assert len(BAD) >= 21
    assert len(BAD) == facts.quarantined
    assert ([], [], 0, 0) == (result.lost, result.twice, result.untold, result.repeated)
