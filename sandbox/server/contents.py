"""What a person's message can hold besides a plain text."""

from collections.abc import Callable
from typing import Any

from sandbox.server.detected import detect
from sandbox.server.files import FileKind, Upload
from sandbox.server.payload import Json, present
from sandbox.server.people import Person
from sandbox.server.posting import media
from sandbox.server.telegram import Telegram

STICKER = Upload("sticker.webp", b"RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00/\x00\x00\x00\x00")
PHONE = "+77000000000"


def text_content(text: str) -> Json:
    """Return a text with what Telegram's apps detect in it."""
    entities = detect(text, [])
    return {"text": text} | ({"entities": entities} if entities else {})


def read_content(telegram: Telegram, person: Person | None, body: Json) -> Json | None:
    """Return what the control API orders beside texts and uploads; None for nothing known."""
    for key, make in MAKERS.items():
        if body.get(key):
            return make(telegram, person, body[key])
    return None


def _location(telegram: Telegram, person: Person | None, place: Json) -> Json:
    del telegram, person
    point = {name: float(place[name]) for name in ("latitude", "longitude")}
    return {"location": point}


def _contact(telegram: Telegram, person: Person | None, contact: Json) -> Json:
    del telegram
    owner = person if contact.get("own") else None
    name = contact.get("first_name") or (owner.first_name if owner else "Contact")
    return {
        "contact": present(
            phone_number=contact.get("phone_number") or PHONE,
            first_name=name,
            last_name=contact.get("last_name"),
            user_id=owner.id if owner else None,
        )
    }


def _sticker(telegram: Telegram, person: Person | None, wanted: object) -> Json:
    del person, wanted
    return media(telegram, telegram.files.add(FileKind.STICKER, STICKER, {"emoji": "👍"}))


def _dice(telegram: Telegram, person: Person | None, wanted: object) -> Json:
    del telegram, person, wanted
    return {"dice": {"emoji": "🎲", "value": 4}}


def _forward(telegram: Telegram, person: Person | None, forward: Json) -> Json:
    del person
    if "chat" in forward:
        return _forwarded_post(telegram, int(forward["chat"]), int(forward["message_id"]))
    origin = {
        "type": "hidden_user",
        "sender_user_name": str(forward.get("from") or "Somebody"),
        "date": telegram.clock.timestamp(),
    }
    return text_content(str(forward["text"])) | {"forward_origin": origin}


def _forwarded_post(telegram: Telegram, chat_id: int, message_id: int) -> Json:
    """Return a channel's post as somebody hands it on."""
    chat = telegram.chats[chat_id]
    found = chat.find(message_id)
    if found is None:
        raise KeyError(message_id)
    post = found.json
    left = {"message_id", "chat", "date", "sender_chat", "media_group_id", "edit_date"}
    origin = {"type": "channel", "chat": chat.json, "message_id": message_id, "date": post["date"]}
    kept = {name: value for name, value in post.items() if name not in left}
    return kept | {"forward_origin": origin}


def _claimed_file(telegram: Telegram, person: Person | None, file: Json) -> Json:
    del person
    upload = Upload(
        str(file.get("file_name", "")), b"", file.get("mime_type"), int(file["file_size"])
    )
    return media(telegram, telegram.files.add(FileKind(file.get("kind", "document")), upload))


MAKERS: dict[str, Callable[[Telegram, Person | None, Any], Json]] = {
    "location": _location,
    "contact": _contact,
    "sticker": _sticker,
    "dice": _dice,
    "forward": _forward,
    "file": _claimed_file,
}
