"""What a news post is: both texts, its pictures and files, its buttons, its readers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from services.delivery.target import Target
from services.language import choose


class MediaType(StrEnum):
    """What Telegram calls what is shown above a text."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a film or a file that Telegram already has, by its file id."""

    type: MediaType
    file_id: str

    @classmethod
    def of_json(cls, parts: Mapping[str, str]) -> "Media":
        """Return what `asdict` wrote."""
        return cls(MediaType(parts["type"]), parts["file_id"])


@dataclass(frozen=True, slots=True)
class Link:
    """A button under a post that leads out of Telegram."""

    text_kk: str
    text_ru: str
    url: str

    def text(self, language: str) -> str:
        """Return the words on the button in this language."""
        return choose(language, self.text_kk, self.text_ru)


class PostStatus(StrEnum):
    """How far a post has come."""

    # It goes out at its time.
    PLANNED = "planned"
    PUBLISHED = "published"
    # It was to go out and will not.
    CALLED_OFF = "called_off"
    # It went out and was taken back.
    RECALLED = "recalled"


class ChannelText(StrEnum):
    """In which words a post also stands in the party's channel."""

    KAZAKH = "kk"
    RUSSIAN = "ru"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator composed: Telegram HTML in both languages, and everything beside it."""

    topic: str
    text_kk: str
    text_ru: str
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    # Its topic is added when it is published.
    target: Target = field(default_factory=Target)
    # None: at once.
    publish_at: datetime | None = None
    late_joiners: bool = False
    # Messages of which nobody knows whether they arrived: sent again, or only listed.
    repeat_uncertain: bool = True
    # What paid broadcasting may cost at most, in Stars; None: unpaid.
    stars: int | None = None
    channel: ChannelText | None = None

    def as_json(self) -> dict[str, Any]:
        """Return everything that a reader will see and who they are: what is approved."""
        return {
            "topic": self.topic,
            "text_kk": self.text_kk,
            "text_ru": self.text_ru,
            "media": [asdict(one) for one in self.media],
            "links": [asdict(link) for link in self.links],
            "target": self.target.as_json(),
            "publish_at": self.publish_at.isoformat() if self.publish_at else None,
            "late_joiners": self.late_joiners,
            "repeat_uncertain": self.repeat_uncertain,
            "stars": self.stars,
            "channel": self.channel.value if self.channel else None,
        }

    @classmethod
    def of_json(cls, parts: Mapping[str, Any]) -> "Draft":
        """Return what `as_json` wrote."""
        return cls(
            topic=parts["topic"],
            text_kk=parts["text_kk"],
            text_ru=parts["text_ru"],
            media=tuple(Media.of_json(one) for one in parts["media"]),
            links=tuple(Link(**link) for link in parts["links"]),
            target=Target.of_json(parts["target"]),
            publish_at=datetime.fromisoformat(parts["publish_at"])
            if parts["publish_at"]
            else None,
            late_joiners=parts["late_joiners"],
            repeat_uncertain=parts["repeat_uncertain"],
            stars=parts["stars"],
            channel=ChannelText(parts["channel"]) if parts["channel"] else None,
        )


@dataclass(frozen=True, slots=True)
class Post:
    """A post that went out or will."""

    id: int
    topic: str
    status: PostStatus
    text_kk: str
    text_ru: str
    media: tuple[Media, ...]
    links: tuple[Link, ...]
    target: Target
    created_by: int | None
    published_at: datetime
    useful: int
    responses: int

    def text(self, language: str) -> str:
        """Return Telegram HTML in this language."""
        return choose(language, self.text_kk, self.text_ru)


def post_of(row: RowMapping | Mapping[str, Any]) -> Post:
    """Return the post in a row of the table."""
    return Post(
        id=row["id"],
        topic=row["topic"],
        status=PostStatus(row["status"]),
        text_kk=row["text_kk"],
        text_ru=row["text_ru"],
        media=tuple(Media.of_json(one) for one in row["media"]),
        links=tuple(Link(**link) for link in row["links"]),
        target=Target.of_json(row["audience"]),
        created_by=row["created_by"],
        published_at=row["published_at"],
        useful=row["useful"],
        responses=row["responses"],
    )
