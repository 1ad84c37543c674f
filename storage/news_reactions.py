"""Who finds which post useful, and the counters of posts."""

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.news import post_reactions, posts
from storage.upsert import upsert


def add(connection: Connection, post_id: int, person_id: int) -> int:
    """Write a person's press; return 1 where it is new and 0 where it was there."""
    values = {"post_id": post_id, "person_id": person_id}
    return upsert(connection, post_reactions, list(values), values, update=()).rowcount


def remove(connection: Connection, post_id: int, person_id: int) -> int:
    """Erase a person's press; return 1 where it was there and 0 where not."""
    statement = sa.delete(post_reactions).where(*_of(post_id, person_id))
    return connection.execute(statement).rowcount


def is_there(connection: Connection, post_id: int, person_id: int) -> bool:
    """Tell whether a person has pressed."""
    statement = sa.select(post_reactions.c.post_id).where(*_of(post_id, person_id))
    return connection.execute(statement).first() is not None


def count(connection: Connection, post_id: int, *, useful: int = 0, responses: int = 0) -> None:
    """Add to the counters of a post."""
    connection.execute(
        sa.update(posts)
        .where(posts.c.id == post_id)
        .values(useful=posts.c.useful + useful, responses=posts.c.responses + responses)
    )


def _of(post_id: int, person_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return post_reactions.c.post_id == post_id, post_reactions.c.person_id == person_id
