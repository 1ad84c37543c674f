"""A small organisation to register appeals with: two sections, their officials and offices."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema import metadata
from storage.schema.organisation import (
    offices,
    officials,
    routes,
    section_assignments,
    sections,
    topics,
)
from storage.schema.people import people, roles
from tests.agreed import agree

CITIZEN, NEIGHBOUR, OFFICIAL, OTHER_OFFICIAL, ADMINISTRATOR = 101, 102, 201, 202, 301
JOINED = datetime(2026, 1, 5, 6, tzinfo=UTC)


def seed(connection: Connection) -> None:
    """Write the organisation and five people."""
    _officials(connection)
    _sections(connection)
    _offices(connection)
    _people(connection)


def _officials(connection: Connection) -> None:
    for code in ("ulgi", "synaq"):
        connection.execute(
            sa.insert(officials).values(
                code=code,
                body="bureau",
                name_kk=code,
                name_ru=code,
                position_kk="Бюро мүшесі",
                position_ru="член Бюро",
            )
        )


def _sections(connection: Connection) -> None:
    for position, (code, official) in enumerate((("water", "ulgi"), ("roads", "synaq"))):
        named = {"emoji": "💧", "name_kk": code, "name_ru": code, "position": position}
        connection.execute(sa.insert(sections).values(code=code, **named))
        connection.execute(sa.insert(topics).values(code=f"{code}-supply", section=code, **named))
        connection.execute(
            sa.insert(section_assignments).values(
                section=code, official=official, since=date(2026, 1, 1)
            )
        )
    connection.execute(
        sa.insert(topics).values(
            code="old",
            section="water",
            emoji="📌",
            name_kk="old",
            name_ru="old",
            position=9,
            retired=True,
        )
    )


def _offices(connection: Connection) -> None:
    for code, region in (("central", None), ("region-19", "19")):
        connection.execute(
            sa.insert(offices).values(code=code, region=region, name_kk=code, name_ru=code)
        )
        connection.execute(
            sa.insert(routes).values(office=code, region=region, since=date(2026, 1, 1))
        )


def _people(connection: Connection) -> None:
    for person in (CITIZEN, NEIGHBOUR, OFFICIAL, OTHER_OFFICIAL, ADMINISTRATOR):
        connection.execute(sa.insert(people).values(id=person, name="Сынақ", joined_at=JOINED))
        agree(connection, person)
    for person, role, official in (
        (OFFICIAL, "official", "ulgi"),
        (OTHER_OFFICIAL, "official", "synaq"),
        (ADMINISTRATOR, "administrator", None),
    ):
        connection.execute(
            sa.insert(roles).values(person_id=person, role=role, official=official, since=JOINED)
        )


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own with the small organisation in it."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        seed(opened)
        yield opened
    engine.dispose()
