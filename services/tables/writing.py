"""Giving out tables that the import takes back unchanged.

CSV is UTF-8 with a mark at its beginning, semicolons and decimal commas, as spreadsheets here
expect. A text that a spreadsheet would take for a formula stays text.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from services.clock import ALMATY
from services.tables.model import Form, Forms
from services.tables.reading import GUARD, GUARDED

Cell = str | int | Decimal | date | datetime | None
Line = Sequence[Cell]

_WIDTHS = {"name_kk": 60, "name_ru": 60, "official_name": 30, "topics": 30}
_WIDTH = 16


def to_csv(form: Form, lines: Iterable[Line], language: str, more: Iterable[str] = ()) -> bytes:
    """Return one sheet as a CSV file; more: titles of the columns that the file chose itself."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(column.title(language) for column in form.columns), *map(_text, more)])
    for line in lines:
        writer.writerow(map(_text, line))
    return file.getvalue().encode("utf-8-sig")


def to_xlsx(
    forms: Forms,
    sheets: Mapping[str, Iterable[Line]],
    language: str,
    more: Mapping[str, Iterable[str]] | None = None,
) -> bytes:
    """Return sheets as one XLSX file; those without lines only name their columns."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # only who exports waits for it

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for key, form in forms.items():
            page = book.add_worksheet(form.title(language)[:31])
            page.freeze_panes(1, 1)
            titles = [column.title(language) for column in form.columns]
            titles += (more or {}).get(key, ())
            for place, title in enumerate(titles):
                known = form.columns[place].key if place < len(form.columns) else ""
                page.set_column(place, place, _WIDTHS.get(known, _WIDTH))
                page.write_string(0, place, title, head)
            for number, line in enumerate(sheets.get(key, ()), start=1):
                for place, cell in enumerate(line):
                    if isinstance(cell, Decimal | int):
                        page.write_number(number, place, float(cell))
                    elif cell is not None:
                        page.write_string(number, place, _plain(cell))
    return file.getvalue()


def _text(cell: Cell) -> str:
    """Return a cell as CSV holds it: only numbers may begin like a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    text = _plain(cell)
    return GUARD + text if text.startswith(GUARDED) else text


def _plain(cell: str | date) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return f"{cell.astimezone(ALMATY):%d.%m.%Y %H:%M}"
    return f"{cell:%d.%m.%Y}"
