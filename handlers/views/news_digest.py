"""Many posts in one message: the digest at a citizen's hour."""

from collections.abc import Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, in_rows, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.news_callbacks import AllMuted, NewsOpenedBelow, PostOpened, Under
from handlers.views.news_notices import topic_line
from handlers.views.news_subscription import how_often
from services.organisation.directory import Organisation

_MOST = 10
_NUMBERS_A_ROW = 5


def news_digest_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the notice of kind "news_digest": the posts of `variant`, each to be opened."""
    listed = {post["id"]: post for post in payload["posts"]}
    posts = [listed[number] for number in payload["variant"]]
    lines = [_("📰 <b>News in one message</b>")]
    for number, post in enumerate(posts[:_MOST], 1):
        title = escape(pick(post["title_kk"], post["title_ru"]))
        lines.append(f"<b>{number}. {title}</b>\n{topic_line(post['topic'], organisation)}")
    left = len(posts) - _MOST
    if left > 0:
        lines.append(_("More in the list of news: {count}").format(count=left))
    lines.append(_("Press a number to read."))
    numbers = [
        button(str(number), PostOpened(post=post["id"]))
        for number, post in enumerate(posts[:_MOST], 1)
    ]
    more = [button(_("📰 Latest news"), NewsOpenedBelow())] if left > 0 else []
    return Notice(
        "\n\n".join(lines),
        keyboard(
            *in_rows(numbers, _NUMBERS_A_ROW),
            more,
            [how_often(below=True)],
            [silence_button(all_muted=False)],
        ),
    )


def silence_button(*, all_muted: bool) -> InlineKeyboardButton:
    """Return the button by which a digest switches all news off, or on again."""
    data = AllMuted(topic="", muted=not all_muted, under=Under.DIGEST)
    if all_muted:
        return button(_("🔕 All news is off. Switch on again"), data)
    return button(_("🔕 Switch off all news"), data)


def with_silence(markup: InlineKeyboardMarkup, *, all_muted: bool) -> InlineKeyboardMarkup:
    """Return the keyboard of a digest with its last button as it stands now."""
    return keyboard(*markup.inline_keyboard[:-1], [silence_button(all_muted=all_muted)])
