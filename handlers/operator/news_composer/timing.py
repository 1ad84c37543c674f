"""When a post goes out: the choice, and how it reads in the check."""

from handlers.buttons import keyboard
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.ways import ways_out
from handlers.screen import Screen
from handlers.text import _


def when_screen(desk: NewsDesk, sheet: Sheet) -> Screen:  # noqa: ARG001  # not asked yet
    """Ask when the post goes out."""
    return Screen(_("Please use the buttons below."), keyboard(ways_out(sheet)))


def when_lines(desk: NewsDesk, sheet: Sheet) -> list[str]:  # noqa: ARG001  # not asked yet
    """Return when the post goes out, as HTML lines of the check; none where it is at once."""
    return []
