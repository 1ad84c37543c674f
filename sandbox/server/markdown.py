"""MarkdownV2 formatting as Telegram reads it.

Source: https://core.telegram.org/bots/api#markdownv2-style
"""

from sandbox.server.html import cannot_parse
from sandbox.server.links import link
from sandbox.server.ordering import ordered
from sandbox.server.payload import Json
from sandbox.server.utf16 import utf16_length

MARKS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
    "[": "text_link",
}
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
RAW = frozenset({"`", "```"})


class MarkdownReader:
    """Reads one source text; block quotations and custom emoji are refused."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.text: list[str] = []
        self.offset = 0
        self.entities: list[Json] = []
        self.stack: list[tuple[str, int, int]] = []
        self.language = ""

    def read(self) -> tuple[str, list[Json]]:
        """Return the plain text and its entities; raises Refusal in Telegram's words."""
        while self.position < len(self.source):
            self._step(self.source[self.position])
        if self.stack:
            mark, _, begin = self.stack[-1]
            raise cannot_parse(
                f"Can't find end of {MARKS[mark].title()} entity at byte offset {begin}"
            )
        return "".join(self.text), ordered(self.entities)

    def _step(self, sign: str) -> None:
        following = self.source[self.position + 1 : self.position + 2]
        if sign == "\\" and following and following.isascii():
            self._take(following, 2)
            return
        mark = self._mark(sign)
        inside = self.stack[-1][0] if self.stack else ""
        if inside in RAW and mark != inside:
            self._take(sign, 1)
        elif inside and (mark == inside or (inside == "[" and sign == "]")):
            self._close(mark)
        elif mark in MARKS:
            self._open(mark)
        elif sign in RESERVED:
            raise cannot_parse(
                f"Character '{sign}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            self._take(sign, 1)

    def _mark(self, sign: str) -> str:
        for mark in ("```", "__", "||"):
            if self.source.startswith(mark, self.position):
                return mark
        return sign if sign != "|" else ""

    def _take(self, piece: str, width: int) -> None:
        self.text.append(piece)
        self.offset += utf16_length(piece)
        self.position += width

    def _open(self, mark: str) -> None:
        begin = len(self.source[: self.position].encode())
        self.stack.append((mark, self.offset, begin))
        self.position += len(mark)
        if mark == "```":
            line_end = self.source.find("\n", self.position)
            word = self.source[self.position : line_end] if line_end >= 0 else ""
            if word and not any(sign.isspace() or sign == "`" for sign in word):
                self.language = word
                self.position = line_end
            if self.source.startswith("\n", self.position):
                self.position += 1

    def _close(self, mark: str) -> None:
        opened, offset, _ = self.stack.pop()
        entity: Json = {
            "type": MARKS[opened],
            "offset": offset,
            "length": self.offset - offset,
        }
        if opened == "[":
            self.position += 1
            entity |= self._target() or {"type": ""}
        else:
            self.position += len(mark)
        if opened == "```" and self.language:
            entity["language"], self.language = self.language, ""
        if entity["length"] > 0 and entity["type"]:
            self.entities.append(entity)

    def _target(self) -> Json | None:
        if not self.source.startswith("(", self.position):
            return None
        end = self.position + 1
        target = []
        while end < len(self.source) and self.source[end] != ")":
            if self.source[end] == "\\" and end + 1 < len(self.source):
                end += 1
            target.append(self.source[end])
            end += 1
        if end >= len(self.source):
            raise cannot_parse("Can't find end of a URL")
        self.position = end + 1
        return link("".join(target))


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Return plain text and entities of a MarkdownV2 text; raises Refusal."""
    return MarkdownReader(source).read()
