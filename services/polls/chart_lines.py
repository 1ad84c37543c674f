"""Options from wave to wave as lines; worker process only."""

from services.polls.chart import Line, Lines
from services.polls.chart_sheet import INNER, MARGIN, MUTED, TRACK, WIDTH, Sheet, Style

_HEIGHT = 420
_AXIS = 92  # pixels left of the lines for the figures of the axis
_COLOURS = ("#1F6FB2", "#D1691C", "#2F8F5B", "#8A4FA3", "#B3385A")
_MARKERS = ("o", "s", "^", "D", "v")
_INTERVAL = "#9AA5B1"
_TICKS = 4  # steps of the axis

_SMALL = Style(25, MUTED)
_LABEL = Style(29)
_FIGURE = Style(29, bold=True)
MOST_LINES = len(_COLOURS)


def put_lines(sheet: Sheet, drawn: Lines) -> None:
    """Put the axis, the lines with their intervals in grey, the days, and whose line is which."""
    top = _top(drawn)
    sheet.skip(14)
    _put_axis(sheet, top)
    places = _places(len(drawn.days))
    for number, line in enumerate(drawn.lines):
        _put_line(sheet, line, number, places, top)
    for number, (day, x) in enumerate(zip(drawn.days, places, strict=True)):
        side = "left" if number == 0 and len(places) > 1 else "center"
        side = "right" if number == len(places) - 1 and len(places) > 1 else side
        sheet.put(day, x, sheet.y + _HEIGHT + 16, _SMALL, ha=side)
    sheet.skip(_HEIGHT + 16 + _SMALL.leading + 26)
    for number, line in enumerate(drawn.lines):
        _put_key(sheet, line, number)
    sheet.skip(16)


def _put_axis(sheet: Sheet, top: float) -> None:
    for step in range(_TICKS + 1):
        share = top * step / _TICKS
        y = _height(sheet, share, top)
        sheet.line((MARGIN + _AXIS, WIDTH - MARGIN), (y, y), TRACK, lw=1.2)
        sheet.put(
            f"{share * 100:.0f}\N{NO-BREAK SPACE}%", MARGIN + _AXIS - 14, y, _SMALL,
            ha="right", va="center_baseline",
        )  # fmt: skip


def _put_line(sheet: Sheet, line: Line, number: int, places: list[float], top: float) -> None:
    xs = [places[point.wave] for point in line.points]
    ys = [_height(sheet, point.share, top) for point in line.points]
    for x, point in zip(xs, line.points, strict=True):
        if point.low is not None and point.high is not None:
            ends = (_height(sheet, point.low, top), _height(sheet, point.high, top))
            sheet.line((x, x), ends, _INTERVAL, lw=5, solid_capstyle="butt", alpha=0.55)
    colour, marker = _COLOURS[number % MOST_LINES], _MARKERS[number % MOST_LINES]
    sheet.line(xs, ys, colour, lw=3, marker=marker, markersize=9)


def _put_key(sheet: Sheet, line: Line, number: int) -> None:
    colour, marker = _COLOURS[number % MOST_LINES], _MARKERS[number % MOST_LINES]
    middle = sheet.y + _LABEL.leading / 2
    sheet.line((MARGIN, MARGIN + 54), (middle, middle), colour, lw=3)
    sheet.line((MARGIN + 27,), (middle,), colour, marker=marker, markersize=9)
    sheet.put(line.figure, WIDTH - MARGIN, sheet.y, _FIGURE, ha="right")
    sheet.write(line.label, _LABEL, width=INNER - 74 - 120, x=MARGIN + 74)
    sheet.skip(10)


def _places(days: int) -> list[float]:
    left, right = MARGIN + _AXIS + 20, WIDTH - MARGIN - 20
    return [left + (right - left) * number / max(days - 1, 1) for number in range(days)]


def _height(sheet: Sheet, share: float, top: float) -> float:
    return sheet.y + _HEIGHT * (1 - share / top)


def _top(drawn: Lines) -> float:
    """Return where the axis ends: a multiple of 20 per cent above every interval."""
    most = max(point.high or point.share for line in drawn.lines for point in line.points)
    return min(1.0, (int(most * 5 - 1e-9) + 1) / 5)
