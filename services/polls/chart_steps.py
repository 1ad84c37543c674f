"""The points of a scale in one bar that parts from its middle; worker process only."""

from services.polls.chart import Diverging
from services.polls.chart_sheet import INNER, MARGIN, MUTED, WIDTH, Sheet, Style, wrapped

_BAR = 76
_CHIP = 26
_CHIPS_A_ROW = 6
_LEAST_WRITTEN = 62  # pixels that a figure needs inside of its part

_END = Style(25, MUTED)
_INSIDE_DARK = Style(25, "#17212B", bold=True)
_INSIDE_LIGHT = Style(25, "#FFFFFF", bold=True)
_CHIP_TEXT = Style(25)
# From the low end over the middle to the high one; readable for the colour-blind.
_LOW = ("#B35806", "#E08214", "#FDB863")
_MIDDLE = "#CBD2DA"
_HIGH = ("#9CC7E8", "#4A97CF", "#1F5F9E")


def put_diverging(sheet: Sheet, scale: Diverging) -> None:
    """Put the ends in words, the bar, and every point with its figure below."""
    half = INNER // 2 - 20
    left, right = wrapped(scale.low, _END, half), wrapped(scale.high, _END, half)
    for number, line in enumerate(left):
        sheet.put(line, MARGIN, sheet.y + number * _END.leading, _END)
    for number, line in enumerate(right):
        sheet.put(line, WIDTH - MARGIN, sheet.y + number * _END.leading, _END, ha="right")
    sheet.skip(max(len(left), len(right)) * _END.leading + 10)
    colours = _colours(len(scale.steps))
    _put_bar(sheet, scale, colours)
    sheet.skip(_BAR + 26)
    _put_chips(sheet, scale, colours)


def _put_bar(sheet: Sheet, scale: Diverging, colours: list[str]) -> None:
    shares = [step.share for step in scale.steps]
    count = len(shares)
    below = sum(shares[: count // 2]) + (shares[count // 2] / 2 if count % 2 else 0)
    above = sum(shares) - below
    unit = INNER / 2 / max(below, above, 0.01)
    x = WIDTH / 2 - below * unit
    for step, colour in zip(scale.steps, colours, strict=True):
        width = step.share * unit
        if width >= 1:
            sheet.strip(x, sheet.y, max(width - 3, 1), _BAR, colour)
        if width >= _LEAST_WRITTEN:
            style = _INSIDE_LIGHT if colour in {*_LOW[:1], *_HIGH[1:]} else _INSIDE_DARK
            middle = sheet.y + _BAR / 2
            sheet.put(step.figure, x + width / 2, middle, style, ha="center", va="center_baseline")
        x += width
    ends = (sheet.y - 8, sheet.y + _BAR + 8)
    sheet.line((WIDTH / 2, WIDTH / 2), ends, "#17212B", lw=1.6, ls=(0, (3, 3)))


def _put_chips(sheet: Sheet, scale: Diverging, colours: list[str]) -> None:
    column = INNER / _CHIPS_A_ROW
    for number, (step, colour) in enumerate(zip(scale.steps, colours, strict=True)):
        place = number % _CHIPS_A_ROW
        if number and not place:
            sheet.skip(_CHIP + 18)
        x = MARGIN + place * column
        sheet.strip(x, sheet.y, _CHIP, _CHIP, colour)
        middle = sheet.y + _CHIP / 2
        words = f"{step.value}: {step.figure}"
        sheet.put(words, x + _CHIP + 10, middle, _CHIP_TEXT, va="center_baseline")
    sheet.skip(_CHIP + 30)


def _colours(points: int) -> list[str]:
    """Return a colour for each point, the middle one grey."""
    half = points // 2
    low = [_LOW[min(len(_LOW) - 1, number * len(_LOW) // max(half, 1))] for number in range(half)]
    high = [
        _HIGH[min(len(_HIGH) - 1, number * len(_HIGH) // max(half, 1))] for number in range(half)
    ]
    if half == 2:  # noqa: PLR2004  # of five points the ends are the strong colours
        low, high = [_LOW[0], _LOW[2]], [_HIGH[0], _HIGH[2]]
    return [*low, *([_MIDDLE] if points % 2 else []), *high]
