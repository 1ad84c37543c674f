"""Entities that Telegram finds by itself: commands, mentions, hashtags, links, addresses."""

import re

from sandbox.server.ordering import ordered
from sandbox.server.payload import Json
from sandbox.server.utf16 import utf16_length

ANY_SIGN = re.compile(r"[/@#.:]")
PATTERNS = (
    ("url", re.compile(r"(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)»”]", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:me|kz|org|com|net|ru)(?:/[^\s<>\"']*"
            r"[^\s<>\"'.,;:!?)»”])?(?![\w-])",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![\w-])")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}")),
)
CLOSED = frozenset({"pre", "code", "text_link", "text_mention"})


def detect(text: str, known: list[Json]) -> list[Json]:
    """Return the known entities and those found in the text around them, sorted."""
    if ANY_SIGN.search(text) is None:
        return known
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in known
        if entity["type"] in CLOSED
    ]
    found = list(known)
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            end = offset + utf16_length(match.group())
            if any(offset < busy_end and busy < end for busy, busy_end in taken):
                continue
            taken.append((offset, end))
            found.append({"type": kind, "offset": offset, "length": end - offset})
    return ordered(found)
