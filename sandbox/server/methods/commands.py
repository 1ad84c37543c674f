"""The bot's commands, by scope and language.

Source: https://core.telegram.org/bots/api#setmycommands
"""

import re
from collections.abc import Mapping
from typing import Any

from aiogram.methods import DeleteMyCommands, GetMyCommands, SetMyCommands

from sandbox.server.events import EventType
from sandbox.server.payload import Json
from sandbox.server.profile import ScopeKey, scope_key
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

NAME = re.compile(r"^/?[a-z0-9_]{1,32}$")
DESCRIPTION_LIMIT = 256
MOST_COMMANDS = 100
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(telegram: Telegram, call: Call[SetMyCommands]) -> bool:
    """Set up to 100 commands for a scope and a language."""
    commands: list[Json] = call.raw["commands"]
    if len(commands) > MOST_COMMANDS:
        raise Refusal.bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not NAME.match(command["command"]):
            raise Refusal.bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= DESCRIPTION_LIMIT:
            raise Refusal.bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.profile.commands[_key(telegram, call)] = [
        {"command": each["command"].lstrip("/"), "description": each["description"]}
        for each in commands
    ]
    telegram.events.add(EventType.COMMANDS)
    return True


def get_my_commands(telegram: Telegram, call: Call[GetMyCommands]) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    return telegram.profile.commands.get(_key(telegram, call), [])


def delete_my_commands(telegram: Telegram, call: Call[DeleteMyCommands]) -> bool:
    """Forget the commands of a scope and language, so that broader ones show again."""
    telegram.profile.commands.pop(_key(telegram, call), None)
    telegram.events.add(EventType.COMMANDS)
    return True


def _key(telegram: Telegram, call: Call[Any]) -> tuple[ScopeKey, str]:
    scope = call.raw.get("scope")
    kind, chat_id, user_id = scope_key(scope)
    if kind in CHAT_SCOPES:
        chat_id = telegram.find(chat_id).id
    return (kind, chat_id, user_id), read_language(call.raw)


def read_language(raw: Json) -> str:
    """Return the two-letter language of a call, "" for all; raises Refusal."""
    language = str(raw.get("language_code") or "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise Refusal.bad_request("invalid language code specified")
    return language


HANDLERS: Mapping[type[Any], Any] = {
    SetMyCommands: set_my_commands,
    GetMyCommands: get_my_commands,
    DeleteMyCommands: delete_my_commands,
}
