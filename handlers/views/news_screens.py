"""The latest news and the topics, as a citizen sees them."""

from html import escape

from handlers.buttons import button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.news_callbacks import (
    AllMuted,
    NewsListed,
    OpenNewsTopics,
    PostOpened,
    TopicMuted,
    Under,
)
from handlers.views.news_notices import post_keyboard, topic_line
from services.clock import local_date
from services.news.latest import Page
from services.news.length import first_line
from services.news.model import Post
from services.organisation.directory import Organisation

_TITLE_LENGTH = 90


def news_screen(page: Page, organisation: Organisation) -> Screen:
    """Return a page of the latest posts, each to be opened by its number."""
    topics = button(_("🔔 Topics of news"), OpenNewsTopics())
    if not page.posts:
        return Screen(_("There is no news yet. It will arrive here."), keyboard([topics]))
    items = [
        f"<b>{number}. {escape(first_line(post.text(current_language()), _TITLE_LENGTH))}</b>\n"
        f"{full(local_date(post.published_at))} · {topic_line(post.topic, organisation)}"
        for number, post in enumerate(page.posts, 1)
    ]
    numbers = [
        button(str(number), PostOpened(post=post.id)) for number, post in enumerate(page.posts, 1)
    ]
    turning = []
    if page.newer:
        turning.append(button(_("‹ Newer"), NewsListed(edge=page.posts[0].id, newer=True)))
    if page.older:
        turning.append(button(_("Older ›"), NewsListed(edge=page.posts[-1].id)))
    text = "\n\n".join([_("📰 <b>Latest news</b>"), *items, _("Press a number to read.")])
    return Screen(text, keyboard(numbers, turning, [topics]))


def post_screen(
    post: Post, organisation: Organisation, *, topic_muted: bool, all_muted: bool
) -> Screen:
    """Return a post as it once arrived."""
    buttons = post_keyboard(post.topic, organisation, topic_muted=topic_muted, all_muted=all_muted)
    return Screen(
        post.text(current_language()),
        buttons,
        photo=next((one.file_id for one in post.media), None),
    )


def topics_screen(organisation: Organisation, muted: frozenset[str], *, all_muted: bool) -> Screen:
    """Return the topics with a bell before each that is on."""
    listed = button(_("📰 Latest news"), NewsListed())
    if all_muted:
        on = AllMuted(topic="", muted=False, under=Under.TOPICS)
        return Screen(
            _("🔕 All news is off. You can read the latest news here at any time."),
            keyboard([button(_("🔔 Switch news on"), on)], [listed]),
        )
    bells = []
    for topic in organisation.news_topics.values():
        if topic.retired:
            continue
        off = topic.code in muted
        label = f"{'🔕' if off else '🔔'} {topic.emoji} {topic.name(current_language())}"
        data = TopicMuted(topic=topic.code, muted=not off, under=Under.TOPICS)
        bells.append(button(label, data))
    silence = AllMuted(topic="", muted=True, under=Under.TOPICS)
    return Screen(
        _("Which news would you like to get? 🔔 is on, 🔕 is off. Press to change."),
        keyboard(*in_rows(bells, 1), [button(_("🔕 Switch off all news"), silence)], [listed]),
    )
