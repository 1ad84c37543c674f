"""Open cases of a scope as a spreadsheet; runs in a worker process only.

Numbers of cases, topics, places and days: no names and no words of citizens.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

_HEAD_ROW = 3
_DUE, _DAYS, _STATE = 4, 5, 6  # columns
_WIDTHS = (18, 30, 26, 30, 13, 18, 20)
# A light red for what is late, a light yellow for what is due soon.
_TINTS = {"late": "#F6D5D5", "soon": "#FBF0CC", "open": "#FFFFFF"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in words: number, topic, region and district, and how it stands.

    standing is "late", "soon" or "open"; `state` says it in words. days: calendar days overdue.
    """

    number: str
    topic: str
    region: str
    district: str
    due_on: date
    days: int | None
    state: str
    standing: str


@dataclass(frozen=True, slots=True)
class CaseBook:
    """Everything the spreadsheet says, in the language of its reader."""

    title: str
    # As of when, whose, how many; what is left out.
    notes: tuple[str, str]
    sheet: str
    # number, topic, region, district, due date, days overdue, state
    heads: tuple[str, str, str, str, str, str, str]
    rows: tuple[CaseRow, ...]
    made_at: datetime


def write_case_book(book: CaseBook) -> bytes:
    """Return an XLSX file."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # never in the bot's own process

    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "in_memory": False}) as made:
        made.set_properties({"title": book.title, "created": book.made_at.replace(tzinfo=None)})
        page = made.add_worksheet(book.sheet)
        _lay_out(page)
        _head(made, page, book)
        formats = _formats(made)
        for row, case in enumerate(book.rows, _HEAD_ROW + 1):
            _case(page, row, case, formats)
        last = _HEAD_ROW + max(len(book.rows), 1)
        page.autofilter(_HEAD_ROW, 0, last, len(book.heads) - 1)
    return file.getvalue()


def _lay_out(page: Any) -> None:
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.freeze_panes(_HEAD_ROW + 1, 1)
    page.repeat_rows(_HEAD_ROW)
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)


def _head(made: Any, page: Any, book: CaseBook) -> None:
    grey = made.add_format({"font_color": "#5B6673"})
    head = {"bold": True, "text_wrap": True, "bg_color": "#E1E6EC", "border": 1, "valign": "top"}
    framed = made.add_format(head)
    page.write_string(0, 0, book.title, made.add_format({"bold": True, "font_size": 14}))
    for row, note in enumerate(book.notes, 1):
        page.write_string(row, 0, note, grey)
    for place, name in enumerate(book.heads):
        page.write_string(_HEAD_ROW, place, name, framed)


def _formats(made: Any) -> dict[tuple[str, str], Any]:
    """Return the formats of words, days and numbers by how the case stands."""
    kinds = {"words": {}, "day": {"num_format": "dd.mm.yyyy"}, "number": {"num_format": "0"}}
    return {
        (standing, kind): made.add_format({"bg_color": tint, "border": 4, "valign": "top"} | more)
        for standing, tint in _TINTS.items()
        for kind, more in kinds.items()
    }


def _case(page: Any, row: int, case: CaseRow, formats: dict[tuple[str, str], Any]) -> None:
    words = formats[case.standing, "words"]
    for place, text in enumerate((case.number, case.topic, case.region, case.district)):
        page.write_string(row, place, text, words)
    due_on = datetime.combine(case.due_on, time())
    page.write_datetime(row, _DUE, due_on, formats[case.standing, "day"])
    if case.days is None:
        page.write_blank(row, _DAYS, None, words)
    else:
        page.write_number(row, _DAYS, case.days, formats[case.standing, "number"])
    page.write_string(row, _STATE, case.state, words)
