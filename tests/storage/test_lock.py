import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from storage import migrations
from storage.database import DatabaseInUse, open_database
from storage.lock import lock_holder

ROOT = Path(__file__).parents[2]
OPEN = """
import asyncio, sys
from storage.database import DatabaseInUse, open_database
try:
    asyncio.run(open_database(sys.argv[1]))
except DatabaseInUse as refusal:
    sys.exit(str(refusal))
"""


async def test_second_process(sqlite_url: str) -> None:
    """A second process on the same file is refused with a sentence that names the first."""
    database = await open_database(sqlite_url)
    second = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", OPEN, sqlite_url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    await database.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    assert 1 == second.returncode
    assert f"The database {path} is in use by another process" in second.stderr


async def test_holder(sqlite_url: str) -> None:
    """Who holds a file can be asked, before, while and after it is open."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    assert lock_holder(path) is None
    database = await open_database(sqlite_url)
    assert lock_holder(path) is not None
    await database.close()
    assert lock_holder(path) is None


async def test_migration_waits_for_nobody(sqlite_url: str) -> None:
    """A file in use is not migrated under the feet of who uses it; one at the head is left alone.

    So `invite` and `import` work beside the bot.
    """
    database = await open_database(sqlite_url)
    migrations.upgrade(sqlite_url)
    with pytest.raises(DatabaseInUse):
        migrations.downgrade(sqlite_url)
    await database.close()
    migrations.downgrade(sqlite_url)
    migrations.upgrade(sqlite_url)


async def test_file_is_private(tmp_path: Path) -> None:
    """A new database file, in a new folder too, can be read by its owner only."""
    path = tmp_path / "new" / "private.db"
    database = await open_database(f"sqlite:///{path}")
    await database.close()
    assert 0o600 == path.stat().st_mode & 0o777


async def test_other_addresses(tmp_path: Path) -> None:
    """An address of another kind of database is refused."""
    with pytest.raises(ValueError, match="sqlite:///"):
        await open_database(f"mysql://{tmp_path}")
