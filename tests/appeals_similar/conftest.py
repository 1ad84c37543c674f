"""The small organisation of tests/appeals, and a way to put appeals of others there."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema import metadata
from storage.schema.appeals import appeals
from tests.appeals.conftest import NEIGHBOUR, seed

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
Put = Callable[..., int]


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own with the small organisation in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        seed(opened)
        yield opened
    engine.dispose()


@pytest.fixture
def put(connection: Connection) -> Put:
    """Give a function that writes an open appeal about roads in one place, or as it is told."""
    numbers = count(1)

    def write(text: str, **changes: Any) -> int:
        number = next(numbers)
        values = {
            "id": number,
            "draft_id": f"draft-{number}",
            "number": f"26-{number:06}-0",
            "person_id": NEIGHBOUR,
            "language": "kk",
            "topic": "roads-supply",
            "section": "roads",
            "region": "19",
            "district": "196200",
            "text": text,
            "status": "registered",
            "version": 1,
            "registered_at": NOW,
            "counted_from": date(2026, 11, 20),
            "due_on": date(2026, 12, 11),
        }
        connection.execute(sa.insert(appeals).values(values | changes))
        return number

    return write
