"""A board with citizens, moderators and officials, in an own database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.proposals.draft import Draft
from services.proposals.moderating import Wording, publish
from services.proposals.suggesting import suggest
from storage.people import grant_role
from storage.proposals import find
from storage.schema.proposals import proposal_days, proposal_supports, proposals
from tests.agreed import agree
from tests.appeals_time.conftest import ADMINISTRATOR, CITIZEN, OPERATOR, ROADS, WATER, connection

__all__ = ["ADMINISTRATOR", "CITIZEN", "OPERATOR", "ROADS", "WATER", "connection"]

NOW = datetime(2026, 3, 9, 6, tzinfo=UTC)  # a Monday
NEIGHBOUR, THIRD, MODERATOR = 102, 103, 303
TOPIC, REGION, DISTRICT = "water-supply", "61", "615200"
WORDS = "Ауыл ортасына су тазарту қондырғысын қойса, тұрғындар таза су ішер еді."
WORDING = Wording("Ауылға су тазарту қондырғысы", "Установка очистки воды в селе", WORDS)


@pytest.fixture(autouse=True)
def _people(connection: Connection) -> None:  # the fixture itself
    for person in (NEIGHBOUR, THIRD, MODERATOR):
        join(connection, person, f"Сынақ {person}", datetime(2026, 1, 5, 6, tzinfo=UTC))
        agree(connection, person)
        choose_language(connection, person, Language.KAZAKH)
    grant_role(connection, MODERATOR, Role.MODERATOR.value, None, datetime(2026, 1, 5, tzinfo=UTC))


def draft(name: str = "draft", text: str = WORDS, topic: str = TOPIC) -> Draft:
    """Return a draft with all that a proposal needs."""
    return Draft(name, Language.KAZAKH, topic, REGION, DISTRICT, text=text, message=1)


def suggested(connection: Connection, name: str = "draft", person: int = CITIZEN) -> int:
    """Return a proposal that waits for a moderator."""
    return suggest(connection, draft(name), person, NOW)


def published(
    connection: Connection,
    name: str = "draft",
    person: int = CITIZEN,
    wording: Wording = WORDING,
) -> int:
    """Return a proposal of the board."""
    proposal = suggested(connection, name, person)
    publish(connection, MODERATOR, proposal, 1, wording, NOW)
    return proposal


def counted(connection: Connection, proposal: int) -> tuple[int, int, int]:
    """Return the counter of a proposal, its rows of supports, and the sum of its days."""
    table, days = proposal_supports.c, proposal_days.c
    row = find(connection, proposal)
    assert row is not None
    count = sa.select(sa.func.count()).where(table.proposal_id == proposal)
    summed = sa.select(sa.func.coalesce(sa.func.sum(days.supports), 0))
    return (
        row["supports"],
        connection.execute(count).scalar_one(),
        connection.execute(summed.where(days.proposal_id == proposal)).scalar_one(),
    )


def statuses(connection: Connection) -> Iterator[str]:
    """Yield the states of all proposals, the oldest first."""
    yield from connection.execute(sa.select(proposals.c.status).order_by(proposals.c.id)).scalars()
