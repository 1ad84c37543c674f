"""What people do: write, tap, send files, start, block and come back."""

from dataclasses import dataclass
from typing import Any

from sandbox.server.callbacks import Callback
from sandbox.server.chats import Chat, ChatType, PrivateChat, SharedChat, Stored
from sandbox.server.detected import detect
from sandbox.server.entities import utf16_length
from sandbox.server.events import EventType
from sandbox.server.faults import FaultKind
from sandbox.server.files import FileKind, Upload
from sandbox.server.formatted import CAPTION_LIMIT, TEXT_LIMIT
from sandbox.server.keyboards import labels
from sandbox.server.members import bot_member
from sandbox.server.payload import Json, present
from sandbox.server.people import Person
from sandbox.server.posting import keep, media, replace
from sandbox.server.telegram import Telegram
from sandbox.server.updates import UpdateKind

STICKER = Upload("sticker.webp", b"RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00/\x00\x00\x00\x00")
PHONE = "+77000000000"
PAYLOAD_LIMIT = 64


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


def say(telegram: Telegram, who: Actor, text: str, reply_to: int | None = None) -> list[Json]:
    """Write a text; like Telegram's own apps, a long one goes as several messages."""
    pieces = cut(text.strip(), TEXT_LIMIT)
    if not pieces:
        raise Impossible("a message needs a text")
    return [write(telegram, who, text_content(piece), reply_to=reply_to) for piece in pieces]


def text_content(text: str) -> Json:
    """Return a text with what Telegram's apps detect in it."""
    entities = detect(text, [])
    return {"text": text} | ({"entities": entities} if entities else {})


def cut(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` UTF-16 units."""
    if utf16_length(text) <= limit:
        return [text] if text else []
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for sign in text:
        width = 2 if ord(sign) > 0xFFFF else 1  # noqa: PLR2004  # beyond one UTF-16 unit
        if size + width > limit:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(sign)
        size += width
    return [*pieces, "".join(piece)]


def start(telegram: Telegram, person_id: int, payload: str = "") -> Json:
    """Press «Start», by a deep link if there is a payload; lifts a block as Telegram's apps do."""
    if len(payload) > PAYLOAD_LIMIT:
        raise Impossible("a deep link carries at most 64 characters")
    unblock(telegram, person_id)
    text = f"/start {payload}".rstrip()
    return write(telegram, actor(telegram, person_id), text_content(text))


def block(telegram: Telegram, person_id: int) -> None:
    """Block the bot; the bot hears of it by `my_chat_member`."""
    _change_block(telegram, person_id, blocked=True)


def unblock(telegram: Telegram, person_id: int) -> None:
    """Let the bot write again; the bot hears of it by `my_chat_member`."""
    _change_block(telegram, person_id, blocked=False)


def _change_block(telegram: Telegram, person_id: int, *, blocked: bool) -> None:
    chat = telegram.private(person_id)
    if chat.blocked is blocked:
        return
    before = bot_member(telegram, chat)
    chat.blocked = blocked
    change = {
        "chat": chat.json,
        "from": chat.person.user(),
        "date": telegram.clock.timestamp(),
        "old_chat_member": before,
        "new_chat_member": bot_member(telegram, chat),
    }
    telegram.updates.put(UpdateKind.MY_CHAT_MEMBER, change, chat.id)
    telegram.events.add(EventType.PERSON, chat.id, blocked=blocked)


def edit(telegram: Telegram, chat_id: int, message_id: int, text: str) -> Json:
    """Change one's own text or caption; the bot gets `edited_message`."""
    chat = telegram.chats[chat_id]
    stored = chat.find(message_id)
    if stored is None or stored.outgoing:
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


def other_content(telegram: Telegram, who: Actor, body: dict[str, Any]) -> Json | None:
    """Return what a person sends beside texts and files, as the control API orders it."""
    match body:
        case {"location": dict() as place}:
            return {
                "location": {
                    "latitude": float(place["latitude"]),
                    "longitude": float(place["longitude"]),
                }
            }
        case {"contact": dict() as contact}:
            return {"contact": _contact(who, contact)}
        case {"sticker": True}:
            stored = telegram.files.add(FileKind.STICKER, STICKER, {"emoji": "👍"})
            return media(telegram, stored)
        case {"dice": True}:
            return {"dice": {"emoji": "🎲", "value": 4}}
        case {"forward": dict() as forward}:
            return _forwarded(telegram, forward)
        case {"file": dict() as file}:
            return _claimed(telegram, file)
        case _:
            return None


def _contact(who: Actor, contact: Json) -> Json:
    person = who.person
    own = bool(contact.get("own")) and person is not None
    name = contact.get("first_name") or (person.first_name if own and person else "Contact")
    return present(
        phone_number=contact.get("phone_number") or PHONE,
        first_name=name,
        last_name=contact.get("last_name"),
        user_id=person.id if own and person else None,
    )


def _forwarded(telegram: Telegram, forward: Json) -> Json:
    origin = {
        "type": "hidden_user",
        "sender_user_name": str(forward.get("from") or "Somebody"),
        "date": telegram.clock.timestamp(),
    }
    return text_content(str(forward["text"])) | {"forward_origin": origin}


def _claimed(telegram: Telegram, file: Json) -> Json:
    upload = Upload(
        str(file.get("file_name", "")), b"", file.get("mime_type"), int(file["file_size"])
    )
    stored = telegram.files.add(FileKind(file.get("kind", "document")), upload)
    return media(telegram, stored)
