"""A stage for the sender."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from storage.database import Database
from tests.delivery.stage import Stage


@pytest.fixture
async def stage(
    sandbox_factory: Callable[..., Awaitable[Any]], database: Database
) -> AsyncIterator[Stage]:
    """Yield a stage whose sandbox has no limits; the sender is not started."""
    stage = Stage(await sandbox_factory(), database)
    yield stage
    await stage.end()
