"""What the cells of a table may say, and how each slip is told."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from services.refusal import Refusal
from services.tables.cells import (
    Cells,
    a_code,
    a_day,
    a_moment,
    a_text,
    a_whole,
    an_amount,
    an_answer,
    check_place,
    one_of,
)
from services.tables.model import (
    LEVELS,
    BadTable,
    Column,
    Fault,
    Form,
    Row,
    Table,
    forms_of,
    refuse,
)
from services.tables.reading import read_table
from services.tables.writing import Line, to_csv, to_xlsx

PEOPLE = Form(
    "people", "Адамдар", "Люди", (Column("name", "Аты", "Имя"), Column("n", "Саны", "Число"))
)
WIDE = Form(
    "wide",
    "Кең",
    "Широкая",
    (Column("code", "Код", "Шифр"), Column("x", "Икс", "Икс (х)")),
    more=True,
)
FORMS = forms_of(PEOPLE, WIDE)


@pytest.mark.parametrize(
    ("reading", "text", "said"),
    [
        (a_day, "31.12.2026", date(2026, 12, 31)),
        (a_day, "2026-1-5 18:30", date(2026, 1, 5)),
        (a_moment, "31.12.2026 18:30", datetime(2026, 12, 31, 13, 30, tzinfo=UTC)),
        (a_moment, "2026-12-31 04:00:00", datetime(2026, 12, 30, 23, 0, tzinfo=UTC)),
        (a_whole(1, 2000), "1 250", 1250),
        (a_whole(-5, 5), "-5", -5),
        (an_amount, "1 250,5", Decimal("1250.5")),
        (an_amount, "−3 %", Decimal(-3)),
        (an_amount, "1'250", Decimal(1250)),
        (an_answer, "Иә", True),
        (an_answer, "нет", False),
        (a_code, "water-1_a", "water-1_a"),
        (a_text(3), "абв", "абв"),
        (one_of(LEVELS, ""), "Өңір", "region"),
    ],
)
def test_sound(reading: Callable[[str], Any], text: str, said: Any) -> None:
    """A cell is read as people write it here."""
    assert said == reading(text)


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (a_day, "31.02.2026"),
        (a_day, "31.12.1999"),
        (a_day, "завтра"),
        (a_moment, "31.12.2026"),
        (a_moment, "31.12.2026 24:00"),
        (a_moment, "31.13.2026 10:00"),
        (a_moment, "31.12.2026 10:75"),
        (a_whole(1, 5), "6"),
        (a_whole(1, 5), "2,5"),
        (a_whole(1, 5), "--1"),
        (a_whole(1, 5), "٣"),
        (an_amount, "1,2345"),
        (an_amount, "1e5"),
        (an_amount, "9" * 13),
        (an_answer, "наверное"),
        (a_code, "Су"),
        (a_code, "a" * 33),
        (a_text(3), "абвг"),
        (one_of(LEVELS, "…"), "ауыл"),
    ],
)
def test_broken(reading: Callable[[str], Any], text: str) -> None:
    """Whatever is no such thing is refused with a sentence, never with an error."""
    with pytest.raises(Refusal) as refused:
        reading(text)
    assert refused.value.message.format(**refused.value.parameters)


@given(st.text(max_size=40))
def test_no_text_breaks_a_reading(text: str) -> None:
    """Any text is read or refused."""
    for reading in (a_day, a_moment, a_whole(0, 9), an_amount, an_answer, a_code, a_text(20)):
        with suppress(Refusal):
            reading(text)


@pytest.mark.parametrize(
    ("region", "district", "place", "bad"),
    [
        ("", "", (None, None), set()),
        ("61", "", ("61", None), set()),
        ("61", "615200", ("61", "615200"), set()),
        ("", "615200", ("61", "615200"), set()),
        ("99", "", (None, None), {"region"}),
        ("61", "111000", ("61", None), {"district"}),
    ],
)
def test_places(
    region: str, district: str, place: tuple[str | None, str | None], bad: set[str]
) -> None:
    """A place is two codes that fit together; a district names its region too."""
    cells = Cells(Row("people", 2, {"region": region, "district": district}), [])
    assert place == check_place(cells)
    assert bad == cells.bad


def test_a_cell_is_blamed_once() -> None:
    """An error of the spreadsheet is told once, whatever is read of the cell then."""
    faults: list[Fault] = []
    cells = Cells(Row("people", 7, {"name": "#ССЫЛКА!", "n": ""}), faults)
    assert "?" == cells.read("name", a_code, "?")
    assert 5 == cells.read("n", a_whole(0, 9), 5)
    assert [("name", 7), ("n", 7)] == [(fault.column, fault.row) for fault in faults]


def test_faults_come_in_the_order_of_the_file() -> None:
    """Sheet by sheet, row by row, whatever is found first."""
    fault = Refusal("x")
    found = [Fault(fault, "wide", 2), Fault(fault, "people", 9), Fault(fault, "people", 3)]
    with pytest.raises(BadTable) as bad:
        refuse(found, FORMS)
    assert [("people", 3), ("people", 9), ("wide", 2)] == [
        (one.sheet, one.row) for one in bad.value.faults
    ]
    refuse([], FORMS)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_there_and_back(language: str) -> None:
    """What is written is read again, with the columns that the file chose itself."""
    evil = '=HYPERLINK("http://example.org")'
    lines: dict[str, list[Line]] = {
        "people": [(evil, 5)],
        "wide": [("a", "1", Decimal("2.5"), None)],
    }
    table = read_table(to_xlsx(FORMS, lines, language, {"wide": ["Тест", "Іс"]}), "a.xlsx", FORMS)
    people, wide = table.of("people"), table.of("wide")
    assert {"name": evil, "n": "5"} == people[0].values
    assert {"Тест": "2.5", "Іс": ""} == wide[0].more
    file = to_csv(WIDE, lines["wide"], language, ["Тест", "Іс"])
    assert [("2,5", "")] == [
        tuple(row.more.values()) for row in read_table(file, "a.csv", FORMS).rows
    ]


def test_own_columns_are_named_once() -> None:
    """Two own columns of one title are a fault; a sheet without own columns knows none."""
    with pytest.raises(BadTable, match="twice"):
        read_table("code;x;Тест;ТЕСТ\na;1;2;3".encode(), "a.csv", FORMS)
    with pytest.raises(BadTable, match="No column"):
        read_table("name;n;Тест\na;1;2".encode(), "a.csv", FORMS)


def test_an_hour_of_a_cell_is_read() -> None:
    """A spreadsheet keeps day and hour as one number."""
    file = BytesIO()
    book = Workbook()
    page = book.worksheets[0]
    page.append(["name", "n"])
    page.append(["a", datetime(2026, 12, 1, 18, 30)])  # noqa: DTZ001  # of a cell
    book.save(file)
    table = read_table(file.getvalue(), "a.xlsx", FORMS)
    assert Table((Row("people", 2, {"name": "a", "n": "2026-12-01 18:30"}),)) == table
    assert load_workbook(file)
