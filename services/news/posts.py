"""Publishing a post: in both languages or not at all, and sent to its topic's subscribers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.campaigns.silence import silence_for
from services.delivery.mailing import launch
from services.delivery.territory import require_target
from services.news.channel import queue_copy
from services.news.length import first_line, plain_text, room_for, shown_length
from services.news.model import Draft, Post, PostStatus, post_of
from services.people.deeds import Deed
from services.people.rights import Reached, authorise
from services.refusal import N_, Refusal
from services.text.fold import fold
from storage import news as rows
from storage.listeners import is_own

NEWS = "news"

_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Published:
    """A post and the mailing that carries it."""

    post_id: int
    mailing_id: int


def mailing_key(post_id: int) -> str:
    """Return the natural key of the mailing that carries a post."""
    return f"{NEWS}:{post_id}"


def publish_post(
    connection: Connection, author: int, draft_id: str, draft: Draft, now: datetime
) -> Published:
    """Keep the post and launch its mailing, now or at its time; the natural key is the draft id.

    Raises Refusal for anybody but operators and administrators, and where `check` does.

    Key: draft id.
    """
    require_audience(authorise(connection, author, Deed.PUBLISH_NEWS), draft)
    published = put_out(connection, author, draft_id, draft, now)
    case = f"post:{published.post_id}"
    record(connection, who=author, what=Deed.PUBLISH_NEWS, on=case, now=now, key=draft_id)
    return published


def require_audience(reached: Reached, draft: Draft) -> None:
    """Raise Refusal where the post would go beyond the grants; a channel is for everybody."""
    require_target(reached, None if draft.channel is not None else draft.target)


def put_out(
    connection: Connection, author: int | None, draft_id: str, draft: Draft, now: datetime
) -> Published:
    """Keep the post and launch its mailing for whoever has the right; raises as `check` does.

    In the silence before a vote it is only planned: it goes out by itself on the day after.

    Key: draft id.
    """
    check(draft)
    if not rows.topic_exists(connection, draft.topic):
        raise Refusal(N_("This topic of news no longer exists. Please choose another."))
    if draft.channel is not None and is_own(draft.topic):
        raise Refusal(N_("News of a programme goes to its own people only, not to the channel."))
    target = replace(draft.target, topic=draft.topic, each=True)
    at = max(draft.publish_at or now, now)
    planned = at > now or silence_for(connection, target, now) is not None
    row = rows.add_post(
        connection,
        {
            "draft_id": draft_id,
            "topic": draft.topic,
            "status": (PostStatus.PLANNED if planned else PostStatus.PUBLISHED).value,
            "text_kk": draft.text_kk,
            "text_ru": draft.text_ru,
            "media": [asdict(one) for one in draft.media],
            "links": [asdict(link) for link in draft.links],
            "audience": target.as_json(),
            "words": fold(plain_text(f"{draft.text_kk}\n{draft.text_ru}")),
            "created_by": author,
            "published_at": at,
        },
    )
    if draft.channel is not None:
        queue_copy(connection, row["id"], draft.channel, now)
    titles = {
        "title_kk": first_line(draft.text_kk, _TITLE_LENGTH),
        "title_ru": first_line(draft.text_ru, _TITLE_LENGTH),
    }
    mailing_id = launch(
        connection,
        key=mailing_key(row["id"]),
        kind=NEWS,
        payload=payload_of(post_of(row)) | titles,
        created_by=author,
        now=now,
        target=target,
        starts_at=at if planned else None,
        late_joiners=draft.late_joiners,
        repeat_uncertain=draft.repeat_uncertain,
        counts_weekly=True,
        stars=draft.stars,
    )
    return Published(row["id"], mailing_id)


def check(draft: Draft) -> None:
    """Raise Refusal unless both languages are there and fit."""
    for text in (draft.text_kk, draft.text_ru):
        if not shown_length(text):
            raise Refusal(N_("A post is sent in both languages. Please write both texts."))
        check_length(text, draft.media)


def check_length(text: str, media: Sequence[object]) -> None:
    """Raise Refusal unless Telegram HTML fits: 4,096, under one picture or file 1,024."""
    room, length = room_for(media), shown_length(text)
    if length <= room:
        return
    if len(media) == 1:
        raise Refusal(
            N_(
                "Under a photo, a video or a file a text may have {room} characters, yours has "
                "{length}. Please shorten it or send the post without them."
            ),
            room=room,
            length=length,
        )
    raise Refusal(
        N_("A text may have {room} characters, yours has {length}. Please shorten it."),
        room=room,
        length=length,
    )


def payload_of(post: Post) -> dict[str, Any]:
    """Return what the renderer of kind "news" needs."""
    return {"post": post.id, **content_of(post)}


def content_of(post: Post | Draft) -> dict[str, Any]:
    """Return what a reader sees of a post, or of what will be one."""
    return {
        "topic": post.topic,
        "text_kk": post.text_kk,
        "text_ru": post.text_ru,
        "media": [asdict(one) for one in post.media],
        "links": [asdict(link) for link in post.links],
    }
