import asyncio
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import migrations
from storage.backup import BackupFailed, backup, backups, restore, rotate, verify
from storage.database import Database, DatabaseInUse, open_database
from storage.schema.conversations import facts
from tests.cluster import binaries
from tests.storage.notebook import keep, note, numbers

NOW = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the programs beside the server be found."""
    monkeypatch.setenv("PATH", f"{binaries()[0]}:{os.environ['PATH']}")


async def test_there_and_back(notebook: Database, tmp_path: Path) -> None:
    """A copy restored brings back what was there when it was made, and nothing later."""
    await notebook.write(note, 1)
    copy = await asyncio.to_thread(backup, notebook.url, tmp_path / "copies", NOW)
    await notebook.write(note, 2)
    await notebook.close()
    await asyncio.to_thread(restore, notebook.url, copy, NOW)
    again = await open_database(notebook.url)
    assert [1] == await again.read(numbers)
    await again.write(note, 3)
    await again.close()


async def test_under_load(sqlite_notebook: Database, tmp_path: Path) -> None:
    """A copy made while commands pour in holds one moment, with everything confirmed before."""
    await asyncio.gather(*(sqlite_notebook.write(keep, n) for n in range(2000)))

    async def pour() -> None:
        for number in range(2000, 4000):
            await sqlite_notebook.write(keep, number)

    pouring = asyncio.ensure_future(pour())
    copy = await asyncio.to_thread(backup, sqlite_notebook.url, tmp_path / "copies", NOW)
    await pouring
    opened = await open_database(f"sqlite:///{copy}")
    kept = await opened.read(numbers)
    await opened.close()
    assert list(range(len(kept))) == kept
    assert 2000 <= len(kept) <= 4000


async def test_name_and_rights(sqlite_notebook: Database, tmp_path: Path) -> None:
    """A copy bears its moment in its name and can be read by its owner only."""
    copy = await asyncio.to_thread(backup, sqlite_notebook.url, tmp_path / "copies", NOW)
    assert "unqosu-20261102T103000Z.db" == copy.name
    assert 0o600 == stat.S_IMODE(copy.stat().st_mode)
    assert [copy] == list(copy.parent.iterdir())


async def test_what_must_not_be_kept(
    notebook: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables marked so are empty in a copy, and no trace of their rows is in the file."""
    monkeypatch.setitem(facts.info, "backup", False)  # noqa: FBT003 - the mark itself
    secret = "b0d1" * 20
    row = {"name": "key", "value": secret, "updated_at": NOW}
    await notebook.write(lambda connection: connection.execute(facts.insert(), row) and None)
    copy = await asyncio.to_thread(backup, notebook.url, tmp_path / "copies", NOW)
    await notebook.close()
    await asyncio.to_thread(restore, notebook.url, copy, NOW)
    again = await open_database(notebook.url)
    count = sa.select(sa.func.count()).select_from(facts)
    assert 0 == await again.read(lambda connection: connection.scalar(count))
    await again.close()
    assert secret.encode() not in copy.read_bytes()


async def test_not_while_in_use(sqlite_notebook: Database, tmp_path: Path) -> None:
    """A database in use is not replaced."""
    copy = await asyncio.to_thread(backup, sqlite_notebook.url, tmp_path / "copies", NOW)
    with pytest.raises(DatabaseInUse):
        await asyncio.to_thread(restore, sqlite_notebook.url, copy, NOW)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and nothing else", b"PGDMP"])
def test_damaged(tmp_path: Path, content: bytes) -> None:
    """A damaged copy is refused with a sentence, and the database stays as it is."""
    copy, path = tmp_path / "unqosu.db", tmp_path / "bot.db"
    copy.write_bytes(content)
    with pytest.raises(BackupFailed):
        verify(copy)
    with pytest.raises(BackupFailed):
        restore(f"sqlite:///{path}", copy, NOW)
    assert not path.exists()


def test_cut_short(sqlite_url: str, tmp_path: Path) -> None:
    """A copy that lost its end is refused."""
    copy = backup(sqlite_url, tmp_path / "copies", NOW)
    copy.write_bytes(copy.read_bytes()[:-8192])
    with pytest.raises(BackupFailed, match="damaged"):
        verify(copy)


def test_no_database(tmp_path: Path) -> None:
    """A database that is not there is told so, and no file is left."""
    with pytest.raises(BackupFailed, match="There is no database"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copies", NOW)
    assert [] == backups(tmp_path / "copies")


def test_no_program(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PostgreSQL's programs the sentence says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFailed, match="apt-get install postgresql-client"):
        backup(postgres_url, tmp_path / "copies", NOW)


def test_rotation(sqlite_url: str, tmp_path: Path) -> None:
    """Only the newest copies stay."""
    made = [backup(sqlite_url, tmp_path, NOW + timedelta(days=day)) for day in range(4)]
    assert made[:2] == rotate(tmp_path, 2)
    assert made[2:] == backups(tmp_path)
    assert [] == rotate(tmp_path, 2)


def test_over_a_damaged_database(sqlite_url: str, tmp_path: Path) -> None:
    """A copy can take the place of a database that is damaged."""
    copy = backup(sqlite_url, tmp_path / "copies", NOW)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    path.write_bytes(b"damaged" * 4096)
    restore(sqlite_url, copy, NOW)
    assert migrations.head() == migrations.current(sqlite_url)
