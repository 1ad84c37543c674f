"""A migrated database of each kind with a key, and a few rows in its audit."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.audit.recording import record
from services.people.deeds import Deed
from storage import vault

NOW = datetime(2026, 11, 23, 5, 0, 0, 123457, tzinfo=UTC)
AUDITOR, OPERATOR = 501, 301


@pytest.fixture
def key() -> Iterator[str]:
    """Seal with a key of the test's own."""
    made, before = vault.new_key(), vault._Vault.ring  # noqa: SLF001 - put back as it was
    vault.use(vault.keyring(made))
    yield made
    vault.use(before)


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """Open a migrated database of each kind in turn."""
    made = sa.create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: sa.Engine, key: str) -> Iterator[Connection]:
    """Give a connection whose work is taken back, under a key."""
    assert key
    with engine.connect() as opened:
        yield opened


@pytest.fixture
def written(connection: Connection) -> Connection:
    """Give a connection with twelve rows in the audit."""
    write(connection, 12)
    return connection


def write(connection: Connection, count: int, begin: int = 1) -> None:
    """Write rows down, a minute apart."""
    for number in range(begin, begin + count):
        record(
            connection,
            who=OPERATOR,
            what=Deed.READ_APPEAL,
            on=f"appeal:{number}",
            now=NOW + timedelta(minutes=number),
            key=f"v{number}",
            version=number,
            late=number % 2 == 0,
            topic="су",
            due=None,
        )


def unguarded(connection: Connection) -> None:
    """Take the triggers away, as whoever owns the database can."""
    if connection.dialect.name == "sqlite":
        triggers = "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'audit%'"
        for name in connection.exec_driver_sql(triggers).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    for table in ("audit", "audit_ends"):
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
