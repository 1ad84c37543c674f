"""The audit as a file: CSV or XLSX, in which no cell is ever run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO

from services.audit.showing import Line
from services.clock import local
from services.tables.reading import GUARD, GUARDED

COLUMNS = ("number", "at", "who", "name", "what", "on", "case", "details")
_WIDTHS = (10, 20, 14, 28, 40, 20, 20, 60)


def audit_csv(lines: Iterable[Line], titles: Sequence[str] = COLUMNS) -> bytes:
    """Return a CSV file as spreadsheets here expect it: UTF-8 with a mark, semicolons."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([_guarded(cell) for cell in cells_of(line)] for line in lines)
    return file.getvalue().encode("utf-8-sig")


def audit_book(
    lines: Iterable[Line],
    titles: Sequence[str] = COLUMNS,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Return an XLSX file; names: what deeds are called in the reader's language."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # only who exports waits for it

    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "in_memory": True}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        page = book.add_worksheet()
        page.freeze_panes(1, 1)
        for place, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
            page.set_column(place, place, width)
            page.write_string(0, place, title, head)
        for number, line in enumerate(lines, start=1):
            page.write_number(number, 0, line.number)
            for place, cell in enumerate(cells_of(line, names)[1:], start=1):
                page.write_string(number, place, cell)
    return file.getvalue()


def cells_of(line: Line, names: Mapping[str, str] | None = None) -> Sequence[str]:
    """Return a row as words, in the order of COLUMNS; its moment is of Asia/Almaty."""
    return (
        str(line.number),
        f"{local(line.at):%Y-%m-%d %H:%M:%S}",
        "" if line.who is None else str(line.who),
        line.name,
        (names or {}).get(line.what, line.what),
        line.on,
        line.case,
        " ".join(_details(line)),
    )


def _details(line: Line) -> Iterator[str]:
    return (f"{name}={value}" for name, value in line.details.items() if value is not None)


def _guarded(cell: str) -> str:
    return GUARD + cell if cell.startswith(GUARDED) else cell
