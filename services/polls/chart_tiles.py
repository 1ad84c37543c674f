"""The regions as a grid of tiles; worker process only."""

from services.polls.chart import Grid, Tile
from services.polls.chart_sheet import INNER, MARGIN, MUTED, Sheet, Style, text_width

_COLUMNS = 7
_GAP = 10
_SIDE = (INNER - (_COLUMNS - 1) * _GAP) / _COLUMNS
_HEIGHT = 112
_SHADES = ("#D6E6F4", "#ABCFE8", "#6BAED6", "#3182BD", "#0F4E8A")
_DARK_FROM = 3  # shades on which letters are white
_KEY = 30

_NAMES = tuple(Style(size) for size in (25, 23, 21, 19, 17))
_FIGURE = Style(32, bold=True)
_LEGEND = Style(25, MUTED)


def put_grid(sheet: Sheet, grid: Grid) -> None:
    """Put every tile at its place, and below what the shades and dashes mean."""
    shares = [tile.share for tile in grid.tiles if tile.share is not None]
    least, most = (min(shares), max(shares)) if shares else (0.0, 0.0)
    for tile in grid.tiles:
        _put_tile(sheet, tile, least, most)
    rows = max(tile.row for tile in grid.tiles) + 1
    sheet.skip(rows * (_HEIGHT + _GAP) + 18)
    _put_legend(sheet, grid)


def _put_tile(sheet: Sheet, tile: Tile, least: float, most: float) -> None:
    x = MARGIN + tile.column * (_SIDE + _GAP)
    y = sheet.y + tile.row * (_HEIGHT + _GAP)
    colour = "#17212B"
    if tile.share is None:
        _put_dashed(sheet, x, y, _SIDE, _HEIGHT)
        colour = MUTED
    else:
        shade = _shade(tile.share, least, most)
        sheet.strip(x, y, _SIDE, _HEIGHT, _SHADES[shade])
        if shade >= _DARK_FROM:
            colour = "#FFFFFF"
    name = next((one for one in _NAMES if text_width(tile.label, one) <= _SIDE - 12), _NAMES[-1])
    middle = x + _SIDE / 2
    sheet.put(tile.label, middle, y + 20, Style(name.size, colour), ha="center")
    figure = Style(_FIGURE.size, colour, bold=True)
    sheet.put(tile.figure, middle, y + 56, figure, ha="center")


def _put_dashed(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    dashes = (0, (4, 3))
    look = {"linewidth": 1.6, "edgecolor": "#8F9AA6", "linestyle": dashes}
    sheet.strip(x + 1, y + 1, width - 2, height - 2, "none", **look)


def _put_legend(sheet: Sheet, grid: Grid) -> None:
    x = float(MARGIN)
    middle = sheet.y + _KEY / 2
    sheet.put(grid.least, x, middle, _LEGEND, va="center_baseline")
    x += text_width(grid.least, _LEGEND) + 14
    for colour in _SHADES:
        sheet.strip(x, sheet.y, 48, _KEY, colour)
        x += 52
    x += 10
    sheet.put(grid.most, x, middle, _LEGEND, va="center_baseline")
    sheet.skip(_KEY + 18)
    _put_dashed(sheet, MARGIN, sheet.y, 48, _KEY)
    middle = sheet.y + _KEY / 2
    sheet.put(grid.dashed, MARGIN + 62, middle, _LEGEND, va="center_baseline")
    sheet.skip(_KEY + 30)


def _shade(share: float, least: float, most: float) -> int:
    if most - least < 0.01:  # noqa: PLR2004  # under a point all are alike
        return 2
    return min(int((share - least) / (most - least) * len(_SHADES)), len(_SHADES) - 1)
