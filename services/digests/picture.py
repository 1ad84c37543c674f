"""What is written and drawn on the picture of a digest, and drawing it in a worker process.

A light, opaque poster of 1080 pixels, for a phone. Nothing here knows a language: every word
comes with the poster.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.polls.chart import Grid

WIDTH = 1080
# Part of the names of pictures: raise it when the same words are drawn in another way.
DESIGN = 1


class Mood(StrEnum):
    """Whether a change is for the better."""

    GOOD = "good"
    BAD = "bad"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Figure:
    """A big number: what it counts, the number, and its change in words."""

    label: str
    value: str
    change: str
    mood: Mood = Mood.NEITHER


@dataclass(frozen=True, slots=True)
class Measure:
    """A share as a bar from 0 to 1, with a mark at the target where there is one."""

    label: str
    figure: str
    share: float | None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A line of the trend: its name, its values from week to week, the last one in words."""

    label: str
    values: tuple[int, ...]
    last: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over weeks; `weeks` names each of them."""

    title: str
    weeks: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A topic: its name, its number, and its length from 0 to 1."""

    label: str
    figure: str
    length: float


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything on the picture, in one language; empty parts are left out."""

    over: str
    title: str
    scope: str
    figures: tuple[Figure, ...]
    measures: tuple[Measure, ...]
    trend: Trend | None
    topics_title: str
    topics: tuple[Ranked, ...]
    # What is said where there is no topic.
    nothing: str
    regions_title: str
    regions: Grid | None
    # What is said where there is no grid.
    no_regions: str
    facts: tuple[str, ...]


def draw(poster: Poster) -> bytes:
    """Return the poster as PNG, 1080 pixels wide and as high as its words need.

    The same poster gives the same bytes.
    """
    # Never in the bot's own process.
    from services.digests.picture_drawing import drawn  # noqa: PLC0415

    return drawn(poster)
