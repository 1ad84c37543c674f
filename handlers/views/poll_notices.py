"""What people are told about polls without having asked just now."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, current_language
from handlers.views.poll_callbacks import PollOpened
from handlers.views.poll_result import caption
from handlers.views.poll_text import poll_keyboard, poll_text
from services.organisation.directory import Organisation
from services.polls.disclosure import Disclosure, disclosure
from services.polls.payload import poll_from, result_from


def poll_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the question of a new poll with its buttons."""
    poll = poll_from(payload)
    heading = _("📊 New poll")
    return Notice(f"{heading}\n\n{poll_text(poll)}", poll_keyboard(poll))


def result_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the result with its picture; where the picture is not there, with a way to it."""
    result = result_from(payload)
    drawn = payload["pictures"].get(current_language())
    if drawn is not None and Path(drawn).exists():
        return Notice(caption(result), picture=Path(drawn))
    if disclosure(result.base, result.votes) is Disclosure.BASE:
        return Notice(caption(result))
    chart = button(_("📈 Show the chart"), PollOpened(poll=result.poll.id))
    return Notice(caption(result), keyboard([chart]))
