"""How a message of the bot comes into a chat."""

from dataclasses import dataclass
from typing import Any

from sandbox.server.chats import Chat, ChatType, CrowdMember, PrivateChat, SharedChat, Stored
from sandbox.server.described import described
from sandbox.server.events import EventType
from sandbox.server.files import StoredFile
from sandbox.server.keyboards import NOTHING, Markup, read_markup
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram


@dataclass(frozen=True, slots=True)
class Envelope:
    """What sending methods share beside their content."""

    markup: Markup = NOTHING
    reply_to: Json | None = None
    paid: bool = False
    protected: bool = False


def read_envelope(call: Call[Any]) -> Envelope:
    """Return what is common to sending methods; raises Refusal for a wrong keyboard."""
    raw = call.raw
    reply_to = raw.get("reply_parameters")
    if reply_to is None and "reply_to_message_id" in raw:
        reply_to = {"message_id": int(raw["reply_to_message_id"])}
    return Envelope(
        read_markup(raw.get("reply_markup")) if "reply_markup" in raw else NOTHING,
        reply_to,
        raw.get("allow_paid_broadcast") in {True, "true", "1"},
        raw.get("protect_content") in {True, "true", "1"},
    )


def post(telegram: Telegram, chat: Chat, content: Json, envelope: Envelope) -> Json:
    """Put one message of the bot into a chat and return it; raises Refusal past the limits."""
    return post_all(telegram, chat, [content], envelope)[0]


def post_all(
    telegram: Telegram, chat: Chat, contents: list[Json], envelope: Envelope
) -> list[Json]:
    """Put several messages into a chat at once; all of them count, none goes alone."""
    group = isinstance(chat, SharedChat)
    answered = replied(chat, envelope.reply_to)
    telegram.pace.take(chat.id, len(contents), group=group, paid=envelope.paid)
    if isinstance(chat, CrowdMember):
        chat.crowd.receive(chat.id, len(contents))
    return [_add(telegram, chat, content, envelope, answered) for content in contents]


def replied(chat: Chat, reply_to: Json | None) -> Json | None:
    """Return the message that is being replied to; raises Refusal when it is not there."""
    if not reply_to:
        return None
    found = chat.find(int(reply_to["message_id"]))
    if found is not None:
        return {key: value for key, value in found.json.items() if key != "reply_to_message"}
    if reply_to.get("allow_sending_without_reply"):
        return None
    raise Refusal.bad_request("message to be replied not found")


def _add(
    telegram: Telegram, chat: Chat, content: Json, envelope: Envelope, answered: Json | None
) -> Json:
    message: Json = {
        "message_id": telegram.next_message_id(chat),
        "chat": chat.json,
        "date": telegram.clock.timestamp(),
    }
    if chat.kind is ChatType.CHANNEL:
        message["sender_chat"] = chat.json
    else:
        message["from"] = telegram.bot.user()
    message |= content
    if answered is not None:
        message["reply_to_message"] = answered
    if envelope.protected:
        message["has_protected_content"] = True
    if envelope.markup.inline is not None:
        message["reply_markup"] = envelope.markup.inline
    if not isinstance(chat, CrowdMember):
        stored = Stored(message, outgoing=True, fixed=envelope.markup.fixes)
        keep(telegram, chat, stored)
        if isinstance(chat, PrivateChat):
            chat.actions.clear()
            change_keyboard(telegram, chat, envelope.markup)
    return message


def keep(telegram: Telegram, chat: Chat, stored: Stored) -> None:
    """Add a message to its chat and tell those who watch."""
    chat.add(stored)
    number = telegram.events.last + 1
    stored.event = number
    telegram.events.add(EventType.MESSAGE, chat.id, message=stored.shown())


def replace(telegram: Telegram, chat: Chat, stored: Stored, message: Json) -> None:
    """Put an edited message in the place of the old one and tell those who watch."""
    stored.json = message
    stored.event = telegram.events.last + 1
    telegram.events.add(EventType.EDIT, chat.id, message=stored.shown())


def change_keyboard(telegram: Telegram, chat: PrivateChat, markup: Markup) -> None:
    """Show or take away the reply keyboard as a message asked."""
    if markup.reply is None and not markup.removes:
        return
    chat.reply_keyboard = markup.reply
    telegram.events.add(EventType.KEYBOARD, chat.id, reply_keyboard=markup.reply)


def media(telegram: Telegram, stored: StoredFile) -> Json:
    """Return the field of a message that shows a file."""
    if stored.kind.value == "photo":
        sizes = telegram.files.photo_sizes(stored)
        return {"photo": [described(size) for size in sizes]}
    shown = described(stored)
    if stored.kind.value == "animation":
        return {"animation": shown, "document": shown}
    return {stored.kind.value: shown}
