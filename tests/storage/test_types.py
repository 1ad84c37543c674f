from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.types import UTCDateTime

ALMATY = timezone(timedelta(hours=5))
moments = sa.Table("moments", sa.MetaData(), sa.Column("at", UTCDateTime))
ZONES = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
ANY = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001


def store(connection: Connection, *given_moments: datetime) -> list[datetime]:
    """Keep moments and return them as the database orders them."""
    moments.drop(connection, checkfirst=True)
    moments.create(connection)
    connection.execute(moments.insert(), [{"at": moment} for moment in given_moments])
    return list(connection.scalars(sa.select(moments.c.at).order_by(moments.c.at)))


async def test_zone(database: Database) -> None:
    """A moment given in any zone comes back in UTC."""
    kept = await database.write(store, datetime(2026, 3, 6, 18, 0, 0, 1, tzinfo=ALMATY))
    assert [datetime(2026, 3, 6, 13, 0, 0, 1, tzinfo=UTC)] == kept
    assert UTC == kept[0].tzinfo


async def test_naive(database: Database) -> None:
    """A moment without a zone is refused."""
    with pytest.raises(StatementError, match="needs its time zone"):
        await database.write(store, datetime(2026, 3, 6))  # noqa: DTZ001


@given(st.lists(ANY, min_size=1, max_size=20))
def test_order(given_moments: list[datetime]) -> None:
    """SQLite orders moments of all zones as time does and keeps their microseconds."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        kept = store(connection, *given_moments)
    engine.dispose()
    assert sorted(given_moments) == kept
