"""A post as it arrives, and what can be pressed under it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, current_language, pick
from handlers.views.news_callbacks import (
    AllMuted,
    PostAllMuted,
    PostAnswered,
    PostMuted,
    PostUseful,
    TopicMuted,
    Under,
)
from services.news.model import Link, Media
from services.organisation.directory import Organisation

# The buttons of a post that is only being composed: they answer that it is a preview.
PREVIEW = 0


def news_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the notice of kind "news"; without the id of a post it is a preview."""
    return Notice(
        pick(payload["text_kk"], payload["text_ru"]),
        post_keyboard(
            payload.get("post", PREVIEW),
            payload["topic"],
            [Link(**link) for link in payload["links"]],
            organisation,
        ),
        media=tuple(Media.of_json(one) for one in payload["media"]),
    )


def post_keyboard(
    post: int,
    topic: str,
    links: Sequence[Link],
    organisation: Organisation,
    *,
    useful: bool = False,
    topic_muted: bool = False,
    all_muted: bool = False,
) -> InlineKeyboardMarkup:
    """Return the buttons under a post as they stand for one person.

    First where its author wants to lead, then «useful» and a response, then the ways to hear
    less: off in one tap, and back in one more.
    """
    leading = [[InlineKeyboardButton(text=_link(link), url=link.url)] for link in links]
    finding = _("↩️ Take back 👍") if useful else _("👍 Useful")
    said = [
        button(finding, PostUseful(post=post, useful=not useful)),
        button(_("💬 Respond"), PostAnswered(post=post)),
    ]
    if all_muted:
        again = PostAllMuted(post=post, muted=False)
        return keyboard(*leading, said, [button(_("🔕 All news is off. Switch on again"), again)])
    label = _("🔕 Off: {topic}. Switch on again") if topic_muted else _("🔕 Switch off: {topic}")
    of_topic = label.format(topic=topic_name(topic, organisation))
    return keyboard(
        *leading,
        said,
        [button(of_topic, PostMuted(post=post, muted=not topic_muted))],
        [button(_("🔕 Switch off all news"), PostAllMuted(post=post, muted=True))],
    )


def old_keyboard(
    topic: str, organisation: Organisation, *, topic_muted: bool, all_muted: bool
) -> InlineKeyboardMarkup:
    """Return the buttons under a post that was sent when they did not name it yet."""
    if all_muted:
        again = AllMuted(topic=topic, muted=False, under=Under.POST)
        return keyboard([button(_("🔕 All news is off. Switch on again"), again)])
    label = _("🔕 Off: {topic}. Switch on again") if topic_muted else _("🔕 Switch off: {topic}")
    of_topic = TopicMuted(topic=topic, muted=not topic_muted, under=Under.POST)
    off = AllMuted(topic=topic, muted=True, under=Under.POST)
    return keyboard(
        [button(label.format(topic=topic_name(topic, organisation)), of_topic)],
        [button(_("🔕 Switch off all news"), off)],
    )


def topic_name(code: str, organisation: Organisation) -> str:
    """Return the name of a news topic as plain text; its code where the data lost it."""
    topic = organisation.news_topics.get(code)
    return topic.name(current_language()) if topic else code


def topic_line(code: str, organisation: Organisation) -> str:
    """Return emoji and name of a news topic as HTML."""
    topic = organisation.news_topics.get(code)
    return escape(f"{topic.emoji} {topic.name(current_language())}") if topic else escape(code)


def _link(link: Link) -> str:
    return link.text(current_language())
