"""HTML formatting as Telegram reads it.

Source: https://core.telegram.org/bots/api#html-style
"""

import re
from dataclasses import dataclass, field

from sandbox.server.links import link
from sandbox.server.ordering import ordered
from sandbox.server.payload import Json, present
from sandbox.server.references import decode_all, decode_reference
from sandbox.server.refusal import Refusal
from sandbox.server.tags import TYPES, tag_argument
from sandbox.server.utf16 import utf16_length

MARK = re.compile(r"[<&]")
TAG_NAME = re.compile(r"[^\s>]*")
SPACES = re.compile(r"\s*")
ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def cannot_parse(words: str) -> Refusal:
    """Return Telegram's refusal of a text whose formatting is wrong."""
    return Refusal.bad_request(f"can't parse entities: {words}")


@dataclass(slots=True)
class OpenTag:
    """A tag that waits for its end."""

    name: str
    argument: str
    offset: int
    begin: int


@dataclass(slots=True)
class HtmlReader:
    """Reads one source text; `text` holds what has been read so far, in pieces."""

    source: str
    text: list[str] = field(default_factory=list)
    offset: int = 0
    entities: list[Json] = field(default_factory=list)
    stack: list[OpenTag] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        """Return the plain text and its entities, sorted; raises Refusal in Telegram's words."""
        source, position = self.source, 0
        while found := MARK.search(source, position):
            self._take(source[position : found.start()])
            if found.group() == "&":
                position = self._reference(found.start())
            elif source.startswith("</", found.start()):
                position = self._end_tag(found.start())
            else:
                position = self._start_tag(found.start())
        self._take(source[position:])
        if self.stack:
            raise cannot_parse(
                f"Can't find end tag corresponding to start tag {self.stack[-1].name}"
            )
        return "".join(self.text), ordered(self.entities)

    def _take(self, piece: str) -> None:
        if piece:
            self.text.append(piece)
            self.offset += utf16_length(piece)

    def _byte(self, position: int) -> str:
        return f"at byte offset {len(self.source[:position].encode('utf-8', 'surrogatepass'))}"

    def _reference(self, position: int) -> int:
        decoded, end = decode_reference(self.source, position)
        self._take(decoded)
        return end

    def _start_tag(self, begin: int) -> int:
        source = self.source
        position = self._match_end(TAG_NAME, begin + 1)
        if position == len(source):
            raise cannot_parse(f"Unclosed start tag {self._byte(begin)}")
        name = source[begin + 1 : position].lower()
        if name not in TYPES:
            raise cannot_parse(f'Unsupported start tag "{name}" {self._byte(begin)}')
        argument = ""
        while True:
            position = self._match_end(SPACES, position)
            if source.startswith(">", position):
                break
            attribute, value, position = self._attribute(name, begin, position)
            argument = tag_argument(name, attribute, value, argument)
        if name == "span" and argument != "spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" {self._byte(begin)}')
        self.stack.append(OpenTag(name, argument, self.offset, len(self.text)))
        return position + 1

    def _attribute(self, tag: str, begin: int, position: int) -> tuple[str, str, int]:
        source = self.source
        end = self._match_end(ATTRIBUTE_NAME, position)
        name = source[position:end].lower()
        if not name:
            raise cannot_parse(f'Empty attribute name in the tag "{tag}" {self._byte(begin)}')
        position = self._match_end(SPACES, end)
        if not source.startswith("=", position):
            if (tag, name) == ("blockquote", "expandable"):
                return name, "1", position
            raise cannot_parse(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" {self._byte(begin)}'
            )
        position = self._match_end(SPACES, position + 1)
        if position == len(source):
            raise cannot_parse(f'Unclosed start tag "{tag}" {self._byte(begin)}')
        value, position = self._value(position)
        if position >= len(source):
            raise cannot_parse(f"Unclosed start tag {self._byte(begin)}")
        return name, value, position

    def _value(self, position: int) -> tuple[str, int]:
        source = self.source
        quote = source[position]
        if quote in "'\"":
            end = source.find(quote, position + 1)
            if end < 0:
                return "", len(source)
            return decode_all(source[position + 1 : end]), end + 1
        end = self._match_end(NAME_TOKEN, position)
        if end < len(source) and source[end] != ">" and not source[end].isspace():
            raise cannot_parse(f"Unexpected end of name token {self._byte(position)}")
        return source[position:end].lower(), end

    def _end_tag(self, begin: int) -> int:
        if not self.stack:
            raise cannot_parse(f"Unexpected end tag {self._byte(begin)}")
        name_end = self._match_end(TAG_NAME, begin + 2)
        name = self.source[begin + 2 : name_end].lower()
        end = self._match_end(SPACES, name_end)
        if not self.source.startswith(">", end):
            raise cannot_parse(f"Unclosed end tag {self._byte(begin)}")
        opened = self.stack.pop()
        if name and name != opened.name:
            raise cannot_parse(
                f'Unmatched end tag {self._byte(begin)}, expected "</{opened.name}>", '
                f'found "</{name}>"'
            )
        length = self.offset - opened.offset
        if length > 0:
            self._close(opened, length)
        return end + 1

    def _close(self, opened: OpenTag, length: int) -> None:
        entity: Json = {
            "type": TYPES[opened.name],
            "offset": opened.offset,
            "length": length,
        }
        last = self.entities[-1] if self.entities else None
        same_place = last is not None and (last["offset"], last["length"]) == (
            opened.offset,
            length,
        )
        if opened.name == "a":
            target = link(opened.argument or "".join(self.text[opened.begin :]))
            if target is None:
                return
            entity |= target
        elif opened.name == "tg-emoji":
            if not opened.argument.isdecimal() or int(opened.argument) == 0:
                raise cannot_parse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.name == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.name == "pre" and same_place and last is not None and "_class" in last:
            last["type"], last["language"] = "pre", last.pop("_class")
            return
        elif opened.name == "code" and opened.argument:
            if same_place and last is not None and last["type"] == "pre":
                last["language"] = opened.argument
                return
            entity["_class"] = opened.argument
        self.entities.append(entity)

    def _match_end(self, pattern: re.Pattern[str], position: int) -> int:
        found = pattern.match(self.source, position)
        return position if found is None else found.end()


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return plain text and entities of an HTML text; raises Refusal `can't parse entities`."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = HtmlReader(source).read()
    return text, [without_class(entity) for entity in entities]


def without_class(entity: Json) -> Json:
    """Return an entity as Telegram shows it: a `code` keeps no language."""
    return present(**{key: value for key, value in entity.items() if key != "_class"})
