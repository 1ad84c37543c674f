"""Reactions of the bot to messages."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import SetMessageReaction

from sandbox.server.chats import CrowdMember
from sandbox.server.posting import replace
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram


def set_message_reaction(telegram: Telegram, call: Call[SetMessageReaction]) -> bool:
    """Show the bot's reaction to a message; a bot has one reaction at most."""
    chat = telegram.reachable(call.method.chat_id)
    if isinstance(chat, CrowdMember):
        return True
    stored = chat.find(call.method.message_id)
    if stored is None:
        raise Refusal.bad_request("message to react not found")
    reaction = call.raw.get("reaction") or []
    if len(reaction) > 1:
        raise Refusal.bad_request("REACTIONS_TOO_MANY")
    stored.reactions_of[telegram.bot.id] = reaction
    replace(telegram, chat, stored, stored.json)
    return True


HANDLERS: Mapping[type[Any], Any] = {SetMessageReaction: set_message_reaction}
