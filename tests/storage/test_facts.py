from datetime import UTC, datetime

from storage.database import Database
from storage.facts import read_fact, write_fact

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


async def test_facts(database: Database) -> None:
    """A fact is there once written, and the newest word counts."""
    assert await database.read(read_fact, "backup") is None
    await database.write(write_fact, "backup", "first", NOW)
    await database.write(write_fact, "backup", "second", NOW)
    assert "second" == await database.read(read_fact, "backup")
