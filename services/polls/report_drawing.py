"""Drawing the report of a poll as a PDF; runs in a worker process only.

A table that does not fit a page
goes on on the next under its heads; an answer is never torn from its numbers.
"""

import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from services.polls.report import Asked, Breakdown, Group, Line
from services.polls.report_paper import (
    NOTHING,
    Paper,
    Said,
    base_words,
    interval_words,
    missing_words,
    number_words,
    share_words,
    spaced,
)
from services.text.document import BELOW, FONT, MUTED, Frame, draw_document
from services.text.typeface import drawable

_MARGIN = 16.0  # millimetres, as all lengths here
_WIDTH = 210 - 2 * _MARGIN
_INK = (23, 33, 43)
_ACCENT = (31, 111, 178)
_RULE = (210, 216, 223)
_BAND = (238, 241, 245)
_TRACK = (225, 230, 236)
_GREY = (143, 154, 166)
_LINE = 4.3  # of a row in a table
_LABEL = 60.0  # of a fact
_PICTURE = 128.0
# Width and height in pixels, in the head of every PNG file.
_PNG_SIZE, _PNG_SIZE_AT = struct.Struct(">II"), 16

Colour = tuple[int, int, int]
# A column: its head and its width.
Columns = Sequence[tuple[str, float]]


def draw_paper(paper: Paper) -> bytes:
    """Return the report as a PDF file; the same report gives the same text."""
    frame = Frame(paper.title, paper.language, paper.said.page, paper.made_at, _MARGIN)
    return draw_document(frame, lambda pdf: _write(_Pen(pdf), paper))


def _write(pen: "_Pen", paper: Paper) -> None:
    pen.put(paper.over, 9, _ACCENT, bold=True)
    pen.skip(1)
    pen.put(paper.title, 17, _INK, bold=True)
    pen.skip(4)
    for label, value in paper.facts:
        pen.pair(label, value)
    pen.skip(2)
    for warning in paper.warnings:
        pen.rule()
        pen.put(warning, 8.5, _INK)
    for asked in paper.questions:
        _question(pen, asked, paper)
    pen.page()
    pen.put(paper.said.method, 14, _ACCENT, bold=True)
    pen.skip(2)
    for term, meaning in paper.method:
        pen.keep(14)
        pen.put(term, 9.5, _INK, bold=True)
        pen.put(meaning, 8.5, _INK)
        pen.skip(2)


def _question(pen: "_Pen", asked: Asked, paper: Paper) -> None:
    said = paper.said
    pen.page()
    pen.put(said.question.replace("{number}", str(asked.number)), 9, _ACCENT, bold=True)
    pen.put(asked.text, 13, _INK, bold=True)
    pen.skip(2)
    if asked.national is None:
        pen.put(said.too_few, 9, MUTED)
    else:
        if asked.type.value == "multiple" and asked.most > 1:
            pen.put(said.several, 8, MUTED)
        pen.heading(said.national)
        _groups(pen, (asked.national,), paper, bars=True)
    if asked.number in paper.pictures:
        pen.picture(paper.pictures[asked.number])
    for breakdown in asked.breakdowns:
        _breakdown(pen, breakdown, paper)
    if asked.worded:
        _themes(pen, asked, said)


def _breakdown(pen: "_Pen", breakdown: Breakdown, paper: Paper) -> None:
    pen.heading(breakdown.name)
    _groups(pen, breakdown.groups, paper, bars=False)
    if words := missing_words(breakdown, paper.said):
        pen.put(words, 8, MUTED)
        pen.skip(1)


def _themes(pen: "_Pen", asked: Asked, said: Said) -> None:
    pen.heading(said.open_answers)
    if not asked.themes:
        pen.put(said.no_themes, 8.5, MUTED)
        return
    pen.begin(((said.theme, 130.0), (said.mentions, 48.0)))
    for theme, mentions in asked.themes:
        pen.row((theme, spaced(mentions)))
    pen.end()


def _groups(pen: "_Pen", groups: Sequence[Group], paper: Paper, *, bars: bool) -> None:
    if any(group.lines for group in groups):
        pen.begin(_columns(paper.said, weighted=paper.weighted))
    for group in groups:
        _group(pen, group, paper, bars=bars)
    pen.end()


