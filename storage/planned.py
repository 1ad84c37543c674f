"""Statements about posts that go out at their time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.news import channel_copies, posts

_PLANNED = "planned"


def planned(
    connection: Connection, after: tuple[datetime, int] | None, limit: int
) -> Sequence[RowMapping]:
    """Return planned posts beyond this one (its time and id), the nearest first."""
    statement = sa.select(posts).where(posts.c.status == _PLANNED)
    if after is not None:
        statement = statement.where(sa.tuple_(posts.c.published_at, posts.c.id) > after)
    statement = statement.order_by(posts.c.published_at, posts.c.id).limit(limit)
    return connection.execute(statement).mappings().all()


def change_post(
    connection: Connection, post_id: int, values: Mapping[str, Any], *, status: str
) -> bool:
    """Change columns of a post that still has this status; False where not."""
    statement = sa.update(posts).where(posts.c.id == post_id, posts.c.status == status)
    return connection.execute(statement.values(**values)).rowcount == 1


def post_of_draft(connection: Connection, draft_id: str) -> int | None:
    """Return the id of the post that a draft became, None where it did not."""
    statement = sa.select(posts.c.id).where(posts.c.draft_id == draft_id)
    return connection.execute(statement).scalar_one_or_none()


def channel_language(connection: Connection, post_id: int) -> str | None:
    """Return in which words a post shall stand in the channel, None where it shall not."""
    statement = sa.select(channel_copies.c.language).where(channel_copies.c.post_id == post_id)
    return connection.execute(statement).scalar_one_or_none()
