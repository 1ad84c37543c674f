"""What people are told about polls without having asked just now."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, current_language, pick
from handlers.views.poll_callbacks import PollOpened
from handlers.views.poll_captions import answers_caption, overview
from handlers.views.poll_pages import first_page
from handlers.views.poll_text import poll_keyboard, poll_text
from services.organisation.directory import Organisation
from services.polls.pages import is_drawn
from services.polls.payload import poll_from, result_from
from services.polls.telling import region_of


def poll_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the question of a new poll with its buttons."""
    poll = poll_from(payload)
    heading = _("📊 New poll")
    return Notice(f"{heading}\n\n{poll_text(poll)}", poll_keyboard(poll))


def result_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the result, of the reader's region too where `variant` names it.

    One question comes with its picture, or where that is not there with a way to it; a survey
    in words, with a way to its pictures.
    """
    result = result_from(payload)
    region = region_of(payload.get("variant", ()))
    if len(result.poll.questions) > 1:
        more = [first_page(result)] if result.tables else []
        return Notice(overview(result, region), keyboard(more))
    drawn = payload["pictures"].get(current_language())
    pictured = drawn is not None and Path(drawn).exists()
    text = answers_caption(result, 0, region, pictured=pictured)
    if pictured:
        return Notice(text, picture=Path(drawn))
    if not is_drawn(result, 0):
        return Notice(text)
    chart = button(_("📈 Show the chart"), PollOpened(poll=result.poll.id))
    return Notice(text, keyboard([chart]))


def done_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return what was done about the result of a poll, with a way to the result."""
    title = escape(pick(payload["title_kk"], payload["title_ru"]))
    text = escape(pick(payload["text_kk"], payload["text_ru"]))
    heading = _("✅ What was done after the poll")
    result = button(_("📈 Result"), PollOpened(poll=payload["poll"]))
    return Notice(f"{heading}\n<b>{title}</b>\n\n{text}", keyboard([result]))
