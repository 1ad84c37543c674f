"""An organisation with two administrators, an operator, and a citizen with an appeal."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.registration import register_appeal
from storage.schema import metadata
from storage.schema.people import people, roles
from tests.agreed import agree
from tests.appeals.conftest import JOINED, seed

NOW = datetime(2026, 3, 12, 5, tzinfo=UTC)
OPERATOR, SECOND_ADMINISTRATOR = 401, 302


def draft(name: str) -> Draft:
    """Return a draft with all that an appeal needs."""
    return Draft(name, topic="water-supply", region="19").with_text(5, f"Су жоқ, {name}.")


def employ(connection: Connection, person: int, role: str) -> None:
    """Let a person come and give them a role."""
    connection.execute(sa.insert(people).values(id=person, name="Аида", joined_at=JOINED))
    connection.execute(sa.insert(roles).values(person_id=person, role=role, since=JOINED))


def come(connection: Connection, person: int, at: datetime) -> None:
    """Let a citizen join and agree."""
    connection.execute(sa.insert(people).values(id=person, name="Адам", joined_at=at))
    agree(connection, person)


def file(connection: Connection, person: int, name: str, at: datetime = NOW) -> int:
    """Register an appeal and return its id."""
    return register_appeal(connection, draft(name), person, at).id


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own with the organisation in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        seed(connection)
        employ(connection, OPERATOR, "operator")
        yield connection
    engine.dispose()
