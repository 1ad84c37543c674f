"""Drawing the result of a poll as a picture; runs in a worker process only.

A light, opaque card of 1280 pixels, so that it reads the same in dark and light chats. Nothing
here knows a language: every word comes with the card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

WIDTH = 1280
# Part of the names of pictures: raise it when the same words are drawn in another way.
DESIGN = 1

_MARGIN = 64
_INNER = WIDTH - 2 * _MARGIN
_DPI = 100
_BAR = 34
_PAPER = "#F7F8FA"
_INK = "#17212B"
_MUTED = "#5B6673"
_TRACK = "#E1E6EC"
_ACCENT = "#1F6FB2"
_GREY = "#8F9AA6"


@dataclass(frozen=True, slots=True)
class Bar:
    """One option: its words, the figure beside the bar, and its length from 0 to 1."""

    label: str
    figure: str
    length: float
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Everything written on the picture, in one language."""

    heading: str
    question: str
    bars: tuple[Bar, ...]
    # Base, dates and other facts, one on each line.
    facts: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True)
class _Style:
    size: int  # of letters, in pixels
    colour: str
    bold: bool = False

    @property
    def leading(self) -> int:
        return round(self.size * 1.32)


_HEADING = _Style(26, _ACCENT, bold=True)
_QUESTION = _Style(42, _INK, bold=True)
_LABEL = _Style(31, _INK)
_FIGURE = _Style(34, _INK, bold=True)
_FACT = _Style(27, _INK)
_METHOD = _Style(23, _MUTED)


def draw(card: Card) -> bytes:
    """Return the card as PNG, 1280 pixels wide and as high as its words need.

    The same card gives the same bytes.
    """
    sheet = _Sheet()
    sheet.skip(_MARGIN - 8)
    sheet.write(card.heading, _HEADING)
    sheet.skip(14)
    sheet.write(card.question, _QUESTION)
    sheet.skip(34)
    for bar in card.bars:
        sheet.bar(bar)
        sheet.skip(30)
    sheet.skip(6)
    sheet.rule()
    sheet.skip(24)
    for fact in card.facts:
        sheet.write(fact, _FACT)
        sheet.skip(2)
    sheet.skip(14)
    sheet.write(card.method, _METHOD)
    sheet.skip(_MARGIN - 14)
    return sheet.png()


class _Sheet:
    """A page that is written from the top; coordinates are pixels, downwards."""

    def __init__(self) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415  # never in the bot's own process

        self._figure = Figure(dpi=_DPI, facecolor=_PAPER)
        self._axes: Any = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._y = 0.0

    def skip(self, pixels: float) -> None:
        self._y += pixels

    def write(self, text: str, style: _Style, width: int = _INNER) -> None:
        for line in _wrapped(text, style, width):
            self._put(line, _MARGIN, self._y, style)
            self._y += style.leading

    def bar(self, bar: Bar) -> None:
        self.write(bar.label, _LABEL)
        self._y += 8
        track = _INNER - 150
        self._strip(track, _TRACK)
        if bar.length > 0:
            self._strip(max(track * bar.length, _BAR / 2), _GREY if bar.grey else _ACCENT)
        middle = self._y + _BAR / 2
        self._put(bar.figure, WIDTH - _MARGIN, middle, _FIGURE, ha="right", va="center_baseline")
        self._y += _BAR

    def rule(self) -> None:
        self._axes.plot((_MARGIN, WIDTH - _MARGIN), (self._y, self._y), color=_TRACK, lw=1.6)

    def png(self) -> bytes:
        height = round(self._y)
        self._figure.set_size_inches(WIDTH / _DPI, height / _DPI)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        picture = BytesIO()
        self._figure.savefig(picture, format="png", dpi=_DPI, metadata={"Software": None})
        return picture.getvalue()

    def _strip(self, width: float, colour: str) -> None:
        from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415  # as above

        radius = min(_BAR, width) / 2 if width < _BAR else 8
        style = f"round,pad=0,rounding_size={min(radius, width / 2)}"
        place = (_MARGIN, self._y)
        self._axes.add_patch(
            FancyBboxPatch(place, width, _BAR, boxstyle=style, linewidth=0, facecolor=colour)
        )

    def _put(
        self, text: str, x: float, y: float, style: _Style, ha: str = "left", va: str = "top"
    ) -> None:
        self._axes.text(
            x, y, text, color=style.colour, fontproperties=_font(style), ha=ha, va=va,
            parse_math=False,
        )  # fmt: skip


def _font(style: _Style) -> Any:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  # as above

    weight = "bold" if style.bold else "normal"
    return FontProperties(family="DejaVu Sans", weight=weight, size=style.size * 72 / _DPI)


def _wrapped(text: str, style: _Style, width: int) -> list[str]:
    """Return the text in lines that fit; a word that does not fit a line is cut."""
    lines: list[str] = []
    line = ""
    for word in _drawable(text, style).split():
        longer = f"{line} {word}".strip()
        if _width(longer, style) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, style, width)
        lines += full
    return [*lines, line]


def _cut(word: str, style: _Style, width: int) -> Sequence[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and _width(parts[-1] + letter, style) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _width(text: str, style: _Style) -> float:
    from matplotlib.textpath import text_to_path  # noqa: PLC0415  # as above

    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(style), ismath=False)
    return float(width) * _DPI / 72


def _drawable(text: str, style: _Style) -> str:
    """Return the text without signs that the font lacks, such as emoji."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415  # as above

    known = get_font(findfont(_font(style))).get_charmap()
    return "".join(letter for letter in text if ord(letter) in known)
