"""Drawing a card, part by part; worker process only."""

from collections.abc import Callable
from typing import Any

from services.polls.chart import Bar, Card, Diverging, Grid, Heading, Lines, Remark
from services.polls.chart_lines import put_lines
from services.polls.chart_sheet import (
    ACCENT,
    GREY,
    INNER,
    MARGIN,
    MUTED,
    PAPER,
    TRACK,
    WIDTH,
    Sheet,
    Style,
)
from services.polls.chart_steps import put_diverging
from services.polls.chart_tiles import put_grid

_BAR = 34
_BESIDE = 150  # pixels for the figure beside a bar
_BAND = "#4A5560"

_HEADING = Style(26, ACCENT, bold=True)
_QUESTION = Style(42, bold=True)
_PART = Style(30, bold=True)
_LABEL = Style(31)
_DETAIL = Style(25, MUTED)
_FIGURE = Style(34, bold=True)
_FACT = Style(27)
_METHOD = Style(23, MUTED)


def drawn(card: Card) -> bytes:
    """Return the card as PNG."""
    sheet = Sheet()
    sheet.skip(MARGIN - 8)
    sheet.write(card.heading, _HEADING)
    sheet.skip(14)
    sheet.write(card.question, _QUESTION)
    sheet.skip(34)
    for part in card.parts:
        _PARTS[type(part)](sheet, part)
    sheet.skip(6)
    sheet.rule()
    sheet.skip(24)
    for fact in card.facts:
        sheet.write(fact, _FACT)
        sheet.skip(2)
    sheet.skip(14)
    sheet.write(card.method, _METHOD)
    sheet.skip(MARGIN - 14)
    return sheet.png()


def _bar(sheet: Sheet, bar: Bar) -> None:
    """Put the words above the bar, and the interval as a grey band across its end."""
    sheet.write(bar.label, _LABEL)
    if bar.detail:
        sheet.write(bar.detail, _DETAIL)
    sheet.skip(8)
    track = INNER - _BESIDE
    sheet.strip(MARGIN, sheet.y, track, _BAR, TRACK)
    if bar.length > 0:
        colour = GREY if bar.grey else ACCENT
        sheet.strip(MARGIN, sheet.y, max(track * bar.length, _BAR / 2), _BAR, colour)
    if bar.low is not None and bar.high is not None:
        _band(sheet, MARGIN + track * bar.low, MARGIN + track * bar.high)
    middle = sheet.y + _BAR / 2
    sheet.put(bar.figure, WIDTH - MARGIN, middle, _FIGURE, ha="right", va="center_baseline")
    sheet.skip(_BAR + 30)


def _band(sheet: Sheet, left: float, right: float) -> None:
    height = 8
    top = sheet.y + (_BAR - height) / 2
    width = max(right - left, height)
    sheet.strip(left, top, width, height, _BAND, edgecolor=PAPER, linewidth=1.4)


def _heading(sheet: Sheet, heading: Heading) -> None:
    sheet.skip(10)
    sheet.write(heading.text, _PART)
    sheet.skip(14)


def _remark(sheet: Sheet, remark: Remark) -> None:
    sheet.write(remark.text, _LABEL)
    sheet.skip(14)


_PARTS: dict[type, Callable[[Sheet, Any], None]] = {
    Bar: _bar,
    Heading: _heading,
    Remark: _remark,
    Diverging: put_diverging,
    Grid: put_grid,
    Lines: put_lines,
}
