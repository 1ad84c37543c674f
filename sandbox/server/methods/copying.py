"""Messages sent on: copies without a sender, forwards with one."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import CopyMessage, CopyMessages, ForwardMessage, ForwardMessages

from sandbox.server.chats import Stored
from sandbox.server.methods.media import caption_fields
from sandbox.server.payload import Json
from sandbox.server.posting import post, post_all, read_envelope
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

ENVELOPE = frozenset(
    {
        "message_id",
        "from",
        "sender_chat",
        "chat",
        "date",
        "edit_date",
        "reply_markup",
        "reply_to_message",
        "forward_origin",
        "has_protected_content",
        "media_group_id",
    }
)
MOST_AT_ONCE = 100


def copy_message(telegram: Telegram, call: Call[CopyMessage]) -> Json:
    """Send a message's content again, with another caption if one is given."""
    source = _source(telegram, call.method.from_chat_id, call.method.message_id, "copy")
    content = _content(source)
    if "caption" in call.raw and "text" not in content:
        content = {key: value for key, value in content.items() if "caption" not in key}
        content |= caption_fields(call.raw)
    chat = telegram.reachable(call.method.chat_id)
    return {"message_id": post(telegram, chat, content, read_envelope(call))["message_id"]}


def copy_messages(telegram: Telegram, call: Call[CopyMessages]) -> list[Json]:
    """Send up to 100 messages again; albums stay albums."""
    sources = _sources(telegram, call, "copy")
    sent = _send_on(telegram, call, sources, [_content(source) for source in sources])
    return [{"message_id": message["message_id"]} for message in sent]


def forward_message(telegram: Telegram, call: Call[ForwardMessage]) -> Json:
    """Send a message on with its origin."""
    source = _source(telegram, call.method.from_chat_id, call.method.message_id, "forward")
    chat = telegram.reachable(call.method.chat_id)
    return post(telegram, chat, _forwarded(source), read_envelope(call))


def forward_messages(telegram: Telegram, call: Call[ForwardMessages]) -> list[Json]:
    """Send up to 100 messages on; albums stay albums."""
    sources = _sources(telegram, call, "forward")
    sent = _send_on(telegram, call, sources, [_forwarded(source) for source in sources])
    return [{"message_id": message["message_id"]} for message in sent]


def _send_on(
    telegram: Telegram, call: Call[Any], sources: list[Stored], contents: list[Json]
) -> list[Json]:
    albums: dict[str, str] = {}
    for source, content in zip(sources, contents, strict=True):
        album = source.json.get("media_group_id")
        if album is not None:
            content["media_group_id"] = albums.setdefault(album, telegram.next_album())
    chat = telegram.reachable(call.method.chat_id)
    return post_all(telegram, chat, contents, read_envelope(call))


def _source(telegram: Telegram, chat_id: int | str, message_id: int, verb: str) -> Stored:
    stored = telegram.find(chat_id).find(message_id)
    if stored is None:
        raise Refusal.bad_request(f"message to {verb} not found")
    if stored.json.get("has_protected_content"):
        raise Refusal.bad_request(f"message can't be {verb.replace('copy', 'copi')}ed")
    return stored


def _sources(telegram: Telegram, call: Call[Any], verb: str) -> list[Stored]:
    wanted: list[int] = call.method.message_ids
    if len(wanted) > MOST_AT_ONCE:
        raise Refusal.bad_request("too many message identifiers specified")
    chat = telegram.find(call.method.from_chat_id)
    found = [stored for stored in map(chat.find, wanted) if stored is not None]
    if not found:
        raise Refusal.bad_request(f"messages to {verb} not found")
    return found


def _content(source: Stored) -> Json:
    return {key: value for key, value in source.json.items() if key not in ENVELOPE}


def _forwarded(source: Stored) -> Json:
    known = source.json.get("forward_origin")
    return _content(source) | {"forward_origin": known or _origin(source.json)}


def _origin(message: Json) -> Json:
    if "sender_chat" in message:
        return {
            "type": "channel",
            "chat": message["sender_chat"],
            "message_id": message["message_id"],
            "date": message["date"],
        }
    return {"type": "user", "sender_user": message["from"], "date": message["date"]}


HANDLERS: Mapping[type[Any], Any] = {
    CopyMessage: copy_message,
    CopyMessages: copy_messages,
    ForwardMessage: forward_message,
    ForwardMessages: forward_messages,
}
