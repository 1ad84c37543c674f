"""Conversations in Kazakh and Russian, over HTTP against the sandbox.

`RECORD=1 pytest tests/transcripts` writes what people see into the transcripts; the change is
then read by eye like any other.
"""

import os
from pathlib import Path

import pytest

from sandbox.server.faults import FOREVER, Fault, FaultKind
from tests.hatchery import Hatchery
from tests.transcripts.memory import differences, remember
from tests.transcripts.overheard import secrets_of
from tests.transcripts.player import player
from tests.transcripts.script import Script, read, scripts, write_seen
from tests.transcripts.stage import OwnProcess, Stage, bot_in_this_process, set_up

RECORD = bool(os.environ.get("RECORD"))
KILLED = ("appeal-kk.yaml",)

_memories: dict[str, dict[str, list[str]]] = {}

every_script = pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)


async def _play(path: Path, folder: Path, *, compare: bool = True) -> dict[str, list[str]]:
    script = read(path)
    async with set_up(folder, script.people, script.start_at, script.settings) as stage:
        async with (
            player(stage, script) as actor,
            bot_in_this_process(stage),
        ):
            await actor.play(compare=compare, record=RECORD and compare)
            await stage.rest()
        _require_discretion(stage, script)
        if RECORD and compare:
            write_seen(path, script)
        return remember(stage.database_url)


def _require_discretion(stage: Stage, script: Script) -> None:
    """Fail where the log of a play says who somebody is, or what they said or pressed."""
    secrets = secrets_of(script, stage.sandbox.token)
    told = sorted(secret for secret in secrets if secret in stage.logged)
    assert not told, f"the log holds {told}"


@every_script
async def test_people_see_what_the_transcript_says(path: Path, tmp_path: Path) -> None:
    """Every message, button and pop-up is the one of the transcript; the log tells none of it."""
    _memories[path.stem] = await _play(path, tmp_path)


@every_script
async def test_every_update_twice_leaves_the_same_database(path: Path, tmp_path: Path) -> None:
    """Delivering every update twice changes nothing that is kept."""
    once = _memories.get(path.stem)
    if once is None:
        (tmp_path / "once").mkdir()
        once = await _play(path, tmp_path / "once", compare=False)
    script = read(path)
    (tmp_path / "twice").mkdir()
    async with set_up(
        tmp_path / "twice", script.people, script.start_at, script.settings
    ) as stage:
        stage.sandbox.telegram.faults.order(Fault(FaultKind.DUPLICATE, count=FOREVER))
        async with (
            player(stage, script) as actor,
            bot_in_this_process(stage),
        ):
            await actor.play(compare=False)
            await stage.rest()
        twice = remember(stage.database_url)
    different = differences(once, twice)
    assert not different, "\n".join(different)


@pytest.mark.parametrize("name", KILLED)
async def test_killed_between_any_two_steps(name: str, tmp_path: Path, hatchery: Hatchery) -> None:
    """A bot that is killed and started again before every step continues the conversation."""
    script = read(next(path for path in scripts() if path.name == name))
    async with set_up(tmp_path, script.people, script.start_at, script.settings) as stage:
        process = OwnProcess(stage, hatchery)

        async def restart(_step: int) -> None:
            await process.kill()
            await process.start()

        try:
            async with player(stage, script) as actor:
                await actor.play(before=restart)
        finally:
            await process.kill()
