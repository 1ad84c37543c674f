"""A second process on the same SQLite file, while the first serves people."""

import asyncio
import os
import sys
from pathlib import Path

from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount

ROOT = Path(__file__).resolve().parents[2]
CITIZENS = 40
CONFLICT = 409  # what Telegram tells two who poll


async def test_a_second_process_leaves_the_file_alone(
    scene_on: OpenScene, sqlite_url: str, say: Say
) -> None:
    """It says in a sentence who holds the file and ends; the first one loses nothing."""
    async with scene_on(sqlite_url, CITIZENS) as scene:
        load, recount = Load(scene), Recount(scene)
        first = await scene.start()
        second = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=ROOT,
            env=os.environ | scene.environment(),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        said: list[bytes] = []

        async def listen() -> None:
            said.append((await second.communicate())[1])

        async with asyncio.TaskGroup() as group:
            group.create_task(listen())
            while not said and not load.over:
                load.next_citizen()
                await scene.until(lambda: said or not load.unconfirmed)
        load.all_act()
        asked_only_once = 409 not in {
            call.error_code for call in scene.sandbox.telegram.calls.ring
        }
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    words = said[0].decode().strip()
    say(f"two processes on one file: the second ended with {second.returncode}; {result}")
    assert 1 == second.returncode
    assert words.endswith("give this one a database of its own.")
    assert str(first.pid) in words
    assert asked_only_once
    assert ([], [], 0, 0) == (result.lost, result.twice, result.untold, result.repeated)
