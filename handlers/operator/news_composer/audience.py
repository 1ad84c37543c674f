"""Whom a post is for: the choice, and how it reads in the check."""

from dataclasses import replace
from html import escape

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.operator.news_callbacks import (
    NewsAudienceChosen,
    NewsPartOpened,
    NewsRegionsOpened,
    Step,
)
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.ways import ways_out
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.mailing_progress import spaced
from services.delivery.mailing import count_audience
from services.delivery.target import EVERYBODY
from services.places.atlas import atlas


async def reachable(desk: NewsDesk, sheet: Sheet) -> int:
    """Return how many people the post would go to now."""
    target = replace(sheet.target or EVERYBODY, topic=sheet.topic)
    return await desk.db.read(count_audience, now=desk.clock.now(), target=target)


async def audience_screen(desk: NewsDesk, sheet: Sheet) -> Screen:
    """Ask for whom; the number is that of all subscribers of the topic."""
    people = await reachable(desk, replace(sheet, target=None))
    text = _("Who gets the post? Subscribers of the topic who can be reached: {count}")
    everybody = button(_("👥 All subscribers"), NewsAudienceChosen(draft=sheet.draft))
    region = button(_("📍 One region"), NewsRegionsOpened(draft=sheet.draft))
    return Screen(
        text.format(count=spaced(people)), keyboard([everybody], [region], ways_out(sheet))
    )


def regions_screen(sheet: Sheet) -> Screen:
    """Ask for the region."""
    regions = [
        button(region.name(current_language()), NewsAudienceChosen(draft=sheet.draft, region=kato))
        for kato, region in atlas().regions.items()
    ]
    ways = [back(NewsPartOpened(draft=sheet.draft, step=Step.AUDIENCE)), cancel()]
    return Screen(_("People of which region get the post?"), keyboard(*in_rows(regions, 2), ways))


def audience_lines(sheet: Sheet) -> list[str]:
    """Return whom the post is for, as HTML lines of the check."""
    target = sheet.target or EVERYBODY
    place = atlas().find(target.regions[0]) if target.regions else None
    region = place.region.name(current_language()) if place else _("All regions")
    return [_("Region: {region}").format(region=escape(region))]
