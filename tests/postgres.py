"""Databases for tests: a migrated one of each kind, new for each test."""

import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from storage import migrations
from storage.database import Database, open_database
from tests.cluster import Cluster

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Cluster]:
    """Run a PostgreSQL server for the session, with a migrated database to copy from."""
    with Cluster() as cluster:
        cluster.execute("CREATE DATABASE migrated")
        migrations.upgrade(cluster.url("migrated"))
        yield cluster


@pytest.fixture
def postgres_url(postgres_server: Cluster) -> Iterator[str]:
    """Give the address of a migrated PostgreSQL database of the test's own."""
    name = f"test_{next(NUMBERS)}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy")
    yield postgres_server.url(name)
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """Give the address of a migrated SQLite file of the test's own."""
    path = tmp_path / "test.db"
    shutil.copyfile(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a migrated database of each kind in turn."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open a migrated database of each kind in turn."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """Open a migrated SQLite file."""
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()
