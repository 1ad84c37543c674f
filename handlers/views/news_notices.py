"""A post as it arrives, with the ways to hear less under it."""

from collections.abc import Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, current_language, pick
from handlers.views.news_callbacks import AllMuted, TopicMuted, Under
from services.news.model import Media
from services.organisation.directory import Organisation


def news_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the notice of kind "news"."""
    return Notice(
        pick(payload["text_kk"], payload["text_ru"]),
        post_keyboard(payload["topic"], organisation),
        media=tuple(Media.of_json(one) for one in payload["media"]),
    )


def post_keyboard(
    topic: str,
    organisation: Organisation,
    *,
    topic_muted: bool = False,
    all_muted: bool = False,
) -> InlineKeyboardMarkup:
    """Return the buttons under a post: off in one tap, and back in one more."""
    name = topic_name(topic, organisation)
    if all_muted:
        again = AllMuted(topic=topic, muted=False, under=Under.POST)
        return keyboard([button(_("🔕 All news is off. Switch on again"), again)])
    if topic_muted:
        again_topic = TopicMuted(topic=topic, muted=False, under=Under.POST)
        label = _("🔕 Off: {topic}. Switch on again").format(topic=name)
        return keyboard([button(label, again_topic)])
    off_topic = TopicMuted(topic=topic, muted=True, under=Under.POST)
    off = AllMuted(topic=topic, muted=True, under=Under.POST)
    return keyboard(
        [button(_("🔕 Switch off: {topic}").format(topic=name), off_topic)],
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
