"""Stories as everybody reads them: the list by topic and place, and one of them."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard, paired
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_names import place_line, topic_line
from handlers.views.calendar_days import short
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyLifeShown
from handlers.views.story_callbacks import (
    StoriesMuted,
    StoriesShown,
    StoryOpened,
    StoryTopics,
)
from handlers.views.story_words import STORIES, dated_text, tie_rows
from services.clock import local_date
from services.organisation.directory import Organisation
from services.stories.model import Story
from services.stories.reading import Page


def stories_screen(
    page: Page, shown: StoriesShown, home: str | None, organisation: Organisation, *, hears: bool
) -> Screen:
    """Return a page of stories; home: the reader's own region, where they have said it."""
    lines = [bold(_(STORIES))]
    if shown.topic:
        lines.append(escape(topic_line(shown.topic, organisation)))
    if shown.region:
        place = place_line(shown.region, None)
        lines.append(escape(_("📍 Place: {place}").format(place=place)))
    if page.stories:
        lines.append(_("What people said, and what was done about it. The newest first."))
    else:
        lines.append(_("There is nothing here yet."))
    rows = [[_line(story)] for story in page.stories]
    if page.more:
        older = shown.model_copy(update={"before": page.stories[-1].id})
        rows.append([button(_("Older ›"), older)])
    rows.append(_narrower(shown, home))
    rows.append([_hearing(hears=hears)])
    return Screen("\n\n".join(lines), keyboard(*rows, [back(PartyLifeShown())]))


def topics_screen(topics: Sequence[tuple[str, int]], organisation: Organisation) -> Screen:
    """Return the topics of which there are stories."""
    buttons = [
        button(f"{topic_line(code, organisation)} · {count}", StoriesShown(topic=code))
        for code, count in topics
    ]
    words = _("About what would you like to read?") if topics else _("There is nothing here yet.")
    return Screen(words, keyboard(*paired(buttons), [back(StoriesShown())]))


def story_screen(story: Story, organisation: Organisation) -> Screen:
    """Return one story with the ways to what it is about."""
    rows = [*tie_rows(story.words), [button(_(STORIES), StoriesShown())]]
    return Screen(dated_text(story, organisation), keyboard(*rows), story.words.photo)


def about_screen(stories: Sequence[Story]) -> Screen:
    """Return the stories that are tied to one thing."""
    rows = [[_line(story)] for story in stories]
    words = _("There is nothing here yet.") if not stories else bold(_(STORIES))
    return Screen(words, keyboard(*rows, [button(_("All of them"), StoriesShown())]))


def muted_words(*, muted: bool) -> str:
    """Say what comes by itself from now on, in at most 200 characters."""
    if muted:
        return _("These messages will not come any more. You find all of them under /stories.")
    return _("You will be told what was done about what you took part in.")


def _line(story: Story) -> InlineKeyboardButton:
    day = short(local_date(story.shown_from))
    label = f"{day} · {story.words.title(current_language())}"
    return button(label, StoryOpened(story=story.id))


def _narrower(shown: StoriesShown, home: str | None) -> list[InlineKeyboardButton]:
    row = [button(_("🏷 By topic"), StoryTopics())]
    if shown.topic or shown.region:
        row.append(button(_("All of them"), StoriesShown()))
    elif home is not None:
        row.append(button(_("📍 My region"), StoriesShown(region=home)))
    return row


def _hearing(*, hears: bool) -> InlineKeyboardButton:
    if hears:
        return button(_("🔕 No such messages any more"), StoriesMuted(muted=True))
    return button(_("🔔 Tell me of them again"), StoriesMuted(muted=False))
