"""A mailing in numbers as a spreadsheet: counts and nobody in person."""

from dataclasses import dataclass
from io import BytesIO

Cell = str | int | float

_WIDE, _NARROW = 58, 26  # characters
_A4 = 9  # XlsxWriter's number of the paper


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows below each other, the first cell of each wide; headings are bold.

    A name has at most 31 characters, and no brackets, colons, slashes or wildcards.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    headings: frozenset[int] = frozenset()


def draw(sheets: tuple[Sheet, ...]) -> bytes:
    """Return an XLSX file; a text stays text, whatever it looks like: no formula is run."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # takes 60 ms: only who asks for a file waits

    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
        whole = book.add_format({"num_format": "#,##0", "align": "left", "valign": "top"})
        share = book.add_format({"num_format": "0.0%", "align": "left", "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, 0, _WIDE)
            page.set_column(1, 2, _NARROW)
            page.set_paper(_A4)
            page.fit_to_pages(1, 0)
            for number, row in enumerate(sheet.rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        format_ = bold if number in sheet.headings else plain
                        page.write_string(number, place, cell, format_)
                    else:
                        number_format = whole if isinstance(cell, int) else share
                        page.write_number(number, place, cell, number_format)
    return file.getvalue()
