"""`backup`, `restore`, and the copy of each night."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.backups import DailyBackup, parts
from bot.nursery import Nursery
from services.polls.ballot_box import cast_ballot
from services.polls.keys import PollKeys
from services.polls.model import Option, plain_questions
from services.polls.reading import question_rows
from storage.backup import backup, backups
from storage.database import Database, open_database
from storage.facts import read_fact, write_fact
from storage.parked import park
from storage.polls import add_poll
from storage.quarantine import keep
from storage.schema.conversations import quarantine
from storage.schema.parked import parked
from storage.schema.polls import ballots
from tests.operations.process import until
from tests.processes import StartProgram
from tests.storage.test_backup import programs as programs  # noqa: PLC0414 - a fixture

ROOT = Path(__file__).resolve().parents[2]
NIGHT = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)  # 03:30 in Asia/Almaty on the 22nd
CANARY = b"canary-of-a-raw-tap"


def bot(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the bot to its end."""
    environment = os.environ | {"DATABASE_URL": url, "BOT_TOKEN": "", "CLOCK_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


async def note(url: str, value: str | None = None) -> str | None:
    """Put a text into the database, if one is given; return what is there."""
    db = await open_database(url)
    try:
        if value is not None:
            await db.write(write_fact, "note", value, NIGHT)
        return await db.read(read_fact, "note")
    finally:
        await db.close()


async def test_there_and_back(database_url: str, tmp_path: Path) -> None:
    """`backup` prints the path of a copy; `restore` brings it back and keeps what it replaced."""
    await note(database_url, "then")
    made = bot(database_url, "backup", str(tmp_path / "copies"))
    copy = Path(made.stdout.strip())
    await note(database_url, "later")
    restored = bot(database_url, "restore", "--yes", str(copy))
    there = await note(database_url)
    aside = Path(restored.stdout.rpartition(" ")[2].strip().removesuffix("."))
    again = bot(database_url, "restore", "--yes", str(aside))
    assert ["", "", ""] == [made.stderr, restored.stderr, again.stderr]
    assert f"Restored {copy}.\nWhat was there before is kept in {aside}.\n" == restored.stdout
    assert ("then", "later") == (there, await note(database_url))


async def test_nothing_without_a_yes(sqlite_url: str, tmp_path: Path) -> None:
    """Where nobody can be asked, `restore` wants --yes and changes nothing."""
    await note(sqlite_url, "then")
    copy = backup(sqlite_url, tmp_path / "copies", NIGHT)
    await note(sqlite_url, "later")
    refused = bot(sqlite_url, "restore", str(copy))
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "--yes" in refused.stderr
    assert "later" == await note(sqlite_url)


async def test_not_under_a_running_bot(
    sandbox_factory: Callable[..., Awaitable[Any]],
    database_url: str,
    environment: Any,
    program: StartProgram,
    tmp_path: Path,
) -> None:
    """A copy can be made while a bot runs; it cannot be restored then."""
    settings = environment(await sandbox_factory(), database_url)
    async with program(settings) as running:
        await running.says("this process leads")
        made = await asyncio.to_thread(bot, database_url, "backup", str(tmp_path / "copies"))
        copy = made.stdout.strip()
        refused = await asyncio.to_thread(bot, database_url, "restore", "--yes", copy)
        await running.send(signal.SIGTERM)
    assert 0 == made.returncode
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "in use" in refused.stderr
    assert 1 == len(refused.stderr.splitlines())


def test_a_failure_is_one_sentence(tmp_path: Path) -> None:
    """A backup that cannot be made ends with 1 and says why."""
    failed = bot(f"sqlite:///{tmp_path}/none.db", "backup", str(tmp_path / "copies"))
    assert (1, "") == (failed.returncode, failed.stdout)
    assert f"There is no database {tmp_path}/none.db.\n" == failed.stderr
    wrong = bot(f"sqlite:///{tmp_path}/none.db", "restore", "--yes", str(tmp_path / "none.db"))
    assert f"There is no backup {tmp_path}/none.db.\n" == wrong.stderr


async def test_rotation_on_request(sqlite_url: str, tmp_path: Path) -> None:
    """`--keep` deletes all copies but the newest, and files of other names never."""
    for day in range(3):
        backup(sqlite_url, tmp_path, NIGHT - timedelta(days=900 + day))
    (tmp_path / "unqosu-notes.db").touch()
    made = bot(sqlite_url, "backup", str(tmp_path), "--keep", "2")
    kept = [path.name for path in backups(tmp_path)]
    assert 2 == len(kept)
    assert Path(made.stdout.strip()).name == kept[-1]
    assert (tmp_path / "unqosu-notes.db").exists()


@pytest.mark.usefixtures("no_key")  # which would hide what must not be there at all
async def test_no_secret_of_a_poll_is_in_a_copy(database: Database, tmp_path: Path) -> None:
    """Of an open poll a copy holds no key, no sealed ballot and no raw tap."""
    key = PollKeys(tmp_path / "keys").create("draft-of-this-poll")
    sealed = b"sealed" * 18
    await database.write(open_poll, key.public_key)
    await database.write(cast_ballot, 1, b"t" * 32, sealed, NIGHT)
    await database.write(park, {1: CANARY}, NIGHT)
    await database.write(keep, CANARY, "canary", NIGHT)
    copy = await asyncio.to_thread(backup, database.url, tmp_path / "copies", NIGHT)
    content = copy.read_bytes() + (dumped(copy) if copy.suffix == ".dump" else b"")
    for secret in (key.secret_key, key.tag_key, sealed, b"t" * 32, CANARY, CANARY.hex().encode()):
        assert secret not in content
        assert secret.hex().encode() not in content
    counts = await rows_of(copy, database, tmp_path)
    assert {"ballots": 0, "parked": 0, "quarantine": 0} == counts


def open_poll(connection: sa.Connection, public_key: bytes) -> None:
    """Write a poll that takes answers."""
    add_poll(
        connection,
        {
            "draft_id": "draft-of-this-poll",
            "title_kk": "Жол қалай?",
            "title_ru": "Как дорога?",
            "target": {},
            "kind": "secret",
            "topic_class": "social",
            "wording_hash": "",
            "status": "open",
            "created_by": 1,
            "launched_at": NIGHT,
            "closes_at": NIGHT + timedelta(days=1),
            "public_key": public_key,
        },
        *question_rows(
            plain_questions("Жол қалай?", "Как дорога?", [Option(0, "Жақсы", "Хорошо")])
        ),
    )


def dumped(copy: Path) -> bytes:
    """Return a copy of PostgreSQL as statements."""
    written = subprocess.run(["pg_restore", "--file=-", copy], capture_output=True, check=True)
    return written.stdout


async def rows_of(copy: Path, database: Database, tmp_path: Path) -> dict[str, int]:
    """Return how many rows of some tables a copy brings back."""
    url = database.url
    if copy.suffix == ".db":
        url = f"sqlite:///{tmp_path}/elsewhere.db"
    await database.close()
    done = bot(url, "restore", "--yes", str(copy))
    assert "" == done.stderr
    elsewhere = await open_database(url)
    try:
        return {
            table.name: await elsewhere.read(
                lambda connection, table=table: connection.scalar(
                    sa.select(sa.func.count()).select_from(table)
                )
            )
            for table in (ballots, parked, quarantine)
        }
    finally:
        await elsewhere.close()


class Night:
    """A clock for the nights of a test."""

    def __init__(self) -> None:
        self.moment = NIGHT

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.moment


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    """Give a nursery that is empty at the end."""
    async with Nursery() as nursery:
        yield nursery


def daily(sqlite_url: str, folder: Path | None, clock: Night, nursery: Nursery) -> DailyBackup:
    """Return the daily backup of a database."""
    environment = {"DATABASE_URL": sqlite_url, "CLOCK_URL": "", "BOT_TOKEN": ""}
    return DailyBackup(folder, 2, environment=environment, clock=clock, nursery=nursery)


async def test_once_a_day(
    sqlite_url: str, tmp_path: Path, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 03:00 one copy is made where today's is missing, whatever was restarted meanwhile."""
    folder, clock = tmp_path / "copies", Night()
    clock.moment = NIGHT - timedelta(minutes=31)
    job = daily(sqlite_url, folder, clock, nursery)
    await job.look()
    assert 0 == len(nursery)
    monkeypatch.setattr("bot.backups.HOUR", time(0))
    clock.moment = datetime.now(UTC)
    for _ in range(3):
        await job.look()
    await until(lambda: len(nursery) == 0)
    assert 1 == len(backups(folder))
    await daily(sqlite_url, folder, clock, nursery).look()
    assert 0 == len(nursery)


async def test_a_failed_copy_is_tried_again_in_an_hour(tmp_path: Path, nursery: Nursery) -> None:
    """What could not be made is in the log, and the ticks of the next hour let it be."""
    clock = Night()
    job = daily(f"sqlite:///{tmp_path}/none.db", tmp_path / "copies", clock, nursery)
    with capture_logs() as logs:
        await job.look()
        await until(lambda: len(nursery) == 0)
    assert ["no backup was made"] == [entry["event"] for entry in logs]
    assert f"There is no database {tmp_path}/none.db." == logs[0]["reason"]
    clock.moment += timedelta(minutes=59)
    await job.look()
    assert 0 == len(nursery)
    clock.moment += timedelta(minutes=2)
    await job.look()
    assert 1 == len(nursery)


async def test_off(sqlite_url: str, nursery: Nursery) -> None:
    """Without BACKUP_DIR nothing is made."""
    await daily(sqlite_url, None, Night(), nursery).look()
    assert 0 == len(nursery)


async def test_stopping_leaves_no_half_copy(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    """A copy that is being made when the bot stops is thrown away at once."""
    job = daily(sqlite_url, tmp_path / "copies", Night(), nursery)
    await job.look()
    await asyncio.sleep(0.1)
    await nursery.drain(60)
    assert 0 == len(nursery)
    assert set() == parts(tmp_path / "copies")
