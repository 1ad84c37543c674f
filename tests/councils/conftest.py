"""Three councils with members, in a database of the test's own."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from services.councils.importing import put_table
from services.councils.table import FORMS
from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.tables.model import Row, Table
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.people import grant_role
from tests.agreed import agree
from tests.digests.conftest import JOINED, settled

ADMINISTRATOR, EDITOR, CHAIR, DEPUTY, SECRETARY, HEAD = 401, 402, 501, 502, 503, 504
TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 5, tzinfo=UTC)  # Tuesday, 10:00 in Asia/Almaty

# What stands before a table of a test comes.
FIELDS = (
    ("water", 1, "💧", "Су", "Вода", "yes", "yes", "water-supply water-quality", "no"),
    ("roads", 2, "🛣", "Жол", "Дороги", "yes", "no", "roads", "no"),
    ("law", 3, "⚖️", "Заң", "Право", "no", "no", "", "no"),
    ("old", 4, "📜", "Ескі", "Старое", "yes", "yes", "", "yes"),
)
COUNCILS = (
    ("water-61", "Су кеңесі", "Совет по воде", "water", "61", "", "2026-01-01", "", "yes"),
    ("roads-61", "Жол кеңесі", "Совет по дорогам", "roads", "61", "", "2026-01-01", "", "no"),
    ("water", "Су", "Вода", "water", "", "", "2026-01-01", "", "no"),
)
MEMBERS = (
    ("water-61", "aman", "Аман", "Аман", "ұстаз", "учитель", "chair", "2026-01-01", ""),
    ("water-61", "bota", "Бота", "Бота", "дәрігер", "врач", "deputy", "2026-01-01", ""),
    ("water-61", "dana", "Дана", "Дана", "", "", "member", "2026-01-01", ""),
)
MEETINGS = (("water-61", "2026-02-02", "Құбырлар", "Трубы"),)


def table(**sheets: Any) -> Table:
    """Return a table of these lines, each with a cell for every column of its sheet."""
    return Table(
        tuple(
            Row(
                sheet,
                number,
                {
                    column.key: str(cell)
                    for column, cell in zip(FORMS[sheet].columns, line, strict=True)
                },
            )
            for sheet, lines in sheets.items()
            for number, line in enumerate(lines, start=2)
        )
    )


def book(sheets: Mapping[str, Any], language: str = "ru") -> Table:
    """Return the same by way of an XLSX file."""
    return read_table(to_xlsx(FORMS, sheets, language), "councils.xlsx", FORMS)


def settle(connection: Connection) -> None:
    """Bring the councils; let their chair and deputy work here, and who looks after them."""
    put_table(connection, table(fields=FIELDS, councils=COUNCILS, members=MEMBERS), JOINED)
    put_table(connection, table(meetings=MEETINGS), NOW)
    people = (
        (ADMINISTRATOR, Role.ADMINISTRATOR, None),
        (EDITOR, Role.EDITOR, None),
        (CHAIR, Role.OFFICIAL, "aman"),
        (DEPUTY, Role.OFFICIAL, "bota"),
        (SECRETARY, Role.OFFICIAL, "elestetov"),
        (HEAD, Role.OFFICIAL, "synamaev"),
    )
    for person, role, official in people:
        join(connection, person, "Сынақ Сынақов", JOINED)
        agree(connection, person)
        choose_language(connection, person, Language.KAZAKH)
        grant_role(connection, person, role.value, official, JOINED)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database in which that is so."""
    with settled() as opened:
        settle(opened)
        yield opened
