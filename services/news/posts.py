"""Publishing a post: in both languages or not at all, and sent to its topic's subscribers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.delivery.mailing import launch
from services.language import choose
from services.news.length import first_line, room_for, shown_length
from services.people.model import Role
from services.people.staff import require
from services.refusal import N_, Refusal
from storage import news as rows

NEWS = "news"

_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator composed: Telegram HTML in both languages, a photo's file id, a region."""

    topic: str
    text_kk: str
    text_ru: str
    photo: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A published post."""

    id: int
    topic: str
    text_kk: str
    text_ru: str
    photo: str | None
    published_at: datetime

    def text(self, language: str) -> str:
        """Return Telegram HTML in this language."""
        return choose(language, self.text_kk, self.text_ru)


@dataclass(frozen=True, slots=True)
class Published:
    """A post and the mailing that carries it."""

    post_id: int
    mailing_id: int


def publish_post(
    connection: Connection, author: int, draft_id: str, draft: Draft, now: datetime
) -> Published:
    """Keep the post and launch its mailing; the natural key is the draft id.

    Raises Refusal for anybody but operators and administrators, and where `check` does.

    Key: draft id.
    """
    require(connection, author, Role.OPERATOR, Role.ADMINISTRATOR)
    check(draft)
    if not rows.topic_exists(connection, draft.topic):
        raise Refusal(N_("This topic of news no longer exists. Please choose another."))
    row = rows.add_post(
        connection,
        {
            "draft_id": draft_id,
            "topic": draft.topic,
            "text_kk": draft.text_kk,
            "text_ru": draft.text_ru,
            "photo": draft.photo,
            "created_by": author,
            "published_at": now,
        },
    )
    titles = {
        "title_kk": first_line(draft.text_kk, _TITLE_LENGTH),
        "title_ru": first_line(draft.text_ru, _TITLE_LENGTH),
    }
    mailing_id = launch(
        connection,
        key=f"{NEWS}:{row['id']}",
        kind=NEWS,
        payload=payload_of(post_of(row)) | titles,
        created_by=author,
        now=now,
        region=draft.region,
        news_topic=draft.topic,
    )
    return Published(row["id"], mailing_id)


def check(draft: Draft) -> None:
    """Raise Refusal unless both languages are there and fit: 4,096, under a photo 1,024."""
    room = room_for(photo=draft.photo is not None)
    for text in (draft.text_kk, draft.text_ru):
        length = shown_length(text)
        if not length:
            raise Refusal(N_("A post is sent in both languages. Please write both texts."))
        if length > room and draft.photo is not None:
            raise Refusal(
                N_(
                    "Under a photo a text may have {room} characters, yours has {length}. "
                    "Please shorten it or send the post without a photo."
                ),
                room=room,
                length=length,
            )
        if length > room:
            raise Refusal(
                N_("A text may have {room} characters, yours has {length}. Please shorten it."),
                room=room,
                length=length,
            )


def payload_of(post: Post) -> dict[str, Any]:
    """Return what the renderer of kind "news" needs."""
    return {
        "post": post.id,
        "topic": post.topic,
        "text_kk": post.text_kk,
        "text_ru": post.text_ru,
        "photo": post.photo,
    }


def post_of(row: RowMapping | Mapping[str, Any]) -> Post:
    """Return the post in a row of the table."""
    return Post(
        id=row["id"],
        topic=row["topic"],
        text_kk=row["text_kk"],
        text_ru=row["text_ru"],
        photo=row["photo"],
        published_at=row["published_at"],
    )
