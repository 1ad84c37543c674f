"""Reading a table out of a CSV or XLSX file: which sheet each is, and its rows as text.

A sheet is known by the titles of its columns, in English, Kazakh or Russian.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from services.refusal import N_, Refusal
from services.tables.model import BadTable, Column, Fault, Form, Forms, Row, Table
from services.text.fold import fold

LARGEST_FILE = 1_000_000  # bytes
# In one sheet: the country has some 3,400 deputies of maslikhats.
MOST_ROWS = 5000
MOST_COLUMNS = 40
_UNPACKED = 12_000_000
# Of styles and the like, which are taken into memory whole, many times their size.
_UNPACKED_WHOLE = 500_000
_NOT_WHOLE = ("xl/worksheets/", "xl/sharedStrings.xml", "xl/media/")
_SHEETS = 10
_CELL = 2000  # characters that are read of one cell
_DELIMITERS = ";,\t"
# What exporting puts before a text that a spreadsheet would take for a formula.
GUARD = "'"
GUARDED = ("=", "+", "-", "@", "\t", "\r")


def read_table(data: bytes, name: str, forms: Forms) -> Table:
    """Return the table of these sheets in a file of this name; raises BadTable."""
    if len(data) > LARGEST_FILE:
        raise _bad(N_("The file is too large."))
    if data.startswith(b"PK"):
        sheets = _book(data)
    elif name.casefold().endswith((".csv", ".txt")):
        sheets = [_text(data)]
    else:
        raise _bad(N_("Please send a table with the ending .xlsx or .csv."))
    faults: list[Fault] = []
    rows = [row for lines in sheets if any(map(any, lines)) for row in _rows(lines, forms, faults)]
    if not rows and not faults:
        raise _bad(N_("The file is empty."))
    if faults:
        raise BadTable(faults)
    return Table(tuple(rows))


def _rows(lines: Sequence[Sequence[str]], forms: Forms, faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows below the first one that has anything in it, which names the columns."""
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    top, head = numbered[0]
    form = _form(head, forms)
    if form is None:
        faults.append(
            Fault(Refusal(N_("The first row must name the columns, as in the export.")), None, top)
        )
        return
    if len(numbered) - 1 > MOST_ROWS:
        message = N_("The table has too many rows: at most {limit}.")
        faults.append(Fault(Refusal(message, limit=MOST_ROWS), form.key))
        return
    places = _places(form, top, head, faults)
    chosen = _chosen(head, places) if form.more else {}
    for number, line in numbered[1:]:
        if any(line[len(head) :]):
            message = N_("This row has more cells than there are columns.")
            faults.append(Fault(Refusal(message), form.key, number))
        values = {
            column.key: _at(line, place) for place, column in places.items() if not column.told
        }
        more = {title: _at(line, place) for place, title in chosen.items()}
        if any(values.values()) or any(more.values()):
            yield Row(form.key, number, values, more)


def _form(head: Iterable[str], forms: Forms) -> Form | None:
    """Return the sheet that has the most of these columns, at least two."""
    said = {fold(title) for title in head if title}
    found = {key: len(_known(form).keys() & said) for key, form in forms.items()}
    best = max(found, key=lambda key: found[key])
    return forms[best] if found[best] > 1 else None


def _places(
    form: Form, number: int, head: Sequence[str], faults: list[Fault]
) -> Mapping[int, Column]:
    """Return which column stands where; what is missing, strange or doubled is a fault."""
    known = _known(form)
    places: dict[int, Column] = {}
    own: set[str] = set()
    for place, title in enumerate(head):
        column = known.get(fold(title))
        if column is not None and column not in places.values():
            places[place] = column
        elif title and column is None and form.more and fold(title) not in own:
            own.add(fold(title))
        elif title:
            message = (
                N_("No column is called “{value}”.")
                if column is None and not form.more
                else N_("The column “{value}” stands there twice.")
            )
            faults.append(Fault(Refusal(message, value=title[:100]), form.key, number))
    missing = (each for each in form.columns if each.needed and each not in places.values())
    refusal = Refusal(N_("This column is missing."))
    faults.extend(Fault(refusal, form.key, number, column.key) for column in missing)
    return places


def _chosen(head: Sequence[str], places: Mapping[int, Column]) -> Mapping[int, str]:
    """Return the titles of the columns that are the file's own, by place."""
    return {place: title for place, title in enumerate(head) if title and place not in places}


def _known(form: Form) -> Mapping[str, Column]:
    return {
        fold(title): column
        for column in form.columns
        for title in (column.key, column.kk, column.ru)
    }


def _at(line: Sequence[str], place: int) -> str:
    return _unguarded(line[place]) if place < len(line) else ""


def _unguarded(text: str) -> str:
    guarded = text.startswith(GUARD) and text[1:].startswith(GUARDED)
    return text[1:] if guarded else text


def _text(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(N_("This is not a text file in UTF-8. Please save the table so.")) from None
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[_said(cell) for cell in line] for line in reader]
    except csv.Error:
        raise _bad(N_("This file cannot be read as a table.")) from None


def _book(data: bytes) -> list[list[list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # only who imports waits for it

    try:
        _check_unpacked(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        return [
            [
                [_cell(cell) for cell in line]
                for line in sheet.iter_rows(max_row=MOST_ROWS + 20, max_col=MOST_COLUMNS)
            ]
            for sheet in book.worksheets[:_SHEETS]
        ]
    except BadTable:
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a broken file
        raise _bad(N_("This file cannot be read as a table.")) from error


def _check_unpacked(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = packed.infolist()
    whole = (part.file_size for part in parts if not part.filename.startswith(_NOT_WHOLE))
    if sum(part.file_size for part in parts) > _UNPACKED or sum(whole) > _UNPACKED_WHOLE:
        raise _bad(N_("The file is too large."))


def _cell(cell: Any) -> str:
    """Return a cell as text: days and hours in ISO form, numbers plain, «98 %» as 98."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        hour = value.strftime(" %H:%M") if (value.hour, value.minute) != (0, 0) else ""
        return f"{value.date().isoformat()}{hour}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        scaled = value * 100 if "%" in str(cell.number_format) else value
        return f"{scaled:.6f}".rstrip("0").rstrip(".")
    return _said(str(value))


def _said(text: str) -> str:
    """Return a text in one line, without what nobody sees."""
    plain = " ".join(text.split())
    return "".join(filter(str.isprintable, plain))[:_CELL]


def _bad(message: str) -> BadTable:
    return BadTable([Fault(Refusal(message))])
