"""A school that is over, five who have a place there, and those who look after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from storage.people import grant_role
from tests.agreed import agree
from tests.digests.conftest import JOINED, settled
from tests.programmes_school.school import enrol, found_school, hold_sessions

ADMINISTRATOR, EDITOR, ELSEWHERE, CITIZEN = 401, 402, 403, 409
NOW = datetime(2026, 3, 3, 5, tzinfo=UTC)  # Tuesday, 10:00 in Asia/Almaty
PEOPLE = {
    601: "Айгүл Сынамалы",
    602: "Марат Үлгілі",
    603: "Сәуле Байқауова",
    604: "Ерлан Тексеров",
    605: "Қуаныш Жасандиев",
}


@dataclass(frozen=True, slots=True)
class School:
    """A programme, and the sign-ups by person."""

    id: int
    signups: dict[int, int]


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of one's own with those people."""
    with settled() as opened:
        for person, name in {**PEOPLE, CITIZEN: "Бөтен"}.items():
            arrive(opened, person, name)
        staff = ((ADMINISTRATOR, Role.ADMINISTRATOR, ""), (EDITOR, Role.EDITOR, "61"))
        for person, role, area in (*staff, (ELSEWHERE, Role.EDITOR, "10")):
            arrive(opened, person, "Қызметкер")
            grant_role(opened, person, role.value, None, JOINED, area=area)
        yield opened


@pytest.fixture
def school(connection: Connection) -> School:
    """Hold the four sessions of a school."""
    programme = found_school(connection)
    hold_sessions(connection, programme)
    signups = {who: enrol(connection, programme, who, name) for who, name in PEOPLE.items()}
    return School(programme, signups)


def arrive(connection: Connection, person: int, name: str) -> None:
    """Let somebody know the bot, agree to everything and choose Kazakh."""
    join(connection, person, name, JOINED)
    agree(connection, person)
    choose_language(connection, person, Language.KAZAKH)
