"""Drawing the evidence of an appeal as a PDF; runs in a worker process only.

Nothing here knows a language: every word comes with the sheet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from services.text.document import FONT, MUTED, Frame, draw_document
from services.text.typeface import drawable

_MARGIN = 18.0  # millimetres, as all lengths here
_LABEL = 52.0
_INK = (23, 33, 43)
_ACCENT = (31, 111, 178)
_RULE = (210, 216, 223)


class Tone(Enum):
    """How a line is written: its colour, and how far it stands in."""

    PLAIN = (_INK, 0.0)
    MUTED = (MUTED, 0.0)
    QUOTE = (_INK, 5.0)
    EARLIER = (MUTED, 5.0)


@dataclass(frozen=True, slots=True)
class Line:
    """Some words; a line may be as long as a page."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Item:
    """A step or a file: its heading and what belongs to it."""

    heading: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and its items; `empty` is said where there are none."""

    heading: str
    items: tuple[Item, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything written in the document, in one language.

    facts are pairs of a label and a value; page is the words of the page's foot with `{page}` and
    `{pages}`.
    """

    language: str
    over: str
    title: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    closing: tuple[str, ...]
    page: str
    made_at: datetime


def draw(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF file; the same sheet gives the same text."""
    frame = Frame(sheet.title, sheet.language, sheet.page, sheet.made_at, _MARGIN)
    return draw_document(frame, lambda pdf: _write(_Pen(pdf), sheet))


def _write(pen: "_Pen", sheet: Sheet) -> None:
    pen.put(sheet.over, 9, _ACCENT, bold=True)
    pen.skip(1)
    pen.put(sheet.title, 16, _INK, bold=True)
    pen.skip(3)
    for label, value in sheet.facts:
        pen.pair(label, value)
    for chapter in sheet.chapters:
        pen.chapter(chapter.heading)
        for item in chapter.items:
            pen.item(item)
        if not chapter.items:
            pen.put(chapter.empty, 9, MUTED)
    pen.skip(5)
    pen.rule()
    for text in sheet.closing:
        pen.put(text, 8, MUTED)
        pen.skip(1)


class _Pen:
    """Writes down the page, from its margin to the other."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._has: Callable[[int], bool] = pdf.fonts[FONT.lower()].cmap.__contains__

    def put(
        self,
        text: str,
        size: float,
        colour: tuple[int, int, int],
        *,
        bold: bool = False,
        indent: float = 0.0,
    ) -> None:
        """Write a paragraph."""
        pdf = self._pdf
        pdf.set_font(FONT, "B" if bold else "", size)
        pdf.set_text_color(*colour)
        pdf.set_x(_MARGIN + indent)
        words = self._known(text)
        pdf.multi_cell(0, size * 0.53, words, align="L", new_x="LMARGIN", new_y="NEXT")

    def pair(self, label: str, value: str) -> None:
        """Write a label, and its value beside it."""
        pdf = self._pdf
        if pdf.will_page_break(5):
            pdf.add_page()
        top, page = pdf.get_y(), pdf.page
        pdf.set_font(FONT, "", 9)
        pdf.set_text_color(*MUTED)
        pdf.multi_cell(_LABEL - 3, 4.8, self._known(label), align="L", new_y="NEXT")
        under = pdf.get_y()
        pdf.set_y(top)
        self.put(value, 9, _INK, indent=_LABEL)
        if pdf.page == page:
            pdf.set_y(max(under, pdf.get_y()))
        self.skip(0.6)

    def chapter(self, heading: str) -> None:
        """Begin a chapter, never at the very end of a page."""
        self.skip(5)
        if self._pdf.will_page_break(24):
            self._pdf.add_page()
        self.put(heading, 11.5, _ACCENT, bold=True)
        self.rule()

    def item(self, item: Item) -> None:
        """Write an item; its heading stands on the page of its first line."""
        if self._pdf.will_page_break(14):
            self._pdf.add_page()
        self.put(item.heading, 9, _INK, bold=True)
        for line in item.lines:
            colour, indent = line.tone.value
            self.put(line.text, 9, colour, indent=indent)
        self.skip(2.4)

    def rule(self) -> None:
        """Draw a thin line across."""
        pdf = self._pdf
        pdf.set_draw_color(*_RULE)
        pdf.set_line_width(0.2)
        self.skip(1)
        pdf.line(_MARGIN, pdf.get_y(), pdf.w - _MARGIN, pdf.get_y())
        self.skip(2)

    def skip(self, height: float) -> None:
        """Leave some room."""
        self._pdf.set_y(self._pdf.get_y() + height)

    def _known(self, text: str) -> str:
        """Return the words with a box for each character that the font does not have."""
        return drawable(text, self._has)