def _group(pen: "_Pen", group: Group, paper: Paper, *, bars: bool) -> None:
    pen.keep(min(len(group.lines), 3) * _LINE * 1.5 + 12)
    pen.band(group.name, base_words(group, paper.said))
    for line in group.lines:
        shown = line.weighted if paper.weighted else line.share
        length = shown if bars and isinstance(shown, float) else None
        pen.row(_cells(line, weighted=paper.weighted), muted=line.grey, length=length)
    _beyond(pen, group, paper.said)
    pen.skip(1.8)


def _beyond(pen: "_Pen", group: Group, said: Said) -> None:
    """Write what a scale, a number or a ranking has besides."""
    for added in group.sums:
        pen.remark(added.label, share_words(added.share))
    if group.mean is not None:
        value = number_words(group.mean)
        if group.mean_low is not None and group.mean_high is not None:
            low, high = number_words(group.mean_low), number_words(group.mean_high)
            value = f"{value} ({low}–{high})"
        pen.remark(said.mean, value)
    for place in group.places:
        borda = f"{said.borda}: {share_words(place.borda)}"
        rank = f"{said.rank}: {number_words(place.rank)}"
        pen.remark(place.label, f"{rank} · {borda}")


def _columns(said: Said, *, weighted: bool) -> Columns:
    last: Columns = ((said.interval, 26.0), (said.differs, 22.0))
    if weighted:
        return (
            (said.answer, 67.0), (said.votes, 19.0), (said.share, 22.0), (said.weighted, 22.0),
            *last,
        )  # fmt: skip
    return ((said.answer, 85.0), (said.votes, 21.0), (said.share, 24.0), *last)


def _cells(line: Line, *, weighted: bool) -> tuple[str, ...]:
    votes = NOTHING if line.votes is None else spaced(line.votes)
    differs = (
        "" if line.differs is None else f"{'▲' if line.differs > 0 else '▼'} {line.differs:+.0f}"
    )
    shares = (share_words(line.share), *((share_words(line.weighted),) if weighted else ()))
    return (line.label, votes, *shares, interval_words(line.low, line.high), differs)


