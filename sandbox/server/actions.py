"""What people do: write, tap, send files, start, block and come back."""

from dataclasses import dataclass

from sandbox.server.callbacks import Callback
from sandbox.server.chats import Chat, ChatType, PrivateChat, SharedChat, Stored
from sandbox.server.cleaning import clean
from sandbox.server.contents import text_content
from sandbox.server.events import EventType
from sandbox.server.faults import FaultKind
from sandbox.server.files import FileKind, Upload
from sandbox.server.formatted import CAPTION_LIMIT, TEXT_LIMIT, read_text
from sandbox.server.keyboards import labels
from sandbox.server.payload import Json
from sandbox.server.people import Person
from sandbox.server.posting import keep, media, replace
from sandbox.server.queued import UpdateKind
from sandbox.server.telegram import Telegram
from sandbox.server.utf16 import cut


class Impossible(Exception):  # noqa: N818  # said to whoever sits at the desk
    """A person cannot do this; the message says why."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting in a chat; `person` is None where a channel posts under its own name."""

    chat: Chat
    person: Person | None


def actor(telegram: Telegram, chat_id: int, person_id: int | None = None) -> Actor:
    """Return who acts where; raises KeyError for a stranger and Impossible for the departed."""
    chat = telegram.chats[chat_id]
    if isinstance(chat, PrivateChat):
        if chat.deactivated:
            raise Impossible("this account was deleted")
        if chat.blocked:
            raise Impossible("this person has blocked the bot; unblock it first")
        return Actor(chat, chat.person)
    return Actor(chat, None if person_id is None else telegram.people[person_id])


def write(telegram: Telegram, who: Actor, content: Json, *, reply_to: int | None = None) -> Json:
    """Put a person's message into a chat, queue its update, and return it."""
    chat = who.chat
    message: Json = {
        "message_id": telegram.next_message_id(chat),
        "chat": chat.json,
        "date": telegram.clock.timestamp(),
    }
    if who.person is None or chat.kind is ChatType.CHANNEL:
        message["sender_chat"] = chat.json
    else:
        message["from"] = who.person.user()
    message |= content
    answered = chat.find(reply_to)
    if answered is not None:
        message["reply_to_message"] = answered.json
    if isinstance(chat, PrivateChat):
        chat.started = True
    keep(telegram, chat, Stored(message, outgoing=False))
    if isinstance(chat, PrivateChat):
        _use_keyboard(telegram, chat, message.get("text", ""))
    if _heard(telegram, chat, message):
        kind = UpdateKind.MESSAGE
        if chat.kind is ChatType.CHANNEL:
            kind = UpdateKind.CHANNEL_POST
        telegram.updates.put(kind, message, chat.id)
    return message


def _use_keyboard(telegram: Telegram, chat: PrivateChat, text: str) -> None:
    keyboard = chat.reply_keyboard
    if keyboard and keyboard.get("one_time_keyboard") and text in labels(keyboard):
        chat.reply_keyboard = None
        telegram.events.add(EventType.KEYBOARD, chat.id, reply_keyboard=None)


def _heard(telegram: Telegram, chat: Chat, message: Json) -> bool:
    """Return whether the bot hears a message: in groups its privacy mode is on.

    Source: https://core.telegram.org/bots/features#privacy-mode
    """
    if not isinstance(chat, SharedChat):
        return True
    if not chat.membership.bot_is_member:
        return False
    if chat.membership.bot_is_administrator:
        return True
    if chat.kind is ChatType.CHANNEL:
        return False
    text = str(message.get("text", message.get("caption", "")))
    reply = message.get("reply_to_message", {}).get("from", {}).get("id")
    return text.startswith("/") or bool(reply == telegram.bot.id)


def say_formatted(telegram: Telegram, who: Actor, html: str) -> Json:
    """Write one text formatted as Telegram's apps can; raises Refusal for what is no HTML."""
    return write(telegram, who, read_text(html, "HTML", None).as_text())


def say(telegram: Telegram, who: Actor, text: str, reply_to: int | None = None) -> list[Json]:
    """Write a text; like Telegram's own apps, a long one goes as several messages."""
    pieces = cut(clean(text).strip(), TEXT_LIMIT)
    if not pieces:
        raise Impossible("a message needs a text")
    return [write(telegram, who, text_content(piece), reply_to=reply_to) for piece in pieces]


