"""Photos, documents, videos, voice and the rest, one by one and as albums."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVideoNote,
    SendVoice,
)

from sandbox.server.files import FileKind, StoredFile, Upload
from sandbox.server.formatted import read_caption
from sandbox.server.payload import Json, present
from sandbox.server.posting import media, post, post_all, read_envelope
from sandbox.server.refusal import Refusal
from sandbox.server.requests import AnyMethod, Call
from sandbox.server.telegram import Telegram

ALBUM_LIMIT = 10
"""An album has 2 to 10 parts: https://core.telegram.org/bots/api#sendmediagroup."""
ALONE = frozenset({FileKind.DOCUMENT, FileKind.AUDIO})
"""Documents and audio files form albums only among themselves."""
KINDS: Mapping[type[AnyMethod], FileKind] = {
    SendPhoto: FileKind.PHOTO,
    SendDocument: FileKind.DOCUMENT,
    SendVideo: FileKind.VIDEO,
    SendVoice: FileKind.VOICE,
    SendAudio: FileKind.AUDIO,
    SendAnimation: FileKind.ANIMATION,
    SendSticker: FileKind.STICKER,
    SendVideoNote: FileKind.VIDEO_NOTE,
}
FACTS = ("width", "height", "duration", "performer", "title", "length", "emoji")


def resolve(
    telegram: Telegram, kind: FileKind, source: str, files: Mapping[str, Upload], facts: Json
) -> StoredFile:
    """Return the file that a parameter names: an upload, or a file_id; raises Refusal."""
    if source.startswith("attach://"):
        upload = files.get(source.removeprefix("attach://"))
        if upload is None:
            raise Refusal.bad_request("can't find field with attached file in the request")
        if not upload.data:
            raise Refusal.bad_request("file must be non-empty")
        if kind is FileKind.PHOTO:
            return telegram.files.add_photo(upload)[-1]
        return telegram.files.add(kind, upload, facts)
    if source.startswith(("http://", "https://")):
        raise Refusal.bad_request("failed to get HTTP URL content")
    stored = telegram.files.find(source)
    if stored is None:
        raise Refusal.bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind is not kind:
        raise Refusal.bad_request(f"can't use file of type {_word(stored.kind)} as {_word(kind)}")
    return stored


def _word(kind: FileKind) -> str:
    return {FileKind.VOICE: "VoiceNote", FileKind.VIDEO_NOTE: "VideoNote"}.get(
        kind, kind.value.title()
    )


def facts_of(source: Json) -> Json:
    """Return the numbers and names that come with a file."""
    numbers = ("width", "height", "duration", "length")
    return {
        name: int(source[name]) if name in numbers else source[name]
        for name in FACTS
        if name in source
    }


def caption_fields(source: Json) -> Json:
    """Return the caption's part of a message; raises Refusal over 1,024 UTF-16 units."""
    caption = read_caption(
        source.get("caption"), source.get("parse_mode"), source.get("caption_entities")
    ).as_caption()
    flags = {
        "has_media_spoiler": source.get("has_spoiler") in {True, "true"} or None,
        "show_caption_above_media": source.get("show_caption_above_media") in {True, "true"}
        or None,
    }
    return caption | present(**flags)


def send_file(telegram: Telegram, call: Call[Any]) -> Json:
    """Send one file of any kind with an optional caption."""
    kind = KINDS[type(call.method)]
    caption = {} if kind is FileKind.STICKER else caption_fields(call.raw)
    envelope = read_envelope(call)
    source = str(call.raw[kind.value])
    stored = resolve(telegram, kind, source, call.files, facts_of(call.raw))
    chat = telegram.reachable(call.method.chat_id)
    return post(telegram, chat, media(telegram, stored) | caption, envelope)


def send_media_group(telegram: Telegram, call: Call[SendMediaGroup]) -> list[Json]:
    """Send an album: separate messages with one `media_group_id`."""
    parts: list[Json] = call.raw["media"]
    if not parts:
        raise Refusal.bad_request("there are no messages to send")
    if len(parts) > ALBUM_LIMIT:
        raise Refusal.bad_request("too many messages to send as an album")
    kinds = {_album_kind(part) for part in parts}
    if len(kinds) > 1 and kinds & ALONE:
        word = "Document" if FileKind.DOCUMENT in kinds else "Audio"
        raise Refusal.bad_request(f"{word} can't be mixed with other media types")
    envelope = read_envelope(call)
    contents = [
        media(
            telegram,
            resolve(telegram, _album_kind(part), part["media"], call.files, facts_of(part)),
        )
        | caption_fields(part)
        for part in parts
    ]
    chat = telegram.reachable(call.method.chat_id)
    if len(contents) > 1:
        album = telegram.next_album()
        contents = [content | {"media_group_id": album} for content in contents]
    return post_all(telegram, chat, contents, envelope)


def _album_kind(part: Json) -> FileKind:
    kinds = {
        "photo": FileKind.PHOTO,
        "video": FileKind.VIDEO,
        "document": FileKind.DOCUMENT,
        "audio": FileKind.AUDIO,
    }
    found = kinds.get(part.get("type", ""))
    if found is None:
        raise Refusal.bad_request("type of file mismatch")
    return found


HANDLERS: Mapping[type[Any], Any] = {
    **dict.fromkeys(KINDS, send_file),
    SendMediaGroup: send_media_group,
}
