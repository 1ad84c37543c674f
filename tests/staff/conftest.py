"""Staff of a small organisation: two administrators of everything, one of a region, operators."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.people.person import join
from storage.database import Database
from storage.people import grant_role
from storage.schema import metadata
from tests.appeals_desk.conftest import NOW, settle

# Apart from those of the desk: AIDA, BERIK and DINARA are operators of everything.
CHIEF, SECOND, REGIONAL, NEWCOMER, STRANGER = 501, 502, 503, 504, 505


def employ(connection: Connection) -> None:
    """Write the organisation and its staff."""
    settle(connection)
    for person in (CHIEF, SECOND, REGIONAL, NEWCOMER, STRANGER):
        join(connection, person, f"Адам {person}", NOW)
    # The desk's own administrator would make it unclear who is the last one.
    connection.execute(sa.text("DELETE FROM roles WHERE role = 'administrator'"))
    grant_role(connection, CHIEF, "administrator", None, NOW)
    grant_role(connection, SECOND, "administrator", None, NOW)
    grant_role(connection, REGIONAL, "administrator", None, NOW, area="19")


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own with the staff in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        employ(opened)
        yield opened
    engine.dispose()


@pytest.fixture
async def town(database: Database) -> Database:
    """Fill a migrated database of each kind in turn with the staff."""
    await database.write(employ)
    return database
