"""What a member of staff reads when an appeal is handed to them."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.text import _
from handlers.views.calendar_days import full
from services.organisation.directory import Organisation


def assigned_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return who handed over which appeal, and until when it is to be answered."""
    words = _(
        "📥 An appeal was handed to you: No. {number}\nFrom: {name}\nDue date: {date}"
    ).format(
        number=escape(payload["number"]),
        name=escape(payload["name"]),
        date=full(date.fromisoformat(payload["due_on"])),
    )
    opening = button(_("Open the appeal"), AppealOpened(appeal=payload["appeal"]))
    return Notice(words, keyboard([opening]))
