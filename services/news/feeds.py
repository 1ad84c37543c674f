"""A feed as bytes, RSS or Atom, read into items in plain words."""

import calendar
import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from services.news.items import Content
from services.news.links import address_of
from services.refusal import N_, Refusal
from services.text.length import shortened

_TITLE = 200
_SUMMARY = 700
_LINK = 500
_BREAKS = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "blockquote"})
_SILENT = frozenset({"script", "style", "iframe", "figure"})


class Trouble(StrEnum):
    """Why a feed could not be read; the names are kept in notices."""

    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    TOO_BIG = "too_big"
    NOT_A_FEED = "not_a_feed"


TROUBLES: Mapping[Trouble, str] = {
    Trouble.UNREACHABLE: N_("The site does not answer."),
    Trouble.FORBIDDEN_ADDRESS: N_(
        "This address cannot be used. It must be a public one and begin with http:// or https://."
    ),
    Trouble.NOT_FOUND: N_("There is nothing at this address any more."),
    Trouble.REFUSED: N_("The site does not let the bot read it."),
    Trouble.TOO_BIG: N_("What is at this address is larger than 2 MB."),
    Trouble.NOT_A_FEED: N_("What is at this address is neither RSS nor Atom."),
}


class FeedTrouble(Exception):  # noqa: N818  # a fact about the feed
    """The feed could not be read."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry: the hash of its own id, what readers would see, and when it appeared."""

    name: str
    title: str
    content: Content
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read, its items in its own order."""

    title: str
    items: tuple[FeedItem, ...]


def read_feed(body: bytes, content_type: str | None, address: str) -> Feed:
    """Return what a feed holds; raises FeedTrouble for what is none.

    An entry is known by its guid, else by its link, else by its title, so that an edited one is
    the same. Broken XML is read as far as it goes. What declares entities is taken for no feed:
    nested ones make a few hundred bytes into gigabytes, and no feed needs them.
    """
    if b"<!ENTITY" in body.replace(b"\0", b""):  # in UTF-16, too
        raise FeedTrouble(Trouble.NOT_A_FEED)
    import feedparser  # noqa: PLC0415  # 60 ms that only who reads feeds pays

    headers = {"content-location": address}
    if content_type:
        headers["content-type"] = content_type
    found: Any = feedparser.parse(body, response_headers=headers)
    if not found.get("version") and not found.entries:
        raise FeedTrouble(Trouble.NOT_A_FEED)
    items: dict[str, FeedItem] = {}
    for entry in found.entries:
        item = _item(entry)
        if item is not None:
            items.setdefault(item.name, item)
    title = " ".join(plain_words(str(found.feed.get("title") or "")).split())
    host = urlsplit(address).hostname or address
    return Feed(shortened(title or host, _TITLE), tuple(items.values()))


def _item(entry: Mapping[str, Any]) -> FeedItem | None:
    title = shortened(" ".join(plain_words(str(entry.get("title") or "")).split()), _TITLE)
    link = str(entry.get("link") or "").strip()
    summary = plain_words(str(entry.get("summary") or ""))
    identity = str(entry.get("id") or link or title or summary)
    if not title and not summary:
        return None
    parts = [f"<b>{escape(title, quote=False)}</b>"] if title else []
    if summary and summary != title:
        parts.append(escape(shortened(summary, _SUMMARY), quote=False))
    text = "\n\n".join(parts)
    title = title or shortened(summary.partition("\n")[0], _TITLE)
    return FeedItem(
        name=hashlib.sha256(identity.encode()).hexdigest(),
        title=title,
        content=Content(text, link=link if _is_web(link) else None),
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
    )


def _is_web(link: str) -> bool:
    """Tell whether Telegram takes it for a button: one that it refuses stops the whole mailing."""
    if not link.startswith(("http://", "https://")) or len(link) > _LINK:
        return False
    try:
        return address_of(link) == link
    except Refusal:
        return False


def _moment(parsed: time.struct_time | None) -> datetime | None:
    """Return feedparser's moment, in UTC; None where the feed wrote none that can be read."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(re.sub(r"\s+", " ", data))


def plain_words(html: str) -> str:
    """Return the words of a page's HTML: paragraphs with an empty line between them, no tags."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    # No database takes a zero byte, and broken XML may hold one.
    words = "".join(reader.words).replace("\0", "")
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n\n".join(line for line in lines if line)
