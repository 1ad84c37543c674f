"""What is written and drawn on the picture of a result, and drawing it in a worker process.

A light, opaque card of 1280 pixels, so that it reads the same in dark and light chats. Nothing
here knows a language: every word comes with the card.
"""

from dataclasses import dataclass
from typing import TypeAlias

# Part of the names of pictures: raise it when the same words are drawn in another way.
DESIGN = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One option: its words, the figure beside the bar, and its length from 0 to 1.

    low, high: the interval, drawn in grey. detail: a smaller line under the words.
    """

    label: str
    figure: str
    length: float
    low: float | None = None
    high: float | None = None
    grey: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Words above the bars of one breakdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A smaller line between what is drawn."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a scale: its number, the figure, and its share from 0 to 1."""

    value: str
    figure: str
    share: float


@dataclass(frozen=True, slots=True)
class Diverging:
    """The points of a scale in one bar, half of the middle one on either side of the middle."""

    steps: tuple[Step, ...]
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One region on the grid, its column and row from 0; no share: dashed, its answers too few."""

    label: str
    figure: str
    column: int
    row: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Regions as tiles, the darker the larger the share, and what a dashed tile means."""

    tiles: tuple[Tile, ...]
    least: str
    most: str
    dashed: str


@dataclass(frozen=True, slots=True)
class Point:
    """The share in one wave, by the number of the wave, with its interval."""

    wave: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One option from wave to wave; what the last wave found stands beside its words."""

    label: str
    figure: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Options from wave to wave; the days of the waves in their order."""

    days: tuple[str, ...]
    lines: tuple[Line, ...]


Part: TypeAlias = Bar | Heading | Remark | Diverging | Grid | Lines


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the picture, in one language."""

    heading: str
    question: str
    parts: tuple[Part, ...]
    # Base, dates and other facts, one on each line.
    facts: tuple[str, ...]
    method: str


def draw(card: Card) -> bytes:
    """Return the card as PNG, 1280 pixels wide and as high as its words need.

    The same card gives the same bytes.
    """
    from services.polls.chart_drawing import drawn  # noqa: PLC0415  # never in the bot's process

    return drawn(card)
