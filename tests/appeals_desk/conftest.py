"""A small organisation with appeals in its queue, and staff who work at the desk."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from storage.schema import metadata
from storage.schema.appeals import appeals
from storage.schema.people import people, roles
from storage.vault import blind
from tests.agreed import agree
from tests.appeals.conftest import CITIZEN, JOINED, seed

# Thursday 12 March 2026, 10:00 in Asia/Almaty.
NOW = datetime(2026, 3, 12, 5, tzinfo=UTC)
AIDA, BERIK, DINARA = 401, 402, 403
NAMES = {AIDA: "Аида", BERIK: "Берік", DINARA: "Динара"}

File = Callable[..., int]


def settle(connection: Connection) -> None:
    """Write the organisation and three operators."""
    seed(connection)
    for person, name in NAMES.items():
        connection.execute(sa.insert(people).values(id=person, name=name, joined_at=JOINED))
        agree(connection, person)
        connection.execute(
            sa.insert(roles).values(person_id=person, role="operator", since=JOINED)
        )


def file(
    connection: Connection,
    name: str,
    at: datetime = NOW,
    *,
    topic: str = "water-supply",
    region: str = "19",
    **columns: object,
) -> int:
    """File an appeal at this moment and set some of its columns."""
    draft = Draft(name, topic=topic, region=region).with_text(5, f"Су жоқ, {name}")
    appeal_id: int = file_appeal(connection, draft, Filing(CITIZEN), at)["id"]
    if isinstance(phone := columns.get("contact_phone"), str):
        columns["contact_phone_blind"] = blind(phone)
    if columns:
        connection.execute(sa.update(appeals).where(appeals.c.id == appeal_id).values(**columns))
    return appeal_id


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own with the organisation in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        settle(opened)
        yield opened
    engine.dispose()
