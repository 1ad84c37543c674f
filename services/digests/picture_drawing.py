"""Drawing a poster, part by part; worker process only, for it imports matplotlib."""

from services.digests.picture import WIDTH as PIXELS
from services.digests.picture import Figure, Measure, Mood, Poster, Ranked, Series, Trend
from services.polls.chart_sheet import (
    ACCENT,
    INK,
    INNER,
    MARGIN,
    MUTED,
    TRACK,
    WIDTH,
    Sheet,
    Style,
    text_width,
    wrapped,
)
from services.polls.chart_tiles import put_grid

_GOOD, _BAD = "#1E7B4A", "#B3385A"
_SECOND = "#D1691C"
_MOODS = {Mood.GOOD: _GOOD, Mood.BAD: _BAD, Mood.NEITHER: MUTED}
_COLOURS = (ACCENT, _SECOND)
_MARKERS = ("o", "s")

_GAP = 20
_CARD = 226  # height of a big number
_PAD = 30
_CHANGE = (27, 24, 21)  # sizes of the change below it
_BAR = 26
_TREND = 200

_OVER = Style(29, ACCENT, bold=True)
_TITLE = Style(48, bold=True)
_SCOPE = Style(31, MUTED)
_PART = Style(34, bold=True)
_LABEL = Style(31)
_VALUE = Style(84, bold=True)
_FIGURE = Style(34, bold=True)
_SMALL = Style(27, MUTED)


def drawn(poster: Poster) -> bytes:
    """Return the poster as PNG."""
    sheet = Sheet()
    sheet.skip(MARGIN - 8)
    sheet.write(poster.over, _OVER)
    sheet.skip(8)
    sheet.write(poster.title, _TITLE)
    sheet.skip(4)
    sheet.write(poster.scope, _SCOPE)
    sheet.skip(26)
    _put_figures(sheet, poster.figures)
    for measure in poster.measures:
        _put_measure(sheet, measure)
    if poster.trend is not None:
        _put_trend(sheet, poster.trend)
    _put_topics(sheet, poster)
    _put_heading(sheet, poster.regions_title)
    if poster.regions is None:
        sheet.write(poster.no_regions, _LABEL)
        sheet.skip(22)
    else:
        put_grid(sheet, poster.regions)
    sheet.rule()
    sheet.skip(20)
    for fact in poster.facts:
        sheet.write(fact, _SMALL)
        sheet.skip(4)
    sheet.skip(MARGIN - 24)
    return sheet.png(PIXELS)


def _put_heading(sheet: Sheet, words: str) -> None:
    sheet.skip(20)
    sheet.write(words, _PART)
    sheet.skip(16)


