"""Writing a report as a spreadsheet; runs in a worker process only.

A sheet of facts, one for each table, one of citizens' words, one of the method. Numbers are
numbers: shares are fractions shown as per cent. A text stays text: no formula is run.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from services.reports.paper import Change, Column, Paper, Share, Table, Value

_A4 = 9  # XlsxWriter's number of the paper
_LETTERS = 120  # of a whole row
_NAME = 31  # letters of a sheet's name
_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


def write_book(paper: Paper) -> bytes:
    """Return an XLSX file."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # never in the bot's own process

    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
        book.set_properties({"title": paper.title, "created": paper.made_at.replace(tzinfo=None)})
        formats = _formats(book)
        _pairs(_Sheet(book, paper.facts_name, formats), paper.title, paper.facts)
        for table in paper.tables:
            _table(_Sheet(book, table.name, formats), table)
        if paper.voices_name:
            voices = tuple((voice.text, voice.about) for voice in paper.voices)
            _pairs(_Sheet(book, paper.voices_name, formats), paper.voices_name, voices)
        _pairs(_Sheet(book, paper.method_name, formats), paper.method_name, paper.method)
    return file.getvalue()


class _Sheet:
    """A sheet that is written from the top; what is above cannot be changed any more."""

    def __init__(self, book: Any, name: str, formats: dict[str, Any]) -> None:
        self.page = book.add_worksheet(name.translate(_FORBIDDEN)[:_NAME].strip())
        self._formats = formats
        self.row = 0
        self.page.set_paper(_A4)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)

    def put(self, values: Sequence[Value], name: str = "text") -> None:
        """Write a row and go to the next; `name` is the format of words."""
        for place, value in enumerate(values):
            self._cell(place, value, name)
        self.row += 1

    def _cell(self, place: int, value: Value, name: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            self.page.write_string(self.row, place, value, self._formats[name])
            return
        number, form = _number(value)
        self.page.write_number(self.row, place, number, self._formats[form])


def _number(value: float | Share | Change) -> tuple[float, str]:
    """Return the number and the name of its format."""
    if isinstance(value, Share):
        return value.value, "share"
    if isinstance(value, Change):
        return (value.value * 100, "points") if value.points else (value.value, "change")
    return value, "whole" if isinstance(value, int) else "value"


def _formats(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "head": {"bold": True, "text_wrap": True, "bg_color": "#E1E6EC", "border": 1} | top,
        "plain": {},
        "text": {"text_wrap": True} | top,
        "whole": {"num_format": "#,##0"} | top,
        "share": {"num_format": "0.0%"} | top,
        "value": {"num_format": "0.00"} | top,
        "change": {"num_format": "+#,##0;-#,##0;0"} | top,
        "points": {"num_format": "+0.0;-0.0;0"} | top,
    }
    return {name: book.add_format(values) for name, values in made.items()}


def _pairs(sheet: _Sheet, title: str, pairs: Sequence[tuple[str, str]]) -> None:
    sheet.page.set_column(0, 0, 44)
    sheet.page.set_column(1, 1, 90)
    sheet.page.freeze_panes(1, 0)
    sheet.put((title,), "title")
    for pair in pairs:
        sheet.put(pair)


def _table(sheet: _Sheet, table: Table) -> None:
    _widths(sheet, table.columns)
    sheet.page.freeze_panes(3, 0)
    sheet.page.repeat_rows(2)
    sheet.put((table.title,), "title")
    sheet.put((table.note if table.rows else table.nothing,), "plain")
    sheet.put(tuple(column.head for column in table.columns), "head")
    for row in table.rows:
        sheet.put(row)
    if table.rows:
        sheet.page.autofilter(2, 0, sheet.row - 1, len(table.columns) - 1)


def _widths(sheet: _Sheet, columns: Sequence[Column]) -> None:
    whole = sum(column.width for column in columns)
    for place, column in enumerate(columns):
        sheet.page.set_column(place, place, max(12, column.width / whole * _LETTERS))
