"""A database with a topic of news, an operator and a citizen."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.schema.organisation import news_topics
from storage.schema.people import consents, people, roles

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OPERATOR, CITIZEN = 2, 3


def settle(connection: sa.Connection) -> None:
    """Write two topics, an operator, and a citizen who agreed."""
    for position, code in enumerate(("roads", "water")):
        names = {"name_kk": code, "name_ru": code, "emoji": "🛣"}
        connection.execute(sa.insert(news_topics).values(code=code, position=position, **names))
    for person in (OPERATOR, CITIZEN):
        connection.execute(
            sa.insert(people).values(id=person, name="Адам", language="kk", joined_at=NOW)
        )
    connection.execute(sa.insert(roles).values(person_id=OPERATOR, role="operator", since=NOW))
    connection.execute(
        sa.insert(consents).values(
            person_id=CITIZEN, kind="news", version="2026-11.3", language="kk", given_at=NOW
        )
    )


@pytest.fixture
async def db(database: Database) -> Database:
    """Return a settled database of each kind in turn."""
    await database.write(settle)
    return database
