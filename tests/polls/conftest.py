"""A stage for polls: people, an operator, keys in a folder of their own."""

from pathlib import Path

import pytest

from services.polls.keys import PollKeys
from storage.database import Database
from tests.polls.stage import Stage


@pytest.fixture(autouse=True)
def _quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let passphrases cost next to nothing: what makes guessing dear makes tests slow."""
    monkeypatch.setattr("services.polls.passphrases._OPERATIONS", 1)
    monkeypatch.setattr("services.polls.passphrases._MEMORY", 8)


@pytest.fixture
def keys(tmp_path: Path) -> PollKeys:
    """Keys in an empty folder."""
    return PollKeys(tmp_path / "keys")


@pytest.fixture
async def stage(database: Database, keys: PollKeys) -> Stage:
    """Set a stage on a database of each kind in turn."""
    return await Stage.set_up(database, keys)


@pytest.fixture
async def sqlite_stage(sqlite_database: Database, keys: PollKeys) -> Stage:
    """Set a stage on a SQLite file."""
    return await Stage.set_up(sqlite_database, keys)
