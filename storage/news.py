"""Posts, and what people do not want to hear about."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.listeners import is_own_column
from storage.schema.news import muted_topics, posts
from storage.schema.organisation import news_topics
from storage.upsert import upsert

Row = RowMapping

# Of what everybody may hear: news of a programme comes to its own people only.
_PUBLISHED = sa.select(posts).where(posts.c.status == "published", ~is_own_column(posts.c.topic))


def add_post(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Return the post of this draft; where there is one already, that one unchanged."""
    upsert(connection, posts, ["draft_id"], values, update=())
    return connection.execute(_of_draft(values["draft_id"])).mappings().one()


def find_post(connection: Connection, post_id: int) -> RowMapping | None:
    """Return the row of a post."""
    statement = sa.select(posts).where(posts.c.id == post_id)
    return connection.execute(statement).mappings().one_or_none()


def post_of_draft(connection: Connection, draft_id: str) -> RowMapping | None:
    """Return the row of the post that this draft became, None where it did not."""
    return connection.execute(_of_draft(draft_id)).mappings().one_or_none()


def change_post(
    connection: Connection, post_id: int, values: Mapping[str, Any], *expected: str
) -> bool:
    """Change columns of a post in one of these states; False where it is in another."""
    statement = sa.update(posts).where(posts.c.id == post_id, posts.c.status.in_(expected))
    return connection.execute(statement.values(**values)).rowcount == 1


def posts_before(
    connection: Connection, language: str, post_id: int | None, limit: int
) -> Sequence[Row]:
    """Return posts older than this one, the newest first; without one, the newest of all."""
    statement = _listed(connection, language, post_id).limit(limit)
    return connection.execute(statement).mappings().all()


def posts_after(connection: Connection, language: str, post_id: int, limit: int) -> Sequence[Row]:
    """Return posts newer than this one, the oldest first."""
    statement = _PUBLISHED.where(_readable(language)).limit(limit)
    statement = statement.order_by(posts.c.published_at, posts.c.id)
    edge = find_post(connection, post_id)
    if edge is not None:
        statement = statement.where(_moment() > (edge["published_at"], edge["id"]))
    return connection.execute(statement).mappings().all()


def posts_with(
    connection: Connection,
    words: Sequence[Collection[str]],
    language: str,
    post_id: int | None,
    limit: int,
) -> Sequence[Row]:
    """Return posts older than this one that have each of these words in one of its spellings.

    Anywhere in a word: whoever asks for its beginning looks again. Words are folded already.
    """
    statement = _listed(connection, language, post_id).limit(limit)
    for spellings in words:
        anywhere = (posts.c.words.contains(each, autoescape=True) for each in sorted(spellings))
        statement = statement.where(sa.or_(*anywhere))
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


def unmute_all(connection: Connection, person_id: int) -> None:
    """Let a person hear about every topic again."""
    connection.execute(sa.delete(muted_topics).where(muted_topics.c.person_id == person_id))


def _of_draft(draft_id: str) -> sa.Select[Any]:
    return sa.select(posts).where(posts.c.draft_id == draft_id)


def _listed(connection: Connection, language: str, before: int | None) -> sa.Select[Any]:
    """Return the posts for readers of this language, the newest first, from below one on."""
    statement = _PUBLISHED.where(_readable(language)).order_by(
        posts.c.published_at.desc(), posts.c.id.desc()
    )
    edge = None if before is None else find_post(connection, before)
    if edge is None:
        return statement
    return statement.where(_moment() < (edge["published_at"], edge["id"]))


def _readable(language: str) -> sa.ColumnElement[bool]:
    only = posts.c.audience["language"].as_string()
    return sa.or_(only.is_(None), only == language)


def _moment() -> sa.Tuple:
    return sa.tuple_(posts.c.published_at, posts.c.id)
