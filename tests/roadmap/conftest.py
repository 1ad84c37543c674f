"""A small Road Map with those who answer for it, in a database of the test's own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.roadmap.editing import add_indicator, assign_indicator
from services.roadmap.indicator import Indicator, Level
from storage.organisation_writes import put_officials
from storage.people import grant_role
from tests.agreed import agree
from tests.digests.conftest import JOINED, settled

ADMINISTRATOR, COUNCIL, LOCAL, HEAD, SECRETARY = 401, 501, 502, 503, 504
TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 5, tzinfo=UTC)  # Tuesday, 10:00 in Asia/Almaty

WATER_NATION = Indicator(
    code="water.nation",
    name_kk="Таза сумен қамтылған ауылдар",
    name_ru="Сёла с чистой водой",
    section="water",
    position=0,
    unit_kk="%",
    unit_ru="%",
    start=Decimal(90),
    plan=Decimal(100),
    begins_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    level=Level.REPUBLIC,
    region=None,
    district=None,
)
WATER_SAIRAM = replace(
    WATER_NATION,
    code="water.sairam",
    position=1,
    start=Decimal(0),
    plan=Decimal(40),
    level=Level.DISTRICT,
    region="61",
    district="615200",
)


def settle(connection: Connection) -> None:
    """Let two members of Political Councils answer for an indicator each."""
    put_officials(connection, [_member("kenesova"), _member("kenesov")])
    people = (
        (ADMINISTRATOR, Role.ADMINISTRATOR, None),
        (COUNCIL, Role.OFFICIAL, "kenesova"),
        (LOCAL, Role.OFFICIAL, "kenesov"),
        (HEAD, Role.OFFICIAL, "synamaev"),
        (SECRETARY, Role.OFFICIAL, "elestetov"),
    )
    for person, role, official in people:
        join(connection, person, "Сынақ Сынақов", JOINED)
        agree(connection, person)
        choose_language(connection, person, Language.KAZAKH)
        grant_role(connection, person, role.value, official, JOINED)
    for indicator, official in ((WATER_NATION, "kenesova"), (WATER_SAIRAM, "kenesov")):
        add_indicator(connection, ADMINISTRATOR, indicator, JOINED)
        assign_indicator(
            connection, ADMINISTRATOR, indicator.code, official, date(2026, 1, 5), JOINED
        )


def _member(code: str) -> dict[str, str]:
    return {
        "code": code,
        "body": "council",
        "name_kk": code.title(),
        "name_ru": code.title(),
        "position_kk": "Саяси кеңес мүшесі",
        "position_ru": "член Политического совета",
    }


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database in which that is so."""
    with settled() as opened:
        settle(opened)
        yield opened
