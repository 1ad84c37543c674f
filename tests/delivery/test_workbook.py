"""A mailing as a spreadsheet: numbers that agree, texts that stay texts, and nobody in person."""

from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from bot.i18n import Catalogues
from handlers.views.mailing_workbook import file_name, mailing_workbook
from services.delivery.overview import account
from services.delivery.workbook import Sheet, draw
from services.organisation.directory import Organisations
from storage.database import Database
from storage.schema.delivery import deliveries, mailings
from tests.delivery.stage import FIRST, MORNING, add_people
from tests.delivery.test_mailing import AUTHOR, NEWS, add_operator, start_mailing

BLOCKED = "Forbidden: bot was blocked by the user"
REFUSED = "Bad Request: can't parse entities"
ENDS = [("delivered", None)] * 5 + [
    ("blocked", BLOCKED),
    ("blocked", BLOCKED),
    ("refused", REFUSED),
    ("uncertain", None),
    ("held", None),
]
COUNTED = {"reachable": 10, "delivered": 5, "blocked": 2, "failed": 2, "held": 1}
TITLES = {"title_kk": "=1+1", "title_ru": "=1+1"}


def cells(file: bytes) -> dict[str, list[list[Any]]]:
    """Return what stands in the sheets of a file, row by row, without empty cells."""
    book = load_workbook(BytesIO(file))
    return {
        sheet.title: [[cell for cell in row if cell is not None] for row in sheet.values]
        for sheet in book
    }


async def report(db: Database, language: str) -> dict[str, list[list[Any]]]:
    """Return the file of a finished mailing to ten people, in a language."""
    await db.write(add_people, range(FIRST, FIRST + len(ENDS)))
    await add_operator(db)
    mailing = await start_mailing(db, payload=NEWS | TITLES)

    def end(connection: sa.Connection) -> None:
        rows = [
            {"mailing_id": mailing, "person_id": FIRST + place, "status": status, "error": error}
            for place, (status, error) in enumerate(ENDS)
        ]
        connection.execute(sa.insert(deliveries), rows)
        values = {"status": "finished", "finished_at": MORNING} | COUNTED
        connection.execute(sa.update(mailings).values(**values))

    await db.write(end)
    organisations, i18n = Organisations(db), Catalogues()
    await organisations.refresh()
    found = await db.read(account, AUTHOR, mailing)
    assert f"mailing-{mailing}-2026-11-20.xlsx" == file_name(found.mailing, MORNING)
    with i18n.context(), i18n.use_locale(language):
        return cells(draw(mailing_workbook(found, organisations.current, MORNING)))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_numbers(sqlite_database: Database, language: str) -> None:
    """Both sheets count everybody once, and Telegram's words are grouped."""
    sheets = await report(sqlite_database, language)
    summary, results = sheets.values()
    numbers = {row[0]: row[1] for row in summary if len(row) > 1}
    delivered = {"kk": "Жеткізілді", "ru": "Доставлено"}[language]
    assert 5 == numbers[delivered]
    assert [delivered, 5, 0.5] == results[1]
    total = next(number for number, row in enumerate(results) if row[2:] == [1])
    assert 10 == results[total][1] == sum(row[1] for row in results[1:total])
    assert [[BLOCKED, 2], [REFUSED, 1]] == results[-2:]


async def test_nobody_in_person(sqlite_database: Database) -> None:
    """Nothing in the file is somebody's id or name, and a title is never run as a formula."""
    sheets = await report(sqlite_database, "ru")
    every = [cell for rows in sheets.values() for row in rows for cell in row]
    assert "=1+1" == every[0]
    assert not [cell for cell in every if isinstance(cell, int) and cell >= AUTHOR]
    words = " ".join(cell for cell in every if isinstance(cell, str))
    assert ("Адам" in words, str(FIRST)[:7] in words) == (False, False)


def test_texts_stay_texts() -> None:
    """A text that looks like a formula or a link is written as it is."""
    book = load_workbook(BytesIO(draw((Sheet("A", (("=SUM(1)", "https://example.kz"),)),))))
    assert ["s", "s"] == [cell.data_type for cell in next(book["A"].iter_rows())]
