"""Answers to taps on inline buttons."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import AnswerCallbackQuery

from sandbox.server.events import EventType
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram
from sandbox.server.utf16 import utf16_length

ANSWER_LIMIT = 200
"""0-200 characters: https://core.telegram.org/bots/api#answercallbackquery."""


def answer_callback_query(telegram: Telegram, call: Call[AnswerCallbackQuery]) -> bool:
    """Answer a tap once, while it lives; the text is shown as a pop-up."""
    method = call.method
    if method.text and utf16_length(method.text) > ANSWER_LIMIT:
        raise Refusal.bad_request("MESSAGE_TOO_LONG")
    answer = {
        "text": method.text or "",
        "show_alert": bool(method.show_alert),
        "url": method.url,
    }
    tap = telegram.callbacks.answer(method.callback_query_id, answer)
    telegram.events.add(EventType.ANSWER, tap.person_id, callback_id=tap.id, **answer)
    return True


HANDLERS: Mapping[type[Any], Any] = {AnswerCallbackQuery: answer_callback_query}
