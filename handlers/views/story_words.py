"""A story in words, as everybody reads it, and its buttons."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button
from handlers.text import N_, _, current_language, ngettext
from handlers.views.appeal_names import place_line, topic_line
from handlers.views.calendar_days import full
from handlers.views.poll_callbacks import PollOpened
from handlers.views.proposal_callbacks import ProposalOpened
from handlers.views.story_callbacks import StoriesAbout, StoryOpened
from services.clock import local_date
from services.organisation.directory import Organisation
from services.stories.model import Draft, Story, TieKind

STORIES = N_("✅ You said, we did")
_TOPICS_NAMED = 3


def story_text(draft: Draft, organisation: Organisation) -> str:
    """Return what people said and what was done, with its topics and place; HTML."""
    language = current_language()
    said, did = _("💬 You said"), _("✅ We did")
    lines = [
        f"<b>{said}</b>\n{escape(draft.said(language))}",
        f"<b>{did}</b>\n{escape(draft.did(language))}",
        "\n".join(_about(draft, organisation)),
    ]
    return "\n\n".join(lines)


def dated_text(story: Story, organisation: Organisation) -> str:
    """Return a published story with its day; HTML."""
    day = _("Told: {date}").format(date=full(local_date(story.shown_from)))
    return f"{story_text(story.words, organisation)}\n🗓 {escape(day)}"


def place_words(draft: Draft) -> str:
    """Return where a story belongs."""
    if draft.region is None:
        return _("the whole country")
    return place_line(draft.region, draft.district)


def tie_rows(draft: Draft) -> list[list[InlineKeyboardButton]]:
    """Return the ways to the first poll and the first proposal that a story is about."""
    polls, proposals = draft.of(TieKind.POLL), draft.of(TieKind.PROPOSAL)
    rows = []
    if polls:
        rows.append([button(_("📈 Result of the poll"), PollOpened(poll=int(polls[0])))])
    if proposals:
        opened = ProposalOpened(proposal=int(proposals[0]))
        rows.append([button(_("💡 The proposal"), opened)])
    return rows


def stories_row(stories: Sequence[Story], kind: TieKind, ref: str) -> list[InlineKeyboardButton]:
    """Return the way to what was done about something; nothing where no story tells it."""
    if not stories:
        return []
    if len(stories) == 1:
        return [button(_(STORIES), StoryOpened(story=stories[0].id))]
    return [button(_(STORIES), StoriesAbout(kind=kind, ref=ref))]


def near_row(story: Story | None) -> list[InlineKeyboardButton]:
    """Return the way to what was done about the like; nothing where no story tells it."""
    if story is None:
        return []
    return [button(_("✅ What was done about the like"), StoryOpened(story=story.id))]


def people_words(people: int) -> str:
    """Return how many people would be told."""
    number = f"{people:,}".replace(",", "\N{NO-BREAK SPACE}")
    return ngettext("{count} person", "{count} people", people).format(count=number)


def _about(draft: Draft, organisation: Organisation) -> list[str]:
    topics = draft.of(TieKind.TOPIC)
    lines = [escape(topic_line(code, organisation)) for code in topics[:_TOPICS_NAMED]]
    place = _("📍 Place: {place}").format(place=place_words(draft))
    return [*lines, escape(place)]
