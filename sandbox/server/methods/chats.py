"""Chats: who is in them, what is pinned."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import (
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    LeaveChat,
    PinChatMessage,
    UnpinAllChatMessages,
    UnpinChatMessage,
)

from sandbox.server.chats import Chat, ChatType, CrowdMember, PrivateChat, SharedChat
from sandbox.server.members import bot_member, member
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def get_chat(telegram: Telegram, call: Call[GetChat]) -> Json:
    """Return a chat's full description, with its pinned message."""
    chat = telegram.find(call.method.chat_id)
    full = chat.json | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": NO_GIFTS,
    }
    pinned = chat.find(chat.pinned[-1]) if chat.pinned else None
    return full | ({"pinned_message": pinned.json} if pinned else {})


def get_chat_member(telegram: Telegram, call: Call[GetChatMember]) -> Json:
    """Return what somebody is in a chat."""
    chat = telegram.find(call.method.chat_id)
    if call.method.user_id == telegram.bot.id:
        return bot_member(telegram, chat)
    person = telegram.people.get(call.method.user_id)
    if person is None:
        raise Refusal.bad_request("user not found")
    return member(chat, person)


def get_chat_member_count(telegram: Telegram, call: Call[GetChatMemberCount]) -> int:
    """Return how many belong to a chat, the bot included."""
    chat = telegram.find(call.method.chat_id)
    if isinstance(chat, SharedChat):
        return len(chat.membership.members) + chat.membership.bot_is_member
    return 2


def get_chat_administrators(telegram: Telegram, call: Call[GetChatAdministrators]) -> list[Json]:
    """Return a group's administrators."""
    chat = telegram.find(call.method.chat_id)
    if not isinstance(chat, SharedChat):
        raise Refusal.bad_request("there are no administrators in the private chat")
    people = [member(chat, telegram.people[each]) for each in chat.membership.administrators]
    if chat.membership.bot_is_administrator:
        people.append(bot_member(telegram, chat))
    return people


def leave_chat(telegram: Telegram, call: Call[LeaveChat]) -> bool:
    """Let the bot leave a group or channel."""
    chat = telegram.find(call.method.chat_id)
    if not isinstance(chat, SharedChat):
        raise Refusal.bad_request("chat member status can't be changed in private chats")
    chat.membership.bot_is_member = False
    return True


def pin(telegram: Telegram, call: Call[PinChatMessage]) -> bool:
    """Pin a message."""
    chat = _pinning(telegram, call)
    if isinstance(chat, CrowdMember):
        return True
    if chat.find(call.method.message_id) is None:
        raise Refusal.bad_request("message to pin not found")
    if call.method.message_id in chat.pinned:
        chat.pinned.remove(call.method.message_id)
    chat.pinned.append(call.method.message_id)
    return True


def unpin(telegram: Telegram, call: Call[UnpinChatMessage]) -> bool:
    """Unpin a message, or the last pinned one."""
    chat = _pinning(telegram, call)
    wanted = call.method.message_id or (chat.pinned[-1] if chat.pinned else None)
    if wanted is None or wanted not in chat.pinned:
        raise Refusal.bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def unpin_all(telegram: Telegram, call: Call[UnpinAllChatMessages]) -> bool:
    """Unpin everything."""
    _pinning(telegram, call).pinned.clear()
    return True


def _pinning(telegram: Telegram, call: Call[Any]) -> Chat:
    chat = telegram.reachable(call.method.chat_id)
    if isinstance(chat, PrivateChat | CrowdMember):
        return chat
    if isinstance(chat, SharedChat) and not chat.membership.bot_is_administrator:
        words = "not enough rights to manage pinned messages in the chat"
        raise Refusal.bad_request(
            words if chat.kind is not ChatType.CHANNEL else "need administrator rights"
        )
    return chat


HANDLERS: Mapping[type[Any], Any] = {
    GetChat: get_chat,
    GetChatMember: get_chat_member,
    GetChatMemberCount: get_chat_member_count,
    GetChatAdministrators: get_chat_administrators,
    LeaveChat: leave_chat,
    PinChatMessage: pin,
    UnpinChatMessage: unpin,
    UnpinAllChatMessages: unpin_all,
}