class _Pen:
    """Writes down the page, from its margin to the other."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._has: Callable[[int], bool] = pdf.fonts[FONT.lower()].cmap.__contains__
        self._columns: Columns = ()
        self._named: tuple[str, str] | None = None

    def put(
        self, text: str, size: float, colour: Colour, *, bold: bool = False, indent: float = 0.0
    ) -> None:
        """Write a paragraph."""
        pdf = self._pdf
        self._style(size, colour, bold=bold)
        pdf.set_x(_MARGIN + indent)
        words = drawable(text, self._has)
        pdf.multi_cell(0, size * 0.53, words, align="L", new_x="LMARGIN", new_y="NEXT")

    def pair(self, label: str, value: str) -> None:
        """Write a label, and its value beside it."""
        pdf = self._pdf
        self._style(8.5, MUTED)
        left = self._wrapped(label, _LABEL - 4)
        self._style(8.5, _INK)
        right = self._wrapped(value, _WIDTH - _LABEL)
        self.keep(max(len(left), len(right)) * 4.6)
        top = pdf.get_y()
        for number, line in enumerate(left):
            self._style(8.5, MUTED)
            pdf.text(_MARGIN, top + 3.4 + number * 4.6, line)
        for number, line in enumerate(right):
            self._style(8.5, _INK)
            pdf.text(_MARGIN + _LABEL, top + 3.4 + number * 4.6, line)
        pdf.set_y(top + max(len(left), len(right)) * 4.6 + 0.6)

    def heading(self, text: str) -> None:
        """Begin a table, never at the very end of a page."""
        self.skip(2)
        self.keep(42)
        self.put(text, 10.5, _ACCENT, bold=True)
        self.skip(1)

    def band(self, name: str, base: str) -> None:
        """Name a group and its base, here and on each page where it goes on."""
        pdf = self._pdf
        self._named = (name, base)
        self._style(8.5, _INK, bold=True)
        names = self._wrapped(name, 84)
        self._style(8, MUTED)
        bases = self._wrapped(base, _WIDTH - 90)
        height = max(len(names), len(bases)) * _LINE + 1.4
        top = pdf.get_y()
        pdf.set_fill_color(*_BAND)
        pdf.rect(_MARGIN, top, _WIDTH, height, style="F")
        for number, line in enumerate(names):
            self._style(8.5, _INK, bold=True)
            pdf.text(_MARGIN + 1.5, top + 3.7 + number * _LINE, line)
        for number, line in enumerate(bases):
            self._style(8, MUTED)
            width = pdf.get_string_width(line)
            pdf.text(_MARGIN + _WIDTH - 1.5 - width, top + 3.7 + number * _LINE, line)
        pdf.set_y(top + height)

    def begin(self, columns: Columns) -> None:
        """Begin a table, whose heads are repeated on each page."""
        self._columns = columns
        self._heads()

    def end(self) -> None:
        """End the table."""
        self._columns = ()
        self._named = None

    def row(
        self, cells: Sequence[str], *, muted: bool = False, length: float | None = None
    ) -> None:
        """Write a row: the first cell as long as it needs, the others to the right of theirs.

        length: a bar under the label, from 0 to 1.
        """
        pdf, (_first, width) = self._pdf, self._columns[0]
        self._style(8.5, MUTED if muted else _INK)
        lines = self._wrapped(cells[0], width - 3)
        height = len(lines) * _LINE + 0.8 + (2.2 if length is not None else 0)
        if self.keep(height) and self._named is not None:
            self.band(*self._named)
        self._style(8.5, MUTED if muted else _INK)
        top, right = pdf.get_y(), _MARGIN + width
        for number, line in enumerate(lines):
            pdf.text(_MARGIN, top + 3.4 + number * _LINE, line)
        for text, (_head, more) in zip(cells[1:], self._columns[1:], strict=True):
            right += more
            pdf.text(right - pdf.get_string_width(text), top + 3.4, text)
        if length is not None:
            self._bar(top + len(lines) * _LINE + 0.6, width - 3, length, grey=muted)
        pdf.set_y(top + height)
        self._hair()

    def _heads(self) -> None:
        pdf = self._pdf
        self._style(7.5, MUTED)
        wrapped = [self._wrapped(head, width - 2) for head, width in self._columns]
        height = max(map(len, wrapped)) * 3.4 + 1.2
        top, left = pdf.get_y() + 0.6, _MARGIN
        for place, (lines, (_head, width)) in enumerate(zip(wrapped, self._columns, strict=True)):
            for number, line in enumerate(lines):
                at = left if place == 0 else left + width - pdf.get_string_width(line)
                pdf.text(at, top + 2.8 + number * 3.4, line)
            left += width
        pdf.set_y(top + height)
        self._hair()

    def remark(self, label: str, value: str) -> None:
        """Write a value that belongs to a whole group."""
        pdf = self._pdf
        self._style(8.5, _INK)
        left = self._wrapped(label, 104)
        self.keep(len(left) * _LINE + 1)
        top = pdf.get_y()
        self._style(8.5, _INK)
        for number, line in enumerate(left):
            pdf.text(_MARGIN, top + 3.4 + number * _LINE, line)
        pdf.text(_MARGIN + _WIDTH - pdf.get_string_width(value), top + 3.4, value)
        pdf.set_y(top + len(left) * _LINE + 0.8)
        self._hair()

    def picture(self, png: bytes) -> None:
        """Put a picture in the middle, as wide as it can be read."""
        width, height = _PNG_SIZE.unpack_from(png, _PNG_SIZE_AT)
        tall = _PICTURE * height / width
        self.skip(2)
        self.keep(tall)
        pdf = self._pdf
        pdf.image(BytesIO(png), x=(210 - _PICTURE) / 2, y=pdf.get_y(), w=_PICTURE, h=tall)
        self.skip(tall + 2)

    def page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()

    def keep(self, height: float) -> bool:
        """Begin a page where so much would not fit this one, and tell whether that was so."""
        if self._pdf.get_y() + height <= self._pdf.h - BELOW:
            return False
        self._pdf.add_page()
        if self._columns:
            self._heads()
        return True

    def rule(self) -> None:
        """Draw a thin line across."""
        self.skip(1.5)
        self._hair()
        self.skip(2)

    def skip(self, height: float) -> None:
        """Leave some room."""
        self._pdf.set_y(self._pdf.get_y() + height)

    def _hair(self) -> None:
        pdf = self._pdf
        pdf.set_draw_color(*_RULE)
        pdf.set_line_width(0.15)
        pdf.line(_MARGIN, pdf.get_y(), _MARGIN + _WIDTH, pdf.get_y())

    def _bar(self, top: float, width: float, length: float, *, grey: bool) -> None:
        pdf = self._pdf
        for colour, part in ((_TRACK, 1.0), (_GREY if grey else _ACCENT, min(length, 1.0))):
            pdf.set_fill_color(*colour)
            if part > 0:
                pdf.rect(_MARGIN, top, width * part, 1.3, style="F")

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
