"""What the staff is told of an appeal at once: that it is urgent, that the citizen added to it."""

from collections.abc import Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.text import _
from handlers.views.appeal_names import place_line, topic_line
from handlers.views.emphasis import bold
from services.organisation.directory import Organisation


def urgent_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the alarm: which appeal, where, and which help its words call for."""
    phones = {stop.code: stop.phone for stop in organisation.stops}
    called = [phones[code] for code in payload["stops"] if code in phones]
    place = place_line(payload["region"], payload["district"])
    lines = [
        bold(_("🚨 Urgent appeal: № {number}").format(number=payload["number"])),
        _("Topic: {topic}").format(topic=escape(topic_line(payload["topic"], organisation))),
        _("Place: {place}").format(place=escape(place)),
        _("The citizen was shown the phone: {phones}").format(
            phones=escape(", ".join(dict.fromkeys(called)))
        ),
        _("Please open it now and see whether help is needed at once."),
    ]
    return Notice("\n".join(lines), _opening(payload))


def added_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the word that the citizen has added to an appeal, or corrected it."""
    lines = [
        bold(_("➕ The citizen added to appeal № {number}").format(number=payload["number"])),
        _("Topic: {topic}").format(topic=escape(topic_line(payload["topic"], organisation))),
    ]
    return Notice("\n".join(lines), _opening(payload))


def _opening(payload: Mapping[str, Any]) -> InlineKeyboardMarkup:
    return keyboard([button(_("Open the appeal"), AppealOpened(appeal=payload["appeal"]))])
