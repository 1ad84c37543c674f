"""Drawing a report as a PDF; runs in a worker process only.

A table that does not fit a page goes on on the next under its heads; no row is torn.
"""

from collections.abc import Callable, Sequence
from typing import Any

from services.reports.paper import Column, Paper, Table, Value, Voice, words_of
from services.text.document import BELOW, FONT, MUTED, Frame, draw_document
from services.text.typeface import drawable

_MARGIN = 16.0  # millimetres, as all lengths here
_WIDTH = 210 - 2 * _MARGIN
_INK = (23, 33, 43)
_ACCENT = (31, 111, 178)
_RULE = (210, 216, 223)
_LINE = 4.3  # of a row in a table
_BETWEEN = 3.5  # of two columns
_LABEL = 60.0  # of a fact

Colour = tuple[int, int, int]


def draw_paper(paper: Paper) -> bytes:
    """Return the report as a PDF file; the same report gives the same text."""
    frame = Frame(paper.title, paper.language, paper.page, paper.made_at, _MARGIN)
    return draw_document(frame, lambda pdf: _write(_Pen(pdf), paper))


def _write(pen: "_Pen", paper: Paper) -> None:
    pen.put(paper.over, 9, _ACCENT, bold=True)
    pen.skip(1)
    pen.put(paper.title, 17, _INK, bold=True)
    pen.skip(4)
    for label, value in paper.facts:
        pen.pair(label, value)
    for table in paper.tables:
        _table(pen, table)
    if paper.voices_name:
        _voices(pen, paper)
    pen.heading(paper.method_name, 24)
    for term, meaning in paper.method:
        pen.keep(14)
        pen.put(term, 9, _INK, bold=True)
        pen.put(meaning, 8.5, _INK)
        pen.skip(2)


def _table(pen: "_Pen", table: Table) -> None:
    pen.heading(table.title, 34)
    if not table.rows:
        pen.put(table.nothing, 9, MUTED)
        return
    pen.begin(table.columns)
    for row in table.rows:
        pen.row(row)
    pen.end()
    if table.note:
        pen.skip(1.5)
        pen.put(table.note, 8, MUTED)


def _voices(pen: "_Pen", paper: Paper) -> None:
    pen.heading(paper.voices_name, 24)
    if not paper.voices:
        pen.put(paper.no_voices, 9, MUTED)
    for voice in paper.voices:
        pen.voice(voice)


class _Pen:
    """Writes down the page, from its margin to the other."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._has: Callable[[int], bool] = pdf.fonts[FONT.lower()].cmap.__contains__
        self._columns: Sequence[tuple[Column, float]] = ()

    def put(self, text: str, size: float, colour: Colour, *, bold: bool = False) -> None:
        """Write a paragraph."""
        pdf = self._pdf
        self._style(size, colour, bold=bold)
        pdf.set_x(_MARGIN)
        words = drawable(text, self._has)
        pdf.multi_cell(0, size * 0.53, words, align="L", new_x="LMARGIN", new_y="NEXT")

    def pair(self, label: str, value: str) -> None:
        """Write a label, and its value beside it."""
        self._style(8.5, _INK)
        left = self._wrapped(label, _LABEL - 4)
        right = self._wrapped(value, _WIDTH - _LABEL)
        height = max(len(left), len(right)) * 4.6
        self.keep(height)
        top = self._pdf.get_y()
        for x, colour, lines in ((_MARGIN, MUTED, left), (_MARGIN + _LABEL, _INK, right)):
            self._style(8.5, colour)
            for number, line in enumerate(lines):
                self._pdf.text(x, top + 3.4 + number * 4.6, line)
        self._pdf.set_y(top + height + 0.6)

    def voice(self, voice: Voice) -> None:
        """Write words of a citizen beside a line, and what they are about."""
        pdf = self._pdf
        self._style(9.5, _INK)
        lines = self._wrapped(f"«{voice.text}»", _WIDTH - 8)
        self._style(8, MUTED)
        about = self._wrapped(voice.about, _WIDTH - 8)
        height = len(lines) * 5 + len(about) * 4 + 2
        self.keep(height + 3)
        top = pdf.get_y()
        self._style(9.5, _INK)
        for number, line in enumerate(lines):
            pdf.text(_MARGIN + 5, top + 3.8 + number * 5, line)
        self._style(8, MUTED)
        for number, line in enumerate(about):
            pdf.text(_MARGIN + 5, top + len(lines) * 5 + 3.6 + number * 4, line)
        pdf.set_draw_color(*_ACCENT)
        pdf.set_line_width(0.7)
        pdf.line(_MARGIN + 1, top, _MARGIN + 1, top + height - 1)
        pdf.set_y(top + height + 3)

    def heading(self, text: str, below: float) -> None:
        """Begin a part, never without so much of it on the same page."""
        self.skip(5)
        self.keep(below)
        self.put(text, 12, _ACCENT, bold=True)
        self.skip(1.5)

    def begin(self, columns: Sequence[Column]) -> None:
        """Begin a table, whose heads are repeated on each page."""
        whole = sum(column.width for column in columns)
        self._columns = [(column, column.width / whole * _WIDTH) for column in columns]
        self._heads()

    def end(self) -> None:
        """End the table."""
        self._columns = ()

    def row(self, values: Sequence[Value]) -> None:
        """Write a row as high as its longest words need."""
        self._style(8.5, _INK)
        cells = self._cells([words_of(value) for value in values])
        self.keep(max(map(len, cells)) * _LINE + 1.2)
        self._style(8.5, _INK)
        self._put_cells(cells, _LINE)

    def keep(self, height: float) -> None:
        """Begin a page where so much would not fit this one."""
        if self._pdf.get_y() + height <= self._pdf.h - BELOW:
            return
        self._pdf.add_page()
        if self._columns:
            self._heads()

    def skip(self, height: float) -> None:
        """Leave some room."""
        self._pdf.set_y(self._pdf.get_y() + height)

    def _heads(self) -> None:
        self._style(7.5, MUTED)
        self._put_cells(self._cells([column.head for column, _width in self._columns]), 3.4)

    def _cells(self, words: Sequence[str]) -> list[list[str]]:
        widths = (width - _BETWEEN for _column, width in self._columns)
        return [self._wrapped(text, width) for text, width in zip(words, widths, strict=True)]

    def _put_cells(self, cells: Sequence[Sequence[str]], leading: float) -> None:
        pdf = self._pdf
        top, left = pdf.get_y() + 0.6, _MARGIN
        for lines, (column, width) in zip(cells, self._columns, strict=True):
            for number, line in enumerate(lines):
                over = 0.0 if column.words else width - _BETWEEN - pdf.get_string_width(line)
                pdf.text(left + over, top + 2.9 + number * leading, line)
            left += width
        pdf.set_y(top + max(map(len, cells)) * leading + 0.8)
        pdf.set_draw_color(*_RULE)
        pdf.set_line_width(0.15)
        pdf.line(_MARGIN, pdf.get_y(), _MARGIN + _WIDTH, pdf.get_y())

    def _style(self, size: float, colour: Colour, *, bold: bool = False) -> None:
        self._pdf.set_font(FONT, "B" if bold else "", size)
        self._pdf.set_text_color(*colour)

    def _wrapped(self, text: str, width: float) -> list[str]:
        """Return the lines of a text in the present font."""
        words = drawable(text, self._has)
        found: list[str] = self._pdf.multi_cell(
            width, 4, words, align="L", dry_run=True, output="LINES"
        )
        return found or [""]
