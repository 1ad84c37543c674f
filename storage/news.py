"""Posts, and what people do not want to hear about."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.news import muted_topics, posts
from storage.schema.organisation import news_topics
from storage.upsert import upsert

_PUBLISHED = sa.select(posts).where(posts.c.status == "published")


def add_post(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Return the post of this draft; where there is one already, that one unchanged."""
    upsert(connection, posts, ["draft_id"], values, update=())
    statement = sa.select(posts).where(posts.c.draft_id == values["draft_id"])
    return connection.execute(statement).mappings().one()


def find_post(connection: Connection, post_id: int) -> RowMapping | None:
    """Return the row of a post."""
    statement = sa.select(posts).where(posts.c.id == post_id)
    return connection.execute(statement).mappings().one_or_none()


def posts_before(connection: Connection, post_id: int | None, limit: int) -> Sequence[RowMapping]:
    """Return posts older than this one, the newest first; without one, the newest of all."""
    statement = _PUBLISHED.order_by(posts.c.id.desc()).limit(limit)
    if post_id is not None:
        statement = statement.where(posts.c.id < post_id)
    return connection.execute(statement).mappings().all()


def posts_after(connection: Connection, post_id: int, limit: int) -> Sequence[RowMapping]:
    """Return posts newer than this one, the oldest first."""
    statement = _PUBLISHED.where(posts.c.id > post_id).order_by(posts.c.id).limit(limit)
    return connection.execute(statement).mappings().all()


def topic_exists(connection: Connection, code: str) -> bool:
    """Tell whether there is a news topic with this code that is not retired."""
    offered = sa.and_(news_topics.c.code == code, ~news_topics.c.retired)
    statement = sa.select(news_topics.c.code).where(offered)
    return connection.execute(statement).first() is not None


def muted_by(connection: Connection, person_id: int) -> Sequence[str]:
    """Return the codes of the topics that this person muted."""
    statement = sa.select(muted_topics.c.topic).where(muted_topics.c.person_id == person_id)
    return connection.execute(statement.order_by(muted_topics.c.topic)).scalars().all()


def mute(connection: Connection, person_id: int, topic: str) -> None:
    """Mute a topic for a person; muted already, it stays so."""
    values = {"person_id": person_id, "topic": topic}
    upsert(connection, muted_topics, list(values), values, update=())


def unmute(connection: Connection, person_id: int, topic: str) -> None:
    """Let a person hear about a topic again."""
    connection.execute(
        sa.delete(muted_topics).where(
            muted_topics.c.person_id == person_id, muted_topics.c.topic == topic
        )
    )
