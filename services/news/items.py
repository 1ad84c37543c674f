"""One thing that a source brought: its parts as they arrive, joined to what readers would see."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from services.delivery.target import Target
from services.news.model import Draft, Link, Media
from services.news.sources import Source

# Telegram marks no end of an album; its parts come within a second.
GATHERING = timedelta(seconds=1.5)
_ALBUM = 10  # Bot API, sendMediaGroup.media


class ItemStatus(StrEnum):
    """How far an item has come."""

    # It waits until it is whole, and then for the next look.
    ARRIVED = "arrived"
    # An operator is asked.
    ASKED = "asked"
    # An operator wants it out as it is, and another one must approve that.
    APPROVAL = "approval"
    # An operator took it into the composer.
    COMPOSING = "composing"
    PUBLISHED = "published"
    SKIPPED = "skipped"
    # Nobody is asked: it was old when it was seen first, or its source was retired.
    PASSED = "passed"


OPEN = (ItemStatus.ASKED, ItemStatus.APPROVAL, ItemStatus.COMPOSING)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a channel: Telegram HTML and a picture, a film or a file.

    changed orders the states of a message: when it was edited, then the number of the update.
    `whole` is False where it holds something that the bot cannot send on.
    """

    message_id: int
    text: str = ""
    media: Media | None = None
    changed: tuple[int, int] = (0, 0)
    whole: bool = True

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to read or see."""
        return not self.text.strip() and self.media is None


@dataclass(frozen=True, slots=True)
class Content:
    """What readers would see of an item; the link becomes a button."""

    text: str = ""
    media: tuple[Media, ...] = ()
    link: str | None = None
    whole: bool = True
    parts: Mapping[int, Part] = field(default_factory=dict, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        return {
            "text": self.text,
            "media": [asdict(one) for one in self.media],
            "link": self.link,
            "whole": self.whole,
            "messages": {str(number): asdict(part) for number, part in self.parts.items()},
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Content":
        """Return the content that `as_json` wrote."""
        return cls(
            text=kept["text"],
            media=tuple(Media.of_json(one) for one in kept["media"]),
            link=kept["link"],
            whole=kept["whole"],
            parts={int(number): _part(part) for number, part in kept["messages"].items()},
        )

    def with_part(self, part: Part) -> "Content":
        """Return the content with this state of a part, unless a newer one is known."""
        known = self.parts.get(part.message_id)
        if known is not None and known.changed >= part.changed:
            return self
        return joined([*self.parts.values(), part] if known is None else self._replaced(part))

    def _replaced(self, part: Part) -> list[Part]:
        return [
            part if known.message_id == part.message_id else known for known in self.parts.values()
        ]


def joined(parts: Iterable[Part]) -> Content:
    """Return what the messages of a post or an album show together, in their order."""
    ordered = sorted(parts, key=lambda part: part.message_id)
    return Content(
        text="\n\n".join(part.text for part in ordered if part.text.strip()),
        media=tuple(part.media for part in ordered if part.media is not None)[:_ALBUM],
        whole=all(part.whole for part in ordered),
        parts={part.message_id: part for part in ordered},
    )


def draft_of(source: Source, content: Content) -> Draft:
    """Return the post an item makes: the same words in both places, for readers of its language.

    Who reads the other language does not get it.
    """
    link = (Link("Толығырақ", "Подробнее", content.link),) if content.link else ()
    return Draft(
        topic=source.topic,
        text_kk=content.text,
        text_ru=content.text,
        media=content.media,
        links=link,
        target=Target(language=source.language),
    )


def draft_id(item_id: int) -> str:
    """Return the draft of a post that goes out as its source wrote it."""
    return f"item-{item_id}"


def _part(kept: Mapping[str, Any]) -> Part:
    edited, update = kept["changed"]
    return Part(
        message_id=kept["message_id"],
        text=kept["text"],
        media=Media.of_json(kept["media"]) if kept["media"] else None,
        changed=(edited, update),
        whole=kept["whole"],
    )
