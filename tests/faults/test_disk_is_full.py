"""A disk without room under the whole bot."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import anybody_told, finish, reckon
from tests.faults.recount import Recount

CITIZENS = 60
BEFORE = 15
ROOM = 100_000  # bytes that are left
PAGE = 4096


@dataclass(frozen=True)
class SmallDisk:
    """A folder and the ways to take its room away and to give it back."""

    folder: Path
    kind: str
    fill: Callable[[int], None]
    free: Callable[[int], None]


@contextmanager
def mounted(folder: Path) -> Iterator[SmallDisk]:
    """Mount a file system in memory of which a filler takes all the room."""
    folder.mkdir()
    size = ["-o", "size=24m"]
    subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", folder], check=True)
    filler = folder / "filler"

    def fill(_: int) -> None:
        free = shutil.disk_usage(folder).free
        filler.write_bytes(bytes((free - ROOM) // PAGE * PAGE))

    def free(_: int) -> None:
        filler.unlink()

    try:
        yield SmallDisk(folder, "tmpfs", fill, free)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def limited(folder: Path) -> Iterator[SmallDisk]:
    """Limit how large files of the bot may become, where nothing can be mounted."""
    folder.mkdir()

    def fill(bot: int) -> None:
        log = max(path.stat().st_size for path in folder.iterdir() if path.suffix == ".db-wal")
        hard = resource.prlimit(bot, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(bot, resource.RLIMIT_FSIZE, (log + ROOM, hard))

    def free(bot: int) -> None:
        hard = resource.prlimit(bot, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(bot, resource.RLIMIT_FSIZE, (hard, hard))

    yield SmallDisk(folder, "file size limit", fill, free)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Give a small disk of the best kind that this machine permits."""
    with (mounted if _may_mount(tmp_path / "probe") else limited)(tmp_path / "disk") as disk:
        yield disk


def _may_mount(probe: Path) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    probe.mkdir()
    tried = subprocess.run(
        ["mount", "-t", "tmpfs", "tmpfs", probe], check=False, capture_output=True
    )
    if tried.returncode == 0:
        subprocess.run(["umount", probe], check=True)
    return tried.returncode == 0


async def test_nothing_is_lost_on_a_full_disk(
    scene_on: OpenScene, migrated_file: Path, disk: SmallDisk, say: Say
) -> None:
    """What cannot be written is not confirmed, and people hear of it once; then all is done."""
    shutil.copyfile(migrated_file, disk.folder / "unqosu.db")
    async with scene_on(f"sqlite:///{disk.folder}/unqosu.db", CITIZENS) as scene:
        load, recount = Load(scene), Recount(scene)
        bot = await scene.start()
        for _ in range(BEFORE):
            load.next_citizen()
        await scene.until(lambda: not load.unconfirmed)
        disk.fill(bot.pid)
        load.all_act()
        await scene.until(lambda: "waits for better times" in scene.log())
        await scene.until(lambda: load.unconfirmed and anybody_told(scene))
        facts, confirmed = recount.look(), load.confirmed()
        done = [deed for deed in load.deeds if confirmed(deed)]
        assert [] == [deed for deed in done if not recount.holds(deed, facts)]
        waiting = load.unconfirmed
        disk.free(bot.pid)
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(
        f"full disk ({disk.kind}): {len(done)} facts confirmed, {waiting} updates waited, "
        f"{result.sorry.total()} of {CITIZENS} told so; {result}"
    )
    assert waiting
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= waiting
    assert 1 == max(result.sorry.values())
