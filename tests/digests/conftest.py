"""The demonstration organisation with a few people, in a database of the test's own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.registration import register_appeal
from services.language import Language
from services.organisation.importing import import_if_empty
from services.people.model import Role
from services.people.person import choose_language, join
from storage.people import grant_role
from storage.schema import metadata
from storage.schema.roadmap import indicator_assignments, indicators
from tests.agreed import agree

ORGANISATION = Path(__file__).resolve().parents[2] / "services/organisation/demonstration.yaml"
JOINED = datetime(2026, 1, 5, 6, tzinfo=UTC)
CITIZEN, WATER, UTILITIES, DEPUTY, OPERATOR = 101, 201, 202, 203, 301


def settle(connection: Connection) -> None:
    """Import the organisation and let the people come."""
    import_if_empty(connection, ORGANISATION, date(2026, 1, 1))
    people = (
        (CITIZEN, None, None),
        (WATER, Role.OFFICIAL, "mysalbaev"),
        (UTILITIES, Role.OFFICIAL, "nobaeva"),
        (OPERATOR, Role.OPERATOR, None),
    )
    for person, role, official in people:
        join(connection, person, "Сынақ Сынақов", JOINED)
        agree(connection, person)
        choose_language(connection, person, Language.KAZAKH)
        if role is not None:
            grant_role(connection, person, role.value, official, JOINED)


def file_appeal(connection: Connection, number: int, topic: str, place: str, at: datetime) -> int:
    """Register an appeal of one citizen each and return its id; place is a KATO prefix."""
    district = place if len(place) > 2 else None
    draft = Draft(f"d{number}", topic=topic, region=place[:2], district=district)
    person = citizen(number)
    join(connection, person, "Сынақ Сынақов", JOINED)
    agree(connection, person)
    return register_appeal(connection, draft.with_text(1, "Су жоқ, көмектесіңіз"), person, at).id


def give_indicator(
    connection: Connection, code: str, section: str, region: str, district: str, official: str
) -> None:
    """Assign an indicator of a section in a district to an official, since a year."""
    connection.execute(
        sa.insert(indicators).values(
            code=code,
            section=section,
            position=1,
            name_kk="Көрсеткіш",
            name_ru="Показатель",
            unit_kk="дана",
            unit_ru="штук",
            start=Decimal(0),
            plan=Decimal(100),
            begins_on=date(2026, 1, 1),
            due_on=date(2026, 12, 31),
            level="district",
            region=region,
            district=district,
        )
    )
    connection.execute(
        sa.insert(indicator_assignments).values(
            indicator=code, since=date(2025, 3, 1), official=official
        )
    )


def citizen(number: int) -> int:
    """Return who left the appeal of this number: nobody leaves many in an hour."""
    return 1000 + number


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
