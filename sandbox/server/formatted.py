"""Texts and captions: parse mode, entities, trimming, and Telegram's length limits."""

from dataclasses import dataclass, field

from aiogram.client.default import Default

from sandbox.server.cleaning import clean
from sandbox.server.detected import detect
from sandbox.server.html import parse_html
from sandbox.server.markdown import parse_markdown
from sandbox.server.ordering import ordered
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.utf16 import utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BLANKS = " \t\n\r\v\f\u200b\u2060\ufeff\u00a0"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as Telegram keeps it; offsets and lengths of entities are UTF-16 units."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)

    def as_text(self) -> Json:
        """Return the fields of a text message."""
        return {"text": self.text} | ({"entities": self.entities} if self.entities else {})

    def as_caption(self) -> Json:
        """Return the fields of a captioned message; none when there is no caption."""
        if not self.text:
            return {}
        caption: Json = {"caption": self.text}
        return caption | ({"caption_entities": self.entities} if self.entities else {})


def read_text(source: str | None, parse_mode: object, entities: list[Json] | None) -> Formatted:
    """Return a message text; raises Refusal when it is empty or over 4,096 UTF-16 units.

    Source: https://core.telegram.org/bots/api#sendmessage, "1-4096 characters after entities
    parsing".
    """
    if not source:
        raise Refusal.bad_request("message text is empty")
    found = _read(source, parse_mode, entities)
    if not found.text:
        raise Refusal.bad_request("text must be non-empty")
    if utf16_length(found.text) > TEXT_LIMIT:
        raise Refusal.bad_request("message is too long")
    return found


def read_caption(source: str | None, parse_mode: object, entities: list[Json] | None) -> Formatted:
    """Return a caption, possibly empty; raises Refusal over 1,024 UTF-16 units."""
    if not source:
        return Formatted()
    found = _read(source, parse_mode, entities)
    if utf16_length(found.text) > CAPTION_LIMIT:
        raise Refusal.bad_request("message caption is too long")
    return found


def _read(source: str, parse_mode: object, entities: list[Json] | None) -> Formatted:
    mode = "" if parse_mode is None or isinstance(parse_mode, Default) else str(parse_mode).lower()
    source = clean(source)
    if entities:
        text, found = source, _inside(entities, utf16_length(source))
    elif mode in {"", "none"}:
        text, found = source, []
    elif mode == "html":
        text, found = parse_html(source)
    elif mode == "markdownv2":
        text, found = parse_markdown(source)
    elif mode == "markdown":
        raise Refusal.bad_request("the sandbox does not read the legacy parse_mode Markdown")
    else:
        raise Refusal.bad_request("unsupported parse_mode")
    return trimmed(text, found)


def _inside(entities: list[Json], length: int) -> list[Json]:
    valid = (
        entity
        for entity in entities
        if entity["offset"] >= 0
        and entity["length"] > 0
        and entity["offset"] + entity["length"] <= length
    )
    return ordered(list(valid))


def trimmed(text: str, entities: list[Json]) -> Formatted:
    """Return the text without blanks at its ends, with what Telegram detects in it."""
    shorter = text.rstrip(BLANKS)
    final = shorter.lstrip(BLANKS)
    cut = len(shorter) - len(final)
    if entities and len(final) != len(text):
        entities = _shifted(entities, cut, utf16_length(final))
    return Formatted(final, detect(final, entities))


def _shifted(entities: list[Json], by: int, length: int) -> list[Json]:
    moved = []
    for entity in entities:
        begin = max(entity["offset"] - by, 0)
        end = min(entity["offset"] + entity["length"] - by, length)
        if end > begin:
            moved.append(entity | {"offset": begin, "length": end - begin})
    return moved
