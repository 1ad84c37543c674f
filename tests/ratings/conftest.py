"""Two rounds of a small rating in a database of the test's own."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Connection

from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.ratings.approving import publish_round
from services.ratings.importing import FORMS, import_table
from services.tables.model import Row, Table
from services.tables.reading import read_table
from storage.people import grant_role
from tests.agreed import agree
from tests.digests.conftest import JOINED, settled

BRINGER, SECOND, DEPUTY = 601, 602, 603
TODAY = date(2026, 7, 20)
NOW = datetime(2026, 7, 20, 5, tzinfo=UTC)

SHEETS: dict[str, list[dict[str, Any]]] = {
    "maslikhats": [
        {
            "code": "sairam",
            "name_kk": "Сайрам аудандық мәслихаты",
            "name_ru": "Сайрамский районный маслихат",
            "region": "61",
            "district": "615200",
        },
        {
            "code": "astana",
            "name_kk": "Астана қалалық мәслихаты",
            "name_ru": "Маслихат города Астаны",
            "region": "71",
            "district": "",
        },
    ],
    "deputies": [
        {
            "code": code,
            "name_kk": kk,
            "name_ru": ru,
            "maslikhat": "sairam",
            "constituency_kk": f"№ {place} округ",
            "constituency_ru": f"округ № {place}",
            "since": "20.03.2023",
            "last_day": "",
        }
        for place, (code, kk, ru) in enumerate(
            (
                ("ulgi-1", "Әсел Үлгіқызы", "Асель Ульгикызы"),
                ("ulgi-2", "Сынақ Мысалов", "Сынак Мысалов"),
                ("ulgi-3", "Ерлан Нобайұлы", "Ерлан Нобайулы"),
            ),
            start=1,
        )
    ],
    "round": [
        {
            "code": "2026-1",
            "title_kk": "2026 жылдың бірінші жартыжылдығы",
            "title_ru": "Первое полугодие 2026 года",
            "begins_on": "01.01.2026",
            "ends_on": "30.06.2026",
            "as_of": "05.07.2026",
            "method_kk": "Балл – көрсеткіштердің салмақталған қосындысы.",
            "method_ru": "Балл – взвешенная сумма показателей.",
        }
    ],
    "indicators": [
        {
            "code": "attendance",
            "name_kk": "Сессияларға қатысуы",
            "name_ru": "Посещение сессий",
            "unit_kk": "%",
            "unit_ru": "%",
            "weight": "60",
        },
        {
            "code": "meetings",
            "name_kk": "Тұрғындармен кездесуі",
            "name_ru": "Встречи с жителями",
            "unit_kk": "",
            "unit_ru": "",
            "weight": "40",
        },
    ],
    "lines": [
        {
            "deputy": deputy,
            "maslikhat": "sairam",
            "score": score,
            "place": place,
            "attendance": attendance,
            "meetings": meetings,
        }
        for deputy, score, place, attendance, meetings in (
            ("ulgi-1", "92,5", "1", "100", "24"),
            ("ulgi-2", "71", "2", "85", "16"),
            ("ulgi-3", "64", "3", "70", "9"),
        )
    ],
}
EARLIER: dict[tuple[str, int], dict[str, Any]] = {
    ("round", 0): {
        "code": "2025-2",
        "title_kk": "2025 жылдың екінші жартыжылдығы",
        "title_ru": "Второе полугодие 2025 года",
        "begins_on": "01.07.2025",
        "ends_on": "31.12.2025",
        "as_of": "10.01.2026",
    },
    ("lines", 0): {"score": "60", "place": "2"},
    ("lines", 1): {"score": "80", "place": "1"},
    ("lines", 2): {"score": "55", "place": "3"},
}
Changes = Mapping[tuple[str, int], Mapping[str, Any]]


def changed(changes: Changes) -> dict[str, list[dict[str, Any]]]:
    """Return the sheets with other cells; a row beyond the last copies it."""
    sheets = {name: [dict(row) for row in rows] for name, rows in SHEETS.items()}
    for (name, place), cells in changes.items():
        rows = sheets[name]
        if place == len(rows):
            rows.append(dict(rows[-1]))
        rows[place] |= cells
    return sheets


def book(sheets: Mapping[str, Iterable[Mapping[str, Any]]], titles: str = "key") -> bytes:
    """Return an XLSX file of these sheets; titles: "key", "kk" or "ru"."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        known = {column.key: getattr(column, titles) for column in FORMS[name].columns}
        for number, row in enumerate(rows):
            if number == 0:
                page.append([known.get(key, key) for key in row])
            page.append(list(row.values()))
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def table_of(changes: Changes | None = None, titles: str = "key") -> Table:
    """Return the sound table with other cells."""
    return read_table(book(changed(changes or {}), titles), "rating.xlsx", FORMS)


def plain_table(changes: Changes | None = None) -> Table:
    """Return the same as `table_of` without making a file of it."""
    rows = []
    for name, lines in changed(changes or {}).items():
        known = {column.key for column in FORMS[name].columns}
        for number, line in enumerate(lines, start=2):
            values = {key: value for key, value in line.items() if key in known}
            more = {key: value for key, value in line.items() if key not in known}
            rows.append(Row(name, number, values, more))
    return Table(tuple(rows))


def settle(connection: Connection) -> None:
    """Let two editors and a deputy's account come."""
    for person in (BRINGER, SECOND, DEPUTY):
        join(connection, person, f"Сынақ {person}", JOINED)
        agree(connection, person)
        choose_language(connection, person, Language.RUSSIAN)
    for person in (BRINGER, SECOND):
        grant_role(connection, person, Role.EDITOR.value, None, JOINED)


def published(connection: Connection) -> None:
    """Publish the earlier round and the newer one; let the first deputy have an account."""
    for changes, code in ((EARLIER, "2025-2"), ({}, "2026-1")):
        import_table(connection, BRINGER, plain_table(changes), NOW)
        publish_round(connection, SECOND, code, 1, NOW)
    grant_role(connection, DEPUTY, Role.OFFICIAL.value, "ulgi-1", JOINED)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database in which nothing is rated yet."""
    with settled() as opened:
        settle(opened)
        yield opened


@pytest.fixture
def rated(connection: Connection) -> Connection:
    """Return a database with both rounds published."""
    published(connection)
    return connection
