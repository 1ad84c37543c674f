"""The small organisation of the appeals with a stop message, a topic's questions and staff."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.registration import register_appeal
from storage.schema import metadata
from storage.schema.appeals import appeals
from storage.schema.delivery import outbox
from storage.schema.organisation import stop_messages, topic_questions
from storage.schema.people import people, roles
from tests.agreed import agree
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, JOINED, NEIGHBOUR, seed

OPERATOR, COLLEAGUE = 401, 402
# Friday 6 March 2026, 11:00 in Asia/Almaty.
FRIDAY = datetime(2026, 3, 6, 6, tzinfo=UTC)
TOPIC, REGION, DISTRICT = "water-supply", "19", "196200"

__all__ = ["ADMINISTRATOR", "CITIZEN", "COLLEAGUE", "FRIDAY", "NEIGHBOUR", "OPERATOR"]


@pytest.fixture(scope="session")
def engine() -> Iterator[sa.Engine]:
    """Make one database in memory; every test takes back what it did."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(engine)
    with engine.begin() as opened:
        seed(opened)
        _staff(opened)
        _intake(opened)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[Connection]:
    """Open the database for one test."""
    with engine.connect() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def appeal_id(connection: Connection) -> int:
    """Register the citizen's appeal and return its id."""
    return register_appeal(connection, draft("first", 5, "Ауылда су жоқ"), CITIZEN, FRIDAY).id


def draft(name: str, message_id: int, words: str) -> Draft:
    """Return a draft with everything that an appeal needs."""
    place = {"region": REGION, "district": DISTRICT}
    return Draft(name, topic=TOPIC, **place).with_text(message_id, words)  # type: ignore[arg-type]


def told(connection: Connection, kind: str) -> list[int]:
    """Return who is told something of this kind, in the order of their ids."""
    statement = sa.select(outbox.c.person_id).where(outbox.c.kind == kind)
    return list(connection.execute(statement.order_by(outbox.c.person_id)).scalars())


def row(connection: Connection, appeal_id: int) -> Any:
    """Return the row of an appeal."""
    return connection.execute(sa.select(appeals).where(appeals.c.id == appeal_id)).one()


def _staff(connection: Connection) -> None:
    for person in (OPERATOR, COLLEAGUE):
        connection.execute(sa.insert(people).values(id=person, name="Айгүл", joined_at=JOINED))
        agree(connection, person)
        connection.execute(
            sa.insert(roles).values(person_id=person, role="operator", since=JOINED)
        )


def _intake(connection: Connection) -> None:
    for position, code in enumerate(("where", "since")):
        connection.execute(
            sa.insert(topic_questions).values(
                topic=TOPIC, code=code, position=position, kk=f"{code}?", ru=f"{code}?"
            )
        )
    for position, (code, urgent, word) in enumerate(
        (("fire", True, "өртеніп жатыр"), ("advice", False, "дау"))
    ):
        connection.execute(
            sa.insert(stop_messages).values(
                code=code,
                position=position,
                urgent=urgent,
                phone="112",
                topics=[TOPIC],
                words={"kk": [word], "ru": []},
                text_kk="112",
                text_ru="112",
            )
        )
