"""What the citizen reads when somebody begins to work on an appeal."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _
from handlers.views.appeal_callbacks import FollowedAppeal, OwnAppeal
from handlers.views.appeal_names import topic_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.organisation.directory import Organisation


def begun_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return that the appeal is in work, and until when it will be answered."""
    number = escape(payload["number"])
    if payload["own"]:
        title = _("🙋 Your appeal is in work: No. {number}").format(number=number)
        data: CallbackData = OwnAppeal(appeal=payload["appeal"], receipt=True)
    else:
        words = _("🙋 The appeal that you have joined is in work: No. {number}")
        title = words.format(number=number)
        data = FollowedAppeal(appeal=payload["appeal"], receipt=True)
    lines = [
        bold(title),
        escape(topic_line(payload["topic"], organisation)),
        _("Answer due by: {date}").format(date=full(date.fromisoformat(payload["due_on"]))),
    ]
    return Notice("\n".join(lines), keyboard([button(_("Open the appeal"), data)]))
