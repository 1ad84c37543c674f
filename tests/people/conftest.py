"""A town in which everything has happened once, with nobody's changes kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.people.person import join
from storage import migrations
from storage.engine.job import COUNTED
from tests.operations.seeded import NOW, Seeded, seed

ACTOR = 900


@dataclass(frozen=True, slots=True)
class Town:
    """A seeded database, and what its cases are about."""

    engine: sa.Engine
    seeded: Seeded


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Seed a database once; every test takes back what it does."""
    url = f"sqlite:///{tmp_path_factory.mktemp('town')}/town.db"
    migrations.upgrade(url)
    engine = sa.create_engine(url, execution_options=COUNTED)
    with engine.begin() as connection:
        seeded = seed(connection)
        join(connection, ACTOR, "Қызметкер", NOW)
    yield Town(engine, seeded)
    engine.dispose()


@pytest.fixture
def connection(town: Town) -> Iterator[Connection]:
    """Give a transaction that is taken back."""
    with town.engine.connect() as connection:
        yield connection
        connection.rollback()
