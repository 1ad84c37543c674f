"""Copies of citizens' files: whole, checked, under names of our own, whatever happens."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.kept_files import key_of_copy, read_copy
from sandbox.server.files import DOWNLOAD_LIMIT
from services.appeals.files import PAUSES
from services.appeals.model import AttachmentKind
from storage.database import open_database
from storage.schema.appeals import attachments
from storage.vault import newest_key
from tests.appeals_files import samples
from tests.appeals_files.conftest import Desk, file_with, upload
from tests.counts import Say
from tests.processes import StartProgram

DOCUMENT, PHOTO = AttachmentKind.DOCUMENT, AttachmentKind.PHOTO
MANY = 40
KILLS = 3


def kept(folder: Path) -> dict[str, bytes]:
    """Return what was sent of what lies in the folder, by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): read_copy(path) for path in files}


async def test_kept(desk: Desk) -> None:
    """A copy is the file to the byte; its name is made of numbers and its real kind."""
    photo = samples.jpeg(gps=True)
    appeal = await desk.file(
        (DOCUMENT, "../../../etc/passwd", samples.pdf()),
        (DOCUMENT, "суретім\x00/..\\.png", photo),
    )

    assert 2 == await desk.copies.copy_now()

    names = [f"000000/{appeal}-10.pdf", f"000000/{appeal}-11.jpg"]
    assert dict(zip(names, (samples.pdf(), photo), strict=True)) == kept(desk.folder)
    for name in names:
        assert key_of_copy(desk.folder / name) == newest_key()
    found = [(row["copy_state"], row["path"], row["sha256"]) for row in await desk.rows()]
    digests = [hashlib.sha256(data).hexdigest() for data in (samples.pdf(), photo)]
    assert [("stored", *pair) for pair in zip(names, digests, strict=True)] == found
    assert 0 == await desk.copies.copy_now()


async def test_private(desk: Desk) -> None:
    """Nobody but the bot reads the copies."""
    await desk.file((DOCUMENT, "a.pdf", samples.pdf()))

    await desk.copies.copy_now()

    everything = [desk.folder, *desk.folder.rglob("*")]
    assert {0} == {path.stat().st_mode & 0o077 for path in everything}


@pytest.mark.parametrize("name", ["акт.pdf", "photo.jpg", None])
async def test_renamed_program(desk: Desk, name: str | None) -> None:
    """A program is not kept, whatever it is called."""
    await desk.file((DOCUMENT, name, samples.program()))

    await desk.copies.copy_now()

    assert {} == kept(desk.folder)
    assert ["bad_type"] == [row["copy_state"] for row in await desk.rows()]


async def test_too_big(desk: Desk) -> None:
    """A file of 25 MB is not asked for again."""
    await desk.file((DOCUMENT, "a.pdf", samples.pdf().ljust(25 * 1024 * 1024)))

    await desk.copies.copy_now()

    assert {} == kept(desk.folder)
    assert ["too_big"] == [row["copy_state"] for row in await desk.rows()]


async def test_larger_than_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends more than it has announced is not listened to any longer."""
    await desk.file((DOCUMENT, "a.pdf", samples.pdf().ljust(DOWNLOAD_LIMIT - 10)))
    monkeypatch.setattr("bot.fetching.FILE_SIZE_LIMIT", 1000)
    monkeypatch.setattr("sandbox.server.files.StoredFile.as_file", without_size)

    await desk.copies.copy_now()

    assert {} == kept(desk.folder)
    assert ["too_big"] == [row["copy_state"] for row in await desk.rows()]


def without_size(stored: Any) -> dict[str, str]:
    """Return Telegram's File object without its size, which is optional there."""
    names = {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    return {**names, "file_path": stored.path}


async def test_gone(desk: Desk) -> None:
    """A file that Telegram does not find is asked for some more times, then given up."""
    await desk.file((DOCUMENT, "a.pdf", samples.pdf()), (DOCUMENT, "b.pdf", samples.pdf()))
    await desk.db.write(forget)

    assert 2 == await desk.copies.copy_now()
    assert 0 == await desk.copies.copy_now()
    for pause in PAUSES:
        desk.later(seconds=pause.total_seconds())
        assert 1 == await desk.copies.copy_now()

    assert ["gone", "stored"] == [row["copy_state"] for row in await desk.rows()]


def forget(connection: sa.Connection) -> None:
    """Let the first file have an id that Telegram does not know."""
    first = sa.update(attachments).where(attachments.c.message_id == 10)
    connection.execute(first.values(file_id="gone"))


async def test_no_network(desk: Desk) -> None:
    """While Telegram cannot be reached nothing is given up, and little is tried."""
    await desk.file(*[(DOCUMENT, f"{n}.pdf", samples.pdf()) for n in range(6)])
    await desk.sandbox.close()

    assert 3 == await desk.copies.copy_now()

    assert {None} == {row["copy_state"] for row in await desk.rows()}
    assert {0} == {row["copy_tries"] for row in await desk.rows()}


async def test_in_the_background(desk: Desk) -> None:
    """A look begins the copying and does not wait for it; without a folder nothing is copied."""
    await desk.file((PHOTO, None, samples.jpeg(gps=False)))
    copies = desk.copies

    await copies.look()
    await copies.look()

    assert 1 == len(desk.nursery)
    async with asyncio.timeout(60):
        while len(desk.nursery):  # noqa: ASYNC110 - the nursery rings no bell
            await asyncio.sleep(0.01)
    assert ["stored"] == [row["copy_state"] for row in await desk.rows()]


async def test_kill(
    sandbox_factory: Callable[..., Awaitable[Any]],
    database_url: str,
    program: StartProgram,
    tmp_path: Path,
    say: Say,
) -> None:
    """After three kills every copy is there and whole; what was cut off has never its name."""
    url, folder = database_url, tmp_path / "files"
    sandbox = await sandbox_factory()
    data = [samples.pdf() + bytes([65 + n]) * 400_000 for n in range(MANY)]
    database = await open_database(url)
    files = [upload(sandbox, DOCUMENT, f"{n}.pdf", each) for n, each in enumerate(data)]
    await database.write(file_with, files)
    await database.close()

    def copies() -> list[Path]:
        return [path for path in folder.rglob("*") if path.suffix == ".pdf"]

    for kill in range(1, KILLS + 2):
        goal = kill * MANY // (KILLS + 1)
        arguments = (url, sandbox.bot_api, str(folder))
        running = program({}, *arguments, module="tests.appeals_files.child")
        async with running as process, asyncio.timeout(60):
            while len(copies()) < goal and not process.ended.is_set():  # noqa: ASYNC110
                await asyncio.sleep(0.002)
            if kill > KILLS:
                await process.ended.wait()
        whole = {read_copy(path) for path in copies()}
        assert whole <= set(data)

    database = await open_database(url)
    found = await database.read(states)
    await database.close()
    say(f"{KILLS} kills while files were copied: {MANY - len(copies())} of {MANY} missing")
    expected = [("stored", hashlib.sha256(each).hexdigest()) for each in data]
    assert expected == found


def states(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return state and hash of every file in its order."""
    statement = sa.select(attachments.c.copy_state, attachments.c.sha256)
    found = connection.execute(statement.order_by(attachments.c.message_id))
    return [(row.copy_state, row.sha256) for row in found]
