"""A few appeals in a database of each kind, found by their words."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.search import index_text
from storage.database import Database
from storage.schema.appeals import appeals
from storage.vault import blind
from tests.appeals.conftest import CITIZEN, seed

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
Write = Callable[..., Awaitable[int]]


def write_appeal(connection: Connection, number: int, text: str, changes: dict[str, Any]) -> int:
    """Write an appeal with this id and index its text."""
    values = {
        "id": number,
        "draft_id": f"draft-{number}",
        "number": f"26-{number:06}-0",
        "person_id": CITIZEN,
        "language": "kk",
        "topic": "roads-supply",
        "section": "roads",
        "region": "19",
        "text": text,
        "status": "registered",
        "version": 1,
        "registered_at": NOW,
        "counted_from": date(2026, 11, 20),
        "due_on": date(2026, 12, 11),
    }
    if phone := changes.get("contact_phone"):
        values["contact_phone_blind"] = blind(phone)
    connection.execute(sa.insert(appeals).values(values | changes))
    index_text(connection, number, text)
    return number


@pytest.fixture
async def write(database: Database) -> Write:
    """Give a function that writes an appeal, from number 1 on."""
    await database.write(seed)
    numbers = count(1)

    async def written(text: str, **changes: Any) -> int:
        return await database.write(write_appeal, next(numbers), text, changes)

    return written
