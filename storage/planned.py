"""Statements about posts that go out at their time."""

from collections.abc import Sequence
from datetime import datetime

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


def channel_language(connection: Connection, post_id: int) -> str | None:
    """Return in which words a post shall stand in the channel, None where it shall not."""
    statement = sa.select(channel_copies.c.language).where(channel_copies.c.post_id == post_id)
    return connection.execute(statement).scalar_one_or_none()
