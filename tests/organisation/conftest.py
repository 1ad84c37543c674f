"""The demonstration organisation, as a text to change and as tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema import metadata

FILE = Path(__file__).resolve().parents[2] / "services/organisation/demonstration.yaml"


@pytest.fixture
def text() -> str:
    """Return the demonstration file."""
    return FILE.read_text(encoding="utf-8")


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open an empty database of the test's own."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened
    engine.dispose()
