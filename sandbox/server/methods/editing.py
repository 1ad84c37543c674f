"""Messages of the bot, changed in place."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
)

from sandbox.server.chats import Chat, CrowdMember, Stored
from sandbox.server.files import FileKind
from sandbox.server.formatted import read_text
from sandbox.server.keyboards import read_inline
from sandbox.server.methods.media import caption_fields, facts_of, resolve
from sandbox.server.payload import Json
from sandbox.server.posting import media, replace
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
TEXT_FIELDS = ("text", "entities", "link_preview_options")
CAPTION_FIELDS = (
    "caption",
    "caption_entities",
    "has_media_spoiler",
    "show_caption_above_media",
)
MEDIA_FIELDS = tuple(kind.value for kind in FileKind)


def edit_text(telegram: Telegram, call: Call[EditMessageText]) -> Json | bool:
    """Change a text; the same limits as for sending."""
    raw = call.raw
    text = read_text(raw.get("text"), raw.get("parse_mode"), raw.get("entities")).as_text()
    if "link_preview_options" in raw:
        text["link_preview_options"] = raw["link_preview_options"]
    markup = read_inline(raw.get("reply_markup"))
    chat, stored = editable(telegram, call)
    if stored is None:
        return _crowd_message(chat, call, text)
    if "text" not in stored.json:
        raise Refusal.bad_request("there is no text in the message to edit")
    return _finish(telegram, chat, stored, _without(stored.json, TEXT_FIELDS) | text, markup)


def edit_caption(telegram: Telegram, call: Call[EditMessageCaption]) -> Json | bool:
    """Change a caption, or take it away."""
    caption = caption_fields(call.raw)
    markup = read_inline(call.raw.get("reply_markup"))
    chat, stored = editable(telegram, call)
    if stored is None:
        return _crowd_message(chat, call, caption)
    if not any(field in stored.json for field in MEDIA_FIELDS):
        raise Refusal.bad_request("there is no caption in the message to edit")
    kept = _without(stored.json, CAPTION_FIELDS)
    return _finish(telegram, chat, stored, kept | caption, markup)


def edit_media(telegram: Telegram, call: Call[EditMessageMedia]) -> Json | bool:
    """Put another photo, video, animation, audio file or document into a message."""
    part: Json = call.raw["media"]
    caption = caption_fields(part)
    markup = read_inline(call.raw.get("reply_markup"))
    chat, stored = editable(telegram, call)
    kind = FileKind(part["type"])
    content = media(telegram, resolve(telegram, kind, part["media"], call.files, facts_of(part)))
    if stored is None:
        return _crowd_message(chat, call, content | caption)
    kept = _without(stored.json, TEXT_FIELDS + CAPTION_FIELDS + MEDIA_FIELDS)
    return _finish(telegram, chat, stored, kept | content | caption, markup)


def edit_markup(telegram: Telegram, call: Call[EditMessageReplyMarkup]) -> Json | bool:
    """Change or take away an inline keyboard."""
    markup = read_inline(call.raw.get("reply_markup"))
    chat, stored = editable(telegram, call)
    if stored is None:
        return _crowd_message(chat, call, {})
    return _finish(telegram, chat, stored, dict(stored.json), markup)


def editable(telegram: Telegram, call: Call[Any]) -> tuple[Chat, Stored | None]:
    """Return the message that a call names (None: one of a crowd); raises Refusal.

    Telegram lets a bot edit only its own messages, and never one sent with a reply keyboard.
    """
    method = call.method
    if method.inline_message_id is not None:
        raise Refusal.bad_request("MESSAGE_ID_INVALID")
    chat = telegram.find(method.chat_id)
    if method.message_id is None:
        raise Refusal.bad_request("message identifier is not specified")
    if isinstance(chat, CrowdMember):
        return chat, None
    stored = chat.find(method.message_id)
    if stored is None:
        raise Refusal.bad_request("message to edit not found")
    if not stored.outgoing or stored.fixed or "forward_origin" in stored.json:
        raise Refusal.bad_request("message can't be edited")
    return chat, stored


def _finish(
    telegram: Telegram, chat: Chat, stored: Stored, message: Json, markup: Json | None
) -> Json:
    message.pop("reply_markup", None)
    if markup is not None:
        message["reply_markup"] = markup
    if _without(message, ("edit_date",)) == _without(stored.json, ("edit_date",)):
        raise Refusal.bad_request(NOT_MODIFIED)
    message["edit_date"] = telegram.clock.timestamp()
    replace(telegram, chat, stored, message)
    return message


def _crowd_message(chat: Chat, call: Call[Any], content: Json) -> Json:
    return {"message_id": call.method.message_id, "chat": chat.json, "date": 1} | content


def _without(message: Json, fields: tuple[str, ...]) -> Json:
    return {name: value for name, value in message.items() if name not in fields}


HANDLERS: Mapping[type[Any], Any] = {
    EditMessageText: edit_text,
    EditMessageCaption: edit_caption,
    EditMessageMedia: edit_media,
    EditMessageReplyMarkup: edit_markup,
}
