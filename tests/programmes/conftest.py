"""A programme with two places and a form, and people who want to come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.programmes import composing, form_building
from services.programmes.model import Field, FieldKind, Programme, Session, SignUp
from services.programmes.signing_up import Wanted, sign_up
from storage.people import grant_role
from tests.agreed import agree
from tests.digests.conftest import JOINED, settled

ADMINISTRATOR, EDITOR, ELSEWHERE, OTHER_ADMINISTRATOR = 401, 402, 403, 404
PEOPLE = tuple(range(601, 613))
NOW = datetime(2026, 3, 3, 5, tzinfo=UTC)  # Tuesday, 10:00 in Asia/Almaty
FIRST_SESSION = datetime(2026, 3, 10, 13, 30, tzinfo=UTC)  # Tuesday, 18:30
TEXTS = {
    "kind": "project",
    "title_kk": "Ауыл жастары",
    "title_ru": "Сельская молодёжь",
    "text_kk": "Кездесулер",
    "text_ru": "Встречи",
    "begins_on": date(2026, 3, 10),
    "ends_on": date(2026, 3, 20),
}


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of one's own with those people."""
    with settled() as opened:
        for person in PEOPLE:
            arrive(opened, person)
        staff = (
            (ADMINISTRATOR, Role.ADMINISTRATOR, ""),
            (OTHER_ADMINISTRATOR, Role.ADMINISTRATOR, ""),
            (EDITOR, Role.EDITOR, "61"),
            (ELSEWHERE, Role.EDITOR, "10"),
        )
        for person, role, area in staff:
            arrive(opened, person)
            grant_role(opened, person, role.value, None, JOINED, area=area)
        yield opened


def arrive(connection: Connection, person: int) -> None:
    """Let somebody know the bot, agree to everything and choose Kazakh."""
    join(connection, person, "Сынақ Сынақов", JOINED)
    agree(connection, person)
    choose_language(connection, person, Language.KAZAKH)


def draft(connection: Connection, key: str = "d1", **changes: Any) -> Programme:
    """Keep a draft of a programme, changed so."""
    programme = composing.begin_programme(connection, ADMINISTRATOR, key, TEXTS, NOW)
    if not changes:
        return programme
    return composing.change_programme(
        connection, ADMINISTRATOR, programme.id, programme.version, changes, NOW
    )


def opened(connection: Connection, **changes: Any) -> Programme:
    """Open signing up for a programme of two places, unless changed."""
    programme = draft(connection, **{"capacity": 2, **changes})
    return composing.open_programme(
        connection, ADMINISTRATOR, programme.id, programme.version, NOW
    )


def ask(connection: Connection, programme: Programme, kind: FieldKind, **more: Any) -> Programme:
    """Put a question into the form."""
    field = Field("", 0, kind, "Сұрақ?", "Вопрос?", **more)
    return form_building.put_field(
        connection, ADMINISTRATOR, programme.id, programme.version, field, NOW
    )


def plan(connection: Connection, programme: Programme, at: datetime = FIRST_SESSION) -> Programme:
    """Plan a session."""
    session = Session(0, at, "Танысу", "Знакомство", "Кітапхана", "Библиотека")
    return form_building.put_session(
        connection, ADMINISTRATOR, programme.id, programme.version, session, NOW
    )


def come(
    connection: Connection, programme: Programme, person: int, now: datetime = NOW, seen: int = 0
) -> SignUp:
    """Let somebody sign up."""
    wanted = Wanted("Аманов Айдар", {}, programme.consent_version)
    return sign_up(connection, person, programme.id, wanted, seen, Language.KAZAKH, now)
