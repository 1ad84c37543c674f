"""Whom a post is for: the choice, and how it reads in the check."""

from dataclasses import replace

from handlers.operator.audience.screens import Chooser
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.ways import ways_out
from handlers.screen import Screen
from handlers.views.post_conditions import readers_line
from services.delivery.mailing import count_audience
from services.delivery.reach import reach
from services.delivery.target import EVERYBODY

HOST = "n"


async def reachable(desk: NewsDesk, sheet: Sheet) -> int:
    """Return how many people the post would go to now."""
    target = replace(sheet.target or EVERYBODY, topic=sheet.topic)
    return await desk.db.read(count_audience, now=desk.clock.now(), target=target)


async def audience_screen(desk: NewsDesk, sheet: Sheet) -> Screen:
    """Ask for whom, with the number of those who can be reached."""
    target = sheet.target or EVERYBODY
    reached = await desk.db.read(reach, replace(target, topic=sheet.topic), desk.clock.now())
    return Chooser(HOST, sheet.draft, target, reached).main(ways_out(sheet))


def audience_lines(sheet: Sheet) -> list[str]:
    """Return whom the post is for, as HTML lines of the check."""
    return [readers_line(sheet.post())]
