"""The doctor says what is wrong: each test makes the fault."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiohttp import web

from bot.doctor import examine
from bot.doctor.finding import Finding
from bot.doctor.machine import look_at_clock
from bot.settings import Settings
from services.operations.heartbeat import beat
from storage.database import Database, open_database
from storage.leader import LEADING
from storage.lock import FileLock, lock_path
from storage.outbox import tell
from storage.probe import check_writable

REPORT = {"mailing": 1, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}
HOLD_AND_FORK = """
import os, sys, time
from pathlib import Path
from storage.lock import FileLock
FileLock(Path(sys.argv[1])).acquire()
child = os.fork()
if child:
    print(child, flush=True)
else:
    os.close(1)
time.sleep(600)
"""


async def findings(url: str, **settings: Any) -> dict[str, Finding]:
    """Return what the doctor finds, by subject."""
    asked = Settings(_env_file=None, database_url=url, bot_token=None, **settings)
    return {finding.subject: finding async for finding in examine(asked)}


async def has_waiting(db: Database, last_beat: timedelta | None) -> None:
    """Let a message wait; let the leader's last sign of life be so old."""
    now = datetime.now(UTC)
    await db.write(lambda connection: tell(connection, 7, "mailing_report", "r:7", REPORT, now))
    if last_beat is not None:
        await db.write(beat, now - last_beat)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 4 MB, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


async def test_all_is_well(database: Database) -> None:
    """A database in order, with nobody waiting, is ok."""
    await database.write(beat, datetime.now(UTC))
    found = await findings(database.url)
    assert {"token"} == {subject for subject, finding in found.items() if not finding.ok}
    assert "nobody waits for a message" == found["sender"].words


async def test_it_changes_nothing(database: Database) -> None:
    """Looking leaves no row and no file behind."""
    await findings(database.url)
    check_writable(database.url)
    facts = await database.read(
        lambda connection: connection.exec_driver_sql("SELECT count(*) FROM facts").scalar()
    )
    assert 0 == facts


def files_in(folder: Path) -> list[Path]:
    """Return what lies in a folder."""
    return list(folder.iterdir())


async def test_no_database_yet(tmp_path: Path) -> None:
    """A database that is not there yet is ok and stays away."""
    found = await findings(f"sqlite:///{tmp_path}/none.db")
    assert found["database"].ok
    assert [] == files_in(tmp_path)


def fill_up(disk: Path) -> None:
    """Leave no room on a disk."""
    with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))


async def test_full_disk(small_disk: Path, migrated_file: Path) -> None:
    """A disk with little room is told, and so is one with none."""
    path = small_disk / "test.db"
    shutil.copyfile(migrated_file, path)
    found = await findings(f"sqlite:///{path}")
    assert not found["disk"].ok
    assert "make room" in found["disk"].words
    fill_up(small_disk)
    found = await findings(f"sqlite:///{path}")
    assert "0 MB free" in found["disk"].words
    assert not found["database"].ok


async def test_backup_disk(sqlite_url: str, small_disk: Path) -> None:
    """The disk of the backups is looked at as well."""
    found = await findings(sqlite_url, backup_dir=small_disk / "copies")
    assert found["disk"].ok
    assert not found["backup disk"].ok


def forbid_writing(path: Path) -> None:
    """Say in a file that a later version of SQLite is needed to write to it."""
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x03")


async def test_read_only_file(sqlite_url: str) -> None:
    """A database file that SQLite may not write is told."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    forbid_writing(path)
    found = await findings(sqlite_url)
    assert Finding("database", ok=False, words=READ_ONLY) == found["database"]


async def test_read_only_server(postgres_url: str) -> None:
    """A server that takes no writes is told."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(
            f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode()
        )
    found = await findings(postgres_url)
    assert Finding("database", ok=False, words=READ_ONLY) == found["database"]


READ_ONLY = "it is read-only: check DATABASE_URL, the disk and the rights of the bot's user"


@pytest.fixture
async def server_of() -> AsyncIterator[Any]:
    """Give a way to start a server whose clock is off by so much."""
    runners: list[web.AppRunner] = []

    async def start(off: timedelta) -> str:
        async def answer(_: web.Request) -> web.Response:
            date = format_datetime(datetime.now(UTC) + off, usegmt=True)
            return web.Response(headers={"Date": date})

        app = web.Application()
        app.router.add_route("*", "/", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.mark.parametrize(("off", "ok"), [(0, True), (25, True), (-40, False), (3600, False)])
async def test_clock(server_of: Any, off: int, ok: bool) -> None:  # noqa: FBT001 - the answer
    """A clock that is off by more than 30 s is told, in either direction."""
    found = await look_at_clock(await server_of(timedelta(seconds=off)))
    assert ok == found.ok
    assert ok or "timedatectl set-ntp true" in found.words


async def test_stopped_sender(database: Database) -> None:
    """Messages that wait while the leader gives no sign of life are told."""
    await has_waiting(database, timedelta(minutes=4))
    async with leading(database):
        found = await findings(database.url)
    assert not found["sender"].ok
    assert "it has stood still since" in found["sender"].words
    assert not found["lock"].ok
    assert "gives no sign of life" in found["lock"].words


async def test_sender_at_work(database: Database) -> None:
    """With a sign of life of the last three minutes all is well."""
    await has_waiting(database, timedelta(minutes=2))
    async with leading(database):
        found = await findings(database.url)
    assert found["sender"].ok
    assert found["lock"].ok


async def test_no_bot_runs(postgres_url: str) -> None:
    """Messages that wait while nobody leads are told."""
    db = await open_database(postgres_url)
    await has_waiting(db, timedelta(minutes=1))
    found = await findings(postgres_url)
    await db.close()
    assert "messages wait and no bot runs: python -m bot run" == found["sender"].words
    assert not found["sender"].ok


class leading:  # noqa: N801 - reads as a word
    """Hold the lead of a database without doing anything."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._session: psycopg.Connection[Any] | None = None

    async def __aenter__(self) -> None:
        if self._database.dialect == "postgresql":
            self._session = psycopg.connect(self._database.url, autocommit=True)
            self._session.execute("SELECT pg_advisory_lock(%s)", [LEADING])

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            self._session.close()


async def test_lock_left_behind(sqlite_url: str) -> None:
    """The lock file of a killed bot is named, and harmless."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    lock_path(path).write_text("4194305\n")
    found = await findings(sqlite_url)
    assert found["lock"].ok
    assert (
        "left behind by process 4194305, which is gone; the next start takes it"
        == found["lock"].words
    )
    lock = FileLock(path)
    lock.acquire()
    lock.release()


async def test_lock_of_a_process_that_is_gone(sqlite_url: str) -> None:
    """A lock that lives on in a child of a killed bot is told with the way to find the child."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD_AND_FORK, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    found = await findings(sqlite_url)
    os.kill(child, 9)
    assert not found["lock"].ok
    assert f"held, but not by process {parent.pid}" in found["lock"].words


async def test_advisory_lock_of_nobody(postgres_url: str) -> None:
    """A session that leads without a bot behind it is told with the way to end it."""
    db = await open_database(postgres_url)
    async with leading(db):
        found = await findings(postgres_url)
    await db.close()
    assert not found["lock"].ok
    assert "SELECT pg_terminate_backend(" in found["lock"].words
