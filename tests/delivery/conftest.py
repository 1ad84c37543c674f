"""People, a database and a Telegram in memory for the delivery tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import Database, open_database
from storage.schema import metadata


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with all tables, in a file of its own."""
    path = tmp_path / "unqosu.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    db = await open_database(f"sqlite:///{path}")
    yield db
    await db.close()
