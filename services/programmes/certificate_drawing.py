"""Drawing a certificate as a PDF of one page, A4 across; runs in a worker process only.

Neither seal nor signature is drawn: what makes it genuine is its number, which anybody can check.
"""

from collections.abc import Callable, Sequence
from typing import Any

from services.programmes.certificate_sheet import CertificateSheet
from services.text.typeface import drawable, font_folder

_SANS, _SERIF = "DejaVu", "DejaVuSerif"
_FONTS = (
    (_SANS, "", "DejaVuSans.ttf"),
    (_SANS, "B", "DejaVuSans-Bold.ttf"),
    (_SERIF, "", "DejaVuSerif.ttf"),
    (_SERIF, "B", "DejaVuSerif-Bold.ttf"),
)
_INK = (23, 33, 43)
_ACCENT = (31, 111, 178)
_MUTED = (91, 102, 115)
_PALE = (214, 228, 240)

_WIDTH, _HEIGHT = 297.0, 210.0  # millimetres, as all lengths here
_LEFT = 30.0
_LINE = _WIDTH - 2 * _LEFT
_POINT = 0.3528  # of a font's size

Colour = tuple[int, int, int]


def draw_certificate(sheet: CertificateSheet) -> bytes:
    """Return the certificate as a PDF file; the same sheet gives the same text."""
    from fpdf import FPDF  # noqa: PLC0415  # never in the bot's own process

    pdf: Any = FPDF(orientation="landscape", format="A4")
    for family, style, file in _FONTS:
        pdf.add_font(family, style, font_folder() / file)
    pdf.set_margins(_LEFT, 20, _LEFT)
    pdf.c_margin = 0
    # No name stands for the number of pages.
    pdf.alias_nb_pages(None)
    pdf.set_auto_page_break(auto=False)
    pdf.set_lang(sheet.language)
    pdf.set_title(f"{sheet.title} {sheet.number}")
    pdf.set_creation_date(sheet.made_at)
    pdf.add_page()
    _frame(pdf)
    _write(_Pen(pdf), sheet)
    drawn = bytes(pdf.output())
    # The library leaves the files of its fonts open.
    for font in pdf.fonts.values():
        font.ttfont.close()
    return drawn


def _frame(pdf: Any) -> None:
    for inset, width, colour in ((9.0, 1.1, _ACCENT), (12.0, 0.3, _ACCENT), (14.0, 0.2, _PALE)):
        pdf.set_draw_color(*colour)
        pdf.set_line_width(width)
        pdf.rect(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset)


def _write(pen: "_Pen", sheet: CertificateSheet) -> None:
    pen.at = 33.0
    pen.centred([sheet.over], 11, _ACCENT, bold=True, most=2)
    pen.at += 6.0
    pen.centred([sheet.title.upper()], 34, _INK, serif=True, bold=True, most=1, spacing=3.0)
    pen.at += 5.0
    pen.centred([sheet.before_name], 11.5, _MUTED, most=1)
    pen.at += 4.0
    pen.centred([sheet.name], 27, _INK, serif=True, most=2)
    pen.rule(130)
    pen.centred([sheet.after_name], 11.5, _MUTED, most=1)
    pen.at += 1.5
    pen.centred([sheet.programme], 17, _ACCENT, serif=True, bold=True, most=3)
    pen.at += 3.0
    pen.centred([f"{label}: {value}" for label, value in sheet.facts], 10.5, _INK, most=1)
    pen.foot(sheet)


class _Pen:
    """Writes down the page; `at` is where the next line begins."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self.at = 0.0

    def centred(
        self,
        paragraphs: Sequence[str],
        size: float,
        colour: Colour,
        *,
        most: int,
        serif: bool = False,
        bold: bool = False,
        spacing: float = 0.0,
    ) -> None:
        """Write paragraphs in the middle, smaller where one needs more lines than `most`."""
        for text in paragraphs:
            lines, fitting = self._fitted(text, size, most, serif=serif, bold=bold)
            self._style(fitting, colour, serif=serif, bold=bold)
            self._pdf.set_char_spacing(spacing)
            for line in lines:
                width = self._pdf.get_string_width(line) - spacing * _POINT
                self.at += fitting * _POINT
                self._pdf.text((_WIDTH - width) / 2, self.at, line)
                self.at += fitting * _POINT * 0.45
            self._pdf.set_char_spacing(0)

    def rule(self, width: float) -> None:
        """Draw a thin line in the middle."""
        self.at += 1.0
        self._pdf.set_draw_color(*_PALE)
        self._pdf.set_line_width(0.4)
        self._pdf.line((_WIDTH - width) / 2, self.at, (_WIDTH + width) / 2, self.at)
        self.at += 4.0

    def foot(self, sheet: CertificateSheet) -> None:
        """Write who answers for it on the left, and how to check it on the right."""
        half = _LINE / 2 - 6
        left = [(sheet.place_and_day, 10.0, _INK, False)]
        if sheet.signer is not None:
            position, name = sheet.signer
            left += [(position, 9.0, _MUTED, False), (name, 11.0, _INK, True)]
        right = [(f"№ {sheet.number}", 13.0, _INK, True)]
        right += [(line, 8.5, _MUTED, False) for line in sheet.check]
        self._column(left, _LEFT, half)
        self._column(right, _WIDTH - _LEFT - half, half, right=True)

    def _column(
        self,
        texts: Sequence[tuple[str, float, Colour, bool]],
        x: float,
        width: float,
        *,
        right: bool = False,
    ) -> None:
        """Write texts one below the other, the last at the foot of the page."""
        written = []
        for text, size, colour, bold in texts:
            self._style(size, colour, bold=bold)
            written += [(line, size, colour, bold) for line in self._lines(text, size, width)]
        at = _HEIGHT - 21.0
        for line, size, colour, bold in reversed(written):
            self._style(size, colour, bold=bold)
            over = width - self._pdf.get_string_width(line) if right else 0.0
            self._pdf.text(x + over, at, line)
            at -= size * _POINT * 1.5

    def _fitted(
        self, text: str, size: float, most: int, *, serif: bool, bold: bool
    ) -> tuple[list[str], float]:
        while True:
            self._style(size, _INK, serif=serif, bold=bold)
            lines = self._lines(text, size, _LINE)
            if len(lines) <= most or size <= 8:  # noqa: PLR2004  # smaller nobody reads
                return lines, size
            size -= 1

    def _lines(self, text: str, size: float, width: float) -> list[str]:
        """Return the lines of a text in the present font."""
        found: list[str] = self._pdf.multi_cell(
            width,
            size * _POINT,
            drawable(text, self._has()),
            align="L",
            dry_run=True,
            output="LINES",
        )
        return found

    def _has(self) -> Callable[[int], bool]:
        found: Callable[[int], bool] = self._pdf.current_font.cmap.__contains__
        return found

    def _style(
        self, size: float, colour: Colour, *, serif: bool = False, bold: bool = False
    ) -> None:
        self._pdf.set_font(_SERIF if serif else _SANS, "B" if bold else "", size)
        self._pdf.set_text_color(*colour)
