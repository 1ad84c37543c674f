"""A school of four sessions with those who signed up, for tests of what comes of it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from storage import programmes
from storage.signups import add_signup

FIRST_SESSION = datetime(2026, 2, 2, 13, tzinfo=UTC)  # Monday, 18:00 in Asia/Almaty
WEEK = timedelta(days=7)
_TITLES = (
    ("Кіріспе", "Введение"),
    ("Сөз сөйлеу", "Выступление"),
    ("Келіссөз", "Переговоры"),
    ("Қорытынды", "Итоги"),
)


def found_school(connection: Connection, **changed: Any) -> int:
    """Open a school and return its number."""
    values = {
        "draft_id": "table:school",
        "kind": "school",
        "status": "open",
        "title_kk": "Саяси менеджмент мектебі",
        "title_ru": "Школа политического менеджмента",
        "text_kk": "Төрт сабақ.",
        "text_ru": "Четыре занятия.",
        "place_kk": "Жастар үйі",
        "place_ru": "Дом молодёжи",
        "region": "61",
        "begins_on": date(2026, 2, 2),
        "ends_on": date(2026, 2, 23),
        "sign_up_until": date(2026, 1, 31),
        "certificate": True,
        "certificate_from": 75,
        "created_at": datetime(2026, 1, 10, 6, tzinfo=UTC),
    }
    row = programmes.add_programme(connection, values | changed)
    return int(row["id"])


def hold_sessions(
    connection: Connection, programme_id: int, moments: Iterable[datetime] | None = None
) -> None:
    """Give a programme its sessions; four of them, week by week, unless told."""
    starts = moments or [FIRST_SESSION + week * WEEK for week in range(4)]
    for number, starts_at in enumerate(starts, start=1):
        values = {
            "programme_id": programme_id,
            "number": number,
            "starts_at": starts_at,
            **dict(zip(("title_kk", "title_ru"), _TITLES[(number - 1) % 4], strict=True)),
        }
        programmes.put_session(connection, values)


def enrol(
    connection: Connection,
    programme_id: int,
    person_id: int | None,
    name: str | None,
    status: str = "confirmed",
    language: str = "kk",
    answers: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """Let somebody have signed up and return the number of the sign-up."""
    at = datetime(2026, 1, 20, 6, tzinfo=UTC)
    values = {
        "programme_id": programme_id,
        "person_id": person_id,
        "status": status,
        "language": language,
        "name": name,
        "answers": dict(answers),
        "consent": 1,
        "queued_at": at,
        "at": at,
    }
    return int(add_signup(connection, values)["id"])
