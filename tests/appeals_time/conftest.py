"""The demonstration organisation with officials on every level, in an own database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from services.language import Language
from services.organisation.importing import import_if_empty
from services.people.model import Role
from services.people.person import choose_language, join
from storage.people import grant_role
from storage.schema import metadata
from storage.schema.appeals import appeal_reminders, appeals
from storage.schema.delivery import outbox
from storage.schema.organisation import absences
from tests.agreed import agree

ORGANISATION = Path(__file__).resolve().parents[2] / "services/organisation/demonstration.yaml"
JOINED = datetime(2026, 1, 5, 6, tzinfo=UTC)
CITIZEN = 101
WATER, ROADS, REGION, CENTRE, DISTRICT = 201, 202, 203, 204, 205
OPERATOR, COLLEAGUE, ADMINISTRATOR = 301, 302, 401
# Friday 6 March 2026, 11:00 in Asia/Almaty; due on Thursday 2 April 2026.
FRIDAY = datetime(2026, 3, 6, 6, tzinfo=UTC)
DUE = date(2026, 4, 2)
PEOPLE = (
    (CITIZEN, None, None),
    (WATER, Role.OFFICIAL, "mysalbaev"),
    (ROADS, Role.OFFICIAL, "ulgibaev"),
    (REGION, Role.OFFICIAL, "synamaev"),
    (CENTRE, Role.OFFICIAL, "qiyalbaev"),
    (DISTRICT, Role.OFFICIAL, "ulgilenova"),
    (OPERATOR, Role.OPERATOR, None),
    (COLLEAGUE, Role.OPERATOR, None),
    (ADMINISTRATOR, Role.ADMINISTRATOR, None),
)


def settle(connection: Connection) -> None:
    """Import the organisation and let the people come."""
    import_if_empty(connection, ORGANISATION, date(2026, 1, 1))
    for person, role, official in PEOPLE:
        join(connection, person, f"Сынақ {person}", JOINED)
        agree(connection, person)
        choose_language(connection, person, Language.KAZAKH)
        if role is not None:
            grant_role(connection, person, role.value, official, JOINED)


@cache
def _settled() -> bytes:
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        settle(connection)
    with engine.connect() as connection:
        content = bytes(connection.connection.driver_connection.serialize())
    engine.dispose()
    return content


def _copy() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.deserialize(_settled())
    return made


@contextmanager
def settled() -> Iterator[Connection]:
    """Open a database of one's own that is settled already."""
    engine = sa.create_engine("sqlite://", creator=_copy)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open such a database."""
    with settled() as opened:
        yield opened


def register(
    connection: Connection, name: str = "a", place: str = "615200", at: datetime = FRIDAY
) -> int:
    """Register an appeal about water supply and return its id; place is a KATO prefix."""
    draft = Draft(
        name,
        Language.KAZAKH,
        topic="water-supply",
        region=place[:2],
        district=place if len(place) > 2 else None,
        texts={1: "Су жоқ."},
    )
    filed: int = file_appeal(connection, draft, Filing(CITIZEN), at)["id"]
    return filed


def row(connection: Connection, appeal: int) -> RowMapping:
    """Return an appeal as it is."""
    return connection.execute(sa.select(appeals).where(appeals.c.id == appeal)).mappings().one()


def away(connection: Connection, official: str, deputy: str, since: date, until: date) -> None:
    """Let somebody be away."""
    values = {"official": official, "deputy": deputy, "since": since, "until": until}
    connection.execute(sa.insert(absences).values(**values))


def told(connection: Connection, kind: str = "reminder") -> list[tuple[int, dict[str, Any]]]:
    """Return who was told what of one kind, in the order of telling."""
    statement = sa.select(outbox.c.person_id, outbox.c.payload).where(outbox.c.kind == kind)
    return [(person, payload) for person, payload in connection.execute(statement.order_by("id"))]


def parts(connection: Connection) -> list[tuple[int, str]]:
    """Return who was reminded of a case and why, in the order of telling."""
    return [
        (person, case["part"]) for person, payload in told(connection) for case in payload["cases"]
    ]


def given(connection: Connection) -> list[tuple[int, date, int, datetime]]:
    """Return appeal, due date, stage and moment of every reminder, in their order."""
    table = appeal_reminders.c
    statement = sa.select(table.appeal_id, table.due_on, table.stage, table.at).order_by(table.at)
    return [tuple(found) for found in connection.execute(statement)]


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """Return a moment by the clocks of Asia/Almaty."""
    return datetime(day.year, day.month, day.day, hour - 5, minute, tzinfo=UTC)
