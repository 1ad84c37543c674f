"""The bot's account: names, descriptions and the menu button."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import (
    GetChatMenuButton,
    GetMe,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetChatMenuButton,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)

from sandbox.server.methods.commands import read_language
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

NAME_LIMIT = 64
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120
"""Lengths: https://core.telegram.org/bots/api#setmydescription and its neighbours."""


def get_me(telegram: Telegram, call: Call[GetMe]) -> Json:
    """Return the bot's account."""
    del call
    return telegram.bot.me()


def set_my_name(telegram: Telegram, call: Call[SetMyName]) -> bool:
    """Set the name for a language, or for all."""
    _set(telegram.profile.names, call, "name", NAME_LIMIT)
    return True


def get_my_name(telegram: Telegram, call: Call[GetMyName]) -> Json:
    """Return the name in a language."""
    return {"name": telegram.profile.name_for(read_language(call.raw))}


def set_my_description(telegram: Telegram, call: Call[SetMyDescription]) -> bool:
    """Set what an empty chat shows."""
    _set(telegram.profile.descriptions, call, "description", DESCRIPTION_LIMIT)
    return True


def get_my_description(telegram: Telegram, call: Call[GetMyDescription]) -> Json:
    """Return what an empty chat shows."""
    return {"description": telegram.profile.description_for(read_language(call.raw))}


def set_my_short_description(telegram: Telegram, call: Call[SetMyShortDescription]) -> bool:
    """Set what the profile page shows."""
    texts = telegram.profile.short_descriptions
    _set(texts, call, "short_description", SHORT_DESCRIPTION_LIMIT)
    return True


def get_my_short_description(telegram: Telegram, call: Call[GetMyShortDescription]) -> Json:
    """Return what the profile page shows."""
    shown = telegram.profile.short_description_for(read_language(call.raw))
    return {"short_description": shown}


def _set(texts: dict[str, str], call: Call[Any], field: str, limit: int) -> None:
    language = read_language(call.raw)
    text = str(call.raw.get(field) or "")
    if len(text) > limit:
        raise Refusal.bad_request(f"bot {field.replace('_', ' ')} is too long")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)


def set_chat_menu_button(telegram: Telegram, call: Call[SetChatMenuButton]) -> bool:
    """Set the button beside the input field, of one private chat or of all."""
    telegram.profile.menu_buttons[_menu_chat(telegram, call)] = call.raw.get("menu_button") or {
        "type": "default"
    }
    return True


def get_chat_menu_button(telegram: Telegram, call: Call[GetChatMenuButton]) -> Json:
    """Return the button beside the input field."""
    return telegram.profile.menu_button_for(_menu_chat(telegram, call))


def _menu_chat(telegram: Telegram, call: Call[Any]) -> int | None:
    chat_id = call.method.chat_id
    return None if chat_id is None else telegram.find(chat_id).id


HANDLERS: Mapping[type[Any], Any] = {
    GetMe: get_me,
    SetMyName: set_my_name,
    GetMyName: get_my_name,
    SetMyDescription: set_my_description,
    GetMyDescription: get_my_description,
    SetMyShortDescription: set_my_short_description,
    GetMyShortDescription: get_my_short_description,
    SetChatMenuButton: set_chat_menu_button,
    GetChatMenuButton: get_chat_menu_button,
}
