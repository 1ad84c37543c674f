"""A post as its readers of either language will get it."""

from dataclasses import replace

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.callbacks import Noop
from handlers.notice import Notice
from handlers.screen import Event, Screen, send
from handlers.views.news_notices import news_notice
from services.language import Language
from services.news.model import Draft
from services.news.posts import content_of
from services.news.trying import without_album
from services.organisation.directory import Organisation


def previews(draft: Draft, organisation: Organisation) -> list[Notice]:
    """Return the post as a reader of each language gets it, Kazakh first; an album comes once.

    Buttons that do something for a reader only show themselves.
    """
    notices = []
    i18n = I18n.get_current(no_error=False)
    for language, shown in zip(Language, (draft, without_album(draft)), strict=True):
        with i18n.use_locale(language.value):
            notice = news_notice(content_of(shown), organisation)
        notices.append(replace(notice, keyboard=_showing_only(notice.keyboard)))
    return notices


async def send_previews(event: Event, draft: Draft, organisation: Organisation) -> None:
    """Send the post in both languages, as messages of their own."""
    for notice in previews(draft, organisation):
        await send(event, Screen(notice.text, notice.keyboard, media=notice.media))


def _showing_only(buttons: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup:
    rows = buttons.inline_keyboard if buttons else []
    return keyboard(
        *([one if one.url else button(one.text, Noop()) for one in row] for row in rows)
    )
