"""What staff read when they get the open appeals of somebody who has left."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import keyboard
from handlers.notice import Notice
from handlers.text import _, current_language
from handlers.views.appeal_reminders import case_button
from services.organisation.directory import Organisation


def handover_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return how many appeals came from whom, and buttons for the most urgent ones."""
    official = organisation.officials.get(payload["official"] or "")
    name = official.name(current_language()) if official else payload["name"]
    words = _(
        "📥 <b>Open appeals were handed over to you: {count}</b>\n"
        "Until now responsible: {name}\n\n"
        "The most urgent ones are below."
    )
    text = words.format(count=payload["count"], name=escape(name))
    rows = [[case_button(case, organisation)] for case in payload["cases"]]
    return Notice(text, keyboard(*rows))