def edit(telegram: Telegram, chat_id: int, message_id: int, text: str) -> Json:
    """Change one's own text or caption; the bot gets `edited_message`.

    In a channel its people may change what the bot posted, too.
    """
    chat = telegram.chats[chat_id]
    stored = chat.find(message_id)
    if stored is None or (stored.outgoing and chat.kind is not ChatType.CHANNEL):
        raise Impossible("there is no such message of this person")
    old = stored.json
    if "text" in old:
        changed = old | text_content(cut(text, TEXT_LIMIT)[0])
    else:
        changed = old | {"caption": cut(text, CAPTION_LIMIT)[0]}
    changed["edit_date"] = telegram.clock.timestamp()
    replace(telegram, chat, stored, changed)
    kind = UpdateKind.EDITED_MESSAGE
    if chat.kind is ChatType.CHANNEL:
        kind = UpdateKind.EDITED_CHANNEL_POST
    if _heard(telegram, chat, changed):
        telegram.updates.put(kind, changed, chat.id)
    return changed


def press(telegram: Telegram, who: Actor, message_id: int, data: str) -> Callback:
    """Tap an inline button; `data` may be forged. Returns the tap, to wait for its answer."""
    stored = who.chat.find(message_id)
    if stored is None:
        raise Impossible("there is no such message")
    if who.person is None:
        raise Impossible("only a person can tap")
    tap = _tap(telegram, who, stored, data)
    if telegram.faults.of_update(FaultKind.REPEAT_TAP):
        _tap(telegram, who, stored, data)
    return tap


def _tap(telegram: Telegram, who: Actor, stored: Stored, data: str) -> Callback:
    person = who.person
    if person is None:
        raise Impossible("only a person can tap")
    tap = telegram.callbacks.add(who.chat.id, person.id)
    query = {
        "id": tap.id,
        "from": person.user(),
        "message": stored.json,
        "chat_instance": str(who.chat.id * 1_000_003),
        "data": data,
    }
    telegram.updates.put(UpdateKind.CALLBACK_QUERY, query, who.chat.id)
    return tap


def react(telegram: Telegram, who: Actor, message_id: int, emoji: str | None) -> None:
    """React to a message, or take the reaction back; bots hear of it only if they ask to."""
    stored = who.chat.find(message_id)
    if stored is None or who.person is None:
        raise Impossible("there is no such message")
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    change = {
        "chat": who.chat.json,
        "message_id": message_id,
        "user": who.person.user(),
        "date": telegram.clock.timestamp(),
        "old_reaction": stored.reactions_of.get(who.person.id, []),
        "new_reaction": new,
    }
    stored.reactions_of[who.person.id] = new
    replace(telegram, who.chat, stored, stored.json)
    telegram.updates.put(UpdateKind.MESSAGE_REACTION, change, who.chat.id)


def button(telegram: Telegram, chat_id: int, message_id: int, row: int, column: int) -> Json:
    """Return the inline button at a place, counted from 0; raises Impossible."""
    stored = telegram.chats[chat_id].find(message_id)
    rows = [] if stored is None else stored.json.get("reply_markup", {}).get("inline_keyboard", [])
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise Impossible("there is no such button")
    found: Json = rows[row][column]
    return found


def send_files(
    telegram: Telegram, who: Actor, kind: FileKind, uploads: list[Upload], caption: str = ""
) -> list[Json]:
    """Send files; several go as an album, separate messages with one `media_group_id`."""
    contents = [_file_content(telegram, kind, upload) for upload in uploads]
    if not contents:
        raise Impossible("there is no file")
    if caption:
        contents[0]["caption"] = cut(caption, CAPTION_LIMIT)[0]
    if len(contents) > 1:
        album = telegram.next_album()
        contents = [content | {"media_group_id": album} for content in contents]
    return [write(telegram, who, content) for content in contents]


def _file_content(telegram: Telegram, kind: FileKind, upload: Upload) -> Json:
    if kind is FileKind.PHOTO:
        return media(telegram, telegram.files.add_photo(upload)[-1])
    return media(telegram, telegram.files.add(kind, upload))
