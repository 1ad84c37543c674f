"""Messages taken back."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import DeleteMessage, DeleteMessages

from sandbox.server.chats import Chat, ChatType, CrowdMember, SharedChat, Stored
from sandbox.server.events import EventType
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

DELETABLE_SECONDS = 48 * 3600
"""Telegram deletes messages of the last 48 hours only."""
MOST_AT_ONCE = 100


def delete_message(telegram: Telegram, call: Call[DeleteMessage]) -> bool:
    """Delete one message of the last 48 hours, by the sandbox's clock.

    Source: https://core.telegram.org/bots/api#deletemessage
    """
    chat = telegram.find(call.method.chat_id)
    if isinstance(chat, CrowdMember):
        return True
    stored = chat.find(call.method.message_id)
    if stored is None:
        raise Refusal.bad_request("message to delete not found")
    if not _deletable(telegram, chat, stored):
        raise Refusal.bad_request("message can't be deleted for everyone")
    _delete(telegram, chat, call.method.message_id)
    return True


def delete_messages(telegram: Telegram, call: Call[DeleteMessages]) -> bool:
    """Delete up to 100 messages; those that cannot be deleted are skipped, as Telegram does."""
    chat = telegram.find(call.method.chat_id)
    wanted = call.method.message_ids
    if not wanted:
        raise Refusal.bad_request("message identifiers are not specified")
    if len(wanted) > MOST_AT_ONCE:
        raise Refusal.bad_request("too many message identifiers specified")
    for message_id in wanted:
        stored = chat.find(message_id)
        if stored is not None and _deletable(telegram, chat, stored):
            _delete(telegram, chat, message_id)
    return True


def _deletable(telegram: Telegram, chat: Chat, stored: Stored) -> bool:
    may_delete = (
        stored.outgoing
        or chat.kind is ChatType.PRIVATE
        or (isinstance(chat, SharedChat) and chat.membership.bot_is_administrator)
    )
    young = telegram.clock.timestamp() - stored.json["date"] <= DELETABLE_SECONDS
    return may_delete and young


def _delete(telegram: Telegram, chat: Chat, message_id: int) -> None:
    chat.remove(message_id)
    telegram.events.add(EventType.DELETE, chat.id, message_id=message_id)


HANDLERS: Mapping[type[Any], Any] = {
    DeleteMessage: delete_message,
    DeleteMessages: delete_messages,
}
