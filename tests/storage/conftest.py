import pytest

from storage.database import Database
from tests.storage.notebook import make


@pytest.fixture
async def notebook(database: Database) -> Database:
    """Give a database of each kind in turn, with a notebook in it."""
    await database.write(make)
    return database


@pytest.fixture
async def sqlite_notebook(sqlite_database: Database) -> Database:
    """Give a SQLite database with a notebook in it."""
    await sqlite_database.write(make)
    return sqlite_database
