"""Databases with the newest tables, and a stage for the sender."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage.database import Database, open_database
from storage.schema import metadata
from tests.delivery.stage import Stage


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open an empty database with all tables, in a file of its own."""
    path = tmp_path / "unqosu.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    db = await open_database(f"sqlite:///{path}")
    yield db
    await db.close()


@pytest.fixture
async def stage(
    sandbox_factory: Callable[..., Awaitable[Any]], database: Database
) -> AsyncIterator[Stage]:
    """Yield a stage whose sandbox has no limits; the sender is not started."""
    stage = Stage(await sandbox_factory(), database)
    yield stage
    await stage.end()
