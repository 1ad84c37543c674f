"""The small organisation of the appeals, with operators, a topic for every route, and the law."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from services.appeals.draft import Draft
from services.appeals.model import EntryKind
from services.appeals.registration import register_appeal
from services.language import Language
from storage.appeal_entries import entries_of
from storage.schema import metadata
from storage.schema.appeals import appeals
from storage.schema.delivery import outbox
from storage.schema.people import people, roles
from tests.agreed import agree
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, JOINED, NEIGHBOUR, seed

OPERATOR, COLLEAGUE = 401, 402
# Friday 6 March 2026, 11:00 in Asia/Almaty.
FRIDAY = datetime(2026, 3, 6, 6, tzinfo=UTC)

__all__ = ["ADMINISTRATOR", "CITIZEN", "COLLEAGUE", "FRIDAY", "NEIGHBOUR", "OPERATOR"]


def seed_with_operators(connection: Connection) -> None:
    """Write the organisation, its people and two operators."""
    seed(connection)
    for person in (OPERATOR, COLLEAGUE):
        connection.execute(sa.insert(people).values(id=person, name="Айгүл", joined_at=JOINED))
        agree(connection, person)
        connection.execute(
            sa.insert(roles).values(person_id=person, role="operator", since=JOINED)
        )


@pytest.fixture(scope="session")
def engine() -> Iterator[sa.Engine]:
    """Make one database in memory; every test takes back what it did."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(engine)
    with engine.begin() as opened:
        seed_with_operators(opened)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[Connection]:
    """Open the database for one test."""
    with engine.connect() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def registered(connection: Connection) -> Callable[..., int]:
    """Register appeals: by whom, when, with what words; their ids."""
    count = 0

    def register(person: int = CITIZEN, now: datetime = FRIDAY, text: str = "Су жоқ.") -> int:
        nonlocal count
        count += 1
        draft = Draft(
            f"draft-{count}",
            Language.KAZAKH,
            topic="water-supply",
            region="19",
            district=None,
            texts={1: text},
        )
        return register_appeal(connection, draft, person, now).id

    return register


def row(connection: Connection, appeal_id: int) -> RowMapping:
    """Return an appeal as it is."""
    statement = sa.select(appeals).where(appeals.c.id == appeal_id)
    return connection.execute(statement).mappings().one()


def told(connection: Connection, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """Return who was told what of one kind, in the order of telling."""
    statement = (
        sa.select(outbox.c.person_id, outbox.c.payload)
        .where(outbox.c.kind == kind)
        .order_by(outbox.c.id)
    )
    return [(person, payload) for person, payload in connection.execute(statement)]


def reasons(connection: Connection, appeal_id: int) -> list[str]:
    """Return the reasons that were given for what happened to an appeal."""
    entries = entries_of(connection, appeal_id)
    return [entry["text"] for entry in entries if entry["kind"] == EntryKind.REASON.value]