def _put_figures(sheet: Sheet, figures: tuple[Figure, ...]) -> None:
    """Put the big numbers two by two."""
    wide = (INNER - _GAP) / 2
    for number, figure in enumerate(figures):
        x = MARGIN + (number % 2) * (wide + _GAP)
        y = sheet.y + (number // 2) * (_CARD + _GAP)
        _put_card(sheet, figure, x, y, wide)
    sheet.skip((len(figures) + 1) // 2 * (_CARD + _GAP) + 12)


def _put_card(sheet: Sheet, figure: Figure, x: float, y: float, wide: float) -> None:
    inner = round(wide - 2 * _PAD)
    sheet.strip(x, y, wide, _CARD, "#FFFFFF", edgecolor=TRACK, linewidth=1.6)
    sheet.put(_fitting(figure.label, _SMALL, inner), x + _PAD, y + 24, _SMALL)
    sheet.put(figure.value, x + _PAD, y + 68, _VALUE)
    colour, bold = _MOODS[figure.mood], figure.mood is not Mood.NEITHER
    sizes = (Style(size, colour, bold=bold) for size in _CHANGE)
    change = next((one for one in sizes if text_width(figure.change, one) <= inner), None)
    change = change or Style(_CHANGE[-1], colour, bold=bold)
    sheet.put(_fitting(figure.change, change, inner), x + _PAD, y + _CARD - 54, change)


def _put_measure(sheet: Sheet, measure: Measure) -> None:
    """Put a share as a bar, and a line across it at the target."""
    room = round(INNER - text_width(measure.figure, _FIGURE) - 30)
    top = sheet.y
    sheet.write(measure.label, _LABEL, width=room)
    sheet.put(measure.figure, WIDTH - MARGIN, top, _FIGURE, ha="right")
    sheet.skip(8)
    sheet.strip(MARGIN, sheet.y, INNER, _BAR, TRACK)
    if measure.share:
        sheet.strip(MARGIN, sheet.y, max(INNER * measure.share, _BAR / 2), _BAR, ACCENT)
    if measure.target is not None:
        x = MARGIN + INNER * measure.target
        sheet.line((x, x), (sheet.y - 7, sheet.y + _BAR + 7), INK, lw=3.2)
    sheet.skip(_BAR + 22)


def _put_topics(sheet: Sheet, poster: Poster) -> None:
    _put_heading(sheet, poster.topics_title)
    if not poster.topics:
        sheet.write(poster.nothing, _LABEL)
        sheet.skip(12)
    for topic in poster.topics:
        _put_topic(sheet, topic)


def _put_topic(sheet: Sheet, topic: Ranked) -> None:
    room = round(INNER - text_width(topic.figure, _FIGURE) - 30)
    top = sheet.y
    sheet.write(topic.label, _LABEL, width=room)
    sheet.put(topic.figure, WIDTH - MARGIN, top, _FIGURE, ha="right")
    sheet.skip(6)
    sheet.strip(MARGIN, sheet.y, INNER, _BAR - 8, TRACK)
    if topic.length > 0:
        sheet.strip(MARGIN, sheet.y, max(INNER * topic.length, _BAR / 2), _BAR - 8, ACCENT)
    sheet.skip(_BAR + 10)


def _put_trend(sheet: Sheet, trend: Trend) -> None:
    """Put the lines over their weeks, the last value beside each, and whose line is which."""
    _put_heading(sheet, trend.title)
    x = float(MARGIN)
    for number, series in enumerate(trend.series):
        x = _put_key(sheet, series, number, x)
    sheet.skip(_SMALL.leading + 26)
    top, most = sheet.y, max(1, *(max(series.values) for series in trend.series))
    last = [series.last for series in trend.series]
    right = WIDTH - MARGIN - max(text_width(words, _FIGURE) for words in last) - 24
    left = MARGIN + text_width(trend.weeks[0], _SMALL) / 2
    count = len(trend.weeks)
    places = [left + (right - left) * n / max(count - 1, 1) for n in range(count)]
    for y in (top, top + _TREND / 2, top + _TREND):
        sheet.line((left, right), (y, y), TRACK, lw=1.2)
    ends = []
    for number, series in enumerate(trend.series):
        ys = [top + _TREND * (1 - value / most) for value in series.values]
        colour, marker = _COLOURS[number], _MARKERS[number]
        sheet.line(places, ys, colour, lw=3.4, marker=marker, markersize=8)
        ends.append(ys[-1])
    for number, y in enumerate(_apart(ends, _FIGURE.size)):
        style = Style(_FIGURE.size, _COLOURS[number], bold=True)
        sheet.put(last[number], right + 22, y, style, va="center_baseline")
    _put_weeks(sheet, trend.weeks, places, top + _TREND + 16)
    sheet.y = top + _TREND + 16 + _SMALL.leading + 14


def _put_key(sheet: Sheet, series: Series, number: int, x: float) -> float:
    """Put which line this is, and return where the next may begin."""
    middle = sheet.y + _SMALL.leading / 2
    colour, marker = _COLOURS[number], _MARKERS[number]
    sheet.line((x, x + 48), (middle, middle), colour, lw=3.4)
    sheet.line((x + 24,), (middle,), colour, marker=marker, markersize=8)
    sheet.put(series.label, x + 60, sheet.y, _SMALL)
    return x + 60 + text_width(series.label, _SMALL) + 44


def _put_weeks(sheet: Sheet, weeks: tuple[str, ...], places: list[float], y: float) -> None:
    """Put as many names of weeks as fit, from the last one back."""
    step = 1
    room = (places[-1] - places[0]) / max(len(places) - 1, 1)
    while step * room < text_width("00.00", _SMALL) + 24 and step < len(weeks):
        step += 1
    for number in range(len(weeks) - 1, -1, -step):
        sheet.put(weeks[number], places[number], y, _SMALL, ha="center")


def _apart(heights: list[float], least: float) -> list[float]:
    """Return two heights moved apart where they are nearer than `least`."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= least:  # noqa: PLR2004  # a pair
        return heights
    middle, half = sum(heights) / 2, least / 2
    upper = heights[0] <= heights[1]
    return [middle - half, middle + half] if upper else [middle + half, middle - half]


def _fitting(words: str, style: Style, width: int) -> str:
    """Return the first line, with «…» where there would be more."""
    lines = wrapped(words, style, width)
    if len(lines) == 1:
        return lines[0]
    cut = lines[0]
    while cut and text_width(f"{cut}…", style) > width:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"
