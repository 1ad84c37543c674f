"""An organisation with an administrator and an operator, and the days of one campaign."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.campaigns.keeping import Kept, Plan, add_campaign
from storage.schema import metadata
from storage.schema.organisation import news_topics
from storage.schema.people import people, roles
from tests.appeals.conftest import ADMINISTRATOR, JOINED, seed

OPERATOR = 401
# Midday in Asia/Almaty of the days around a vote on Sunday 13 December 2026.
BEGINS, VOTES = date(2026, 11, 20), date(2026, 12, 13)
BEFORE, DURING, AFTER = (
    datetime(2026, 11, 19, 7, tzinfo=UTC),
    datetime(2026, 12, 1, 7, tzinfo=UTC),
    datetime(2026, 12, 14, 7, tzinfo=UTC),
)
SILENT = datetime(2026, 12, 8, 7, tzinfo=UTC)
DAY = timedelta(days=1)


def settle(connection: Connection) -> None:
    """Write the organisation, a topic of news and an operator."""
    seed(connection)
    names = {"name_kk": "roads", "name_ru": "roads", "emoji": "🛣", "position": 1}
    connection.execute(sa.insert(news_topics).values(code="roads", **names))
    connection.execute(sa.insert(people).values(id=OPERATOR, name="Аида", joined_at=JOINED))
    connection.execute(sa.insert(roles).values(person_id=OPERATOR, role="operator", since=JOINED))


def campaign(
    connection: Connection, area: str = "", votes_on: date = VOTES, key: str = "301:7"
) -> Kept:
    """Keep the campaign."""
    plan = Plan("Мәслихат сайлауы", "Выборы маслихата", BEGINS, votes_on, area)
    return add_campaign(connection, key, plan, ADMINISTRATOR, BEFORE)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own with the organisation in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        settle(connection)
        yield connection
    engine.dispose()
