"""A page that is written from the top; worker process only, for it imports matplotlib.

Coordinates are pixels, downwards. The letters are DejaVu Sans, which comes with matplotlib and
has all of Kazakh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import FancyBboxPatch
from matplotlib.textpath import text_to_path

WIDTH = 1280
MARGIN = 64
INNER = WIDTH - 2 * MARGIN
_DPI = 100

PAPER = "#F7F8FA"
INK = "#17212B"
MUTED = "#5B6673"
TRACK = "#E1E6EC"
ACCENT = "#1F6FB2"
GREY = "#8F9AA6"


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look; size in pixels."""

    size: int
    colour: str = INK
    bold: bool = False

    @property
    def leading(self) -> int:
        """From one line to the next."""
        return round(self.size * 1.32)


class Sheet:
    """A page as high as what was put on it."""

    def __init__(self) -> None:
        self._figure = Figure(dpi=_DPI, facecolor=PAPER)
        self.axes: Any = self._figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.y = 0.0

    def skip(self, pixels: float) -> None:
        """Go down."""
        self.y += pixels

    def write(self, text: str, style: Style, width: int = INNER, x: float = MARGIN) -> None:
        """Write words in as many lines as they need."""
        for line in wrapped(text, style, width):
            self.put(line, x, self.y, style)
            self.y += style.leading

    def put(
        self, text: str, x: float, y: float, style: Style, ha: str = "left", va: str = "top"
    ) -> None:
        """Put one line somewhere, without moving."""
        self.axes.text(
            x, y, text, color=style.colour, fontproperties=_font(style), ha=ha, va=va,
            parse_math=False,
        )  # fmt: skip

    def strip(
        self, x: float, y: float, width: float, height: float, colour: str, **look: Any
    ) -> None:
        """Put a box with round corners; its rounding is at most 8 pixels."""
        radius = min(8, width / 2, height / 2)
        shape = f"round,pad=0,rounding_size={radius}"
        looks: dict[str, Any] = {"linewidth": 0, "facecolor": colour, **look}
        self.axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=shape, **looks))

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, **look: Any) -> None:
        """Draw a line through these points."""
        self.axes.plot(xs, ys, color=colour, **look)

    def rule(self) -> None:
        """Draw a line from margin to margin."""
        self.line((MARGIN, WIDTH - MARGIN), (self.y, self.y), TRACK, lw=1.6)

    def png(self, width: int = WIDTH) -> bytes:
        """Return the page, cut below what was written, so many pixels wide."""
        height = round(self.y)
        dpi = _DPI * width / WIDTH
        self._figure.set_size_inches(WIDTH / _DPI, height / _DPI)
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        picture = BytesIO()
        # Half the time of the usual compression for a tenth more bytes.
        packed = {"compress_level": 3}
        metadata = {"Software": None}
        self._figure.savefig(picture, format="png", dpi=dpi, metadata=metadata, pil_kwargs=packed)
        return picture.getvalue()


def wrapped(text: str, style: Style, width: int) -> list[str]:
    """Return the text in lines that fit; a word that does not fit a line is cut.

    Signs that the font lacks, such as emoji, are left out.
    """
    lines: list[str] = []
    line, taken = "", 0.0
    shown = (letter for letter in text.replace("\n", " ") if ord(letter) in _known())
    for word in "".join(shown).split(" "):
        wide = text_width(word, style)
        if line and taken + text_width(" ", style) + wide <= width:
            line, taken = f"{line} {word}", taken + text_width(" ", style) + wide
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, style, width) if wide > width else [word]
        lines += full
        taken = text_width(line, style)
    return [*lines, line]


@lru_cache(maxsize=2000)
def text_width(text: str, style: Style) -> float:
    """Return how many pixels one line takes."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(style), ismath=False)
    return float(width) * _DPI / 72


def font_file(*, bold: bool = False) -> Path:
    """Return the file of the letters, inside of matplotlib."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


@cache
def _font(style: Style) -> FontProperties:
    return FontProperties(fname=str(font_file(bold=style.bold)), size=style.size * 72 / _DPI)


@cache
def _known() -> frozenset[int]:
    return frozenset(get_font(str(font_file())).get_charmap())


def _cut(word: str, style: Style, width: int) -> Sequence[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and text_width(parts[-1] + letter, style) > width:
            parts.append("")
        parts[-1] += letter
    return parts
