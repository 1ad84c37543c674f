"""Copies of posts in the party's channel, and the messages they consist of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.news import channel_copies, channel_messages, posts
from storage.upsert import upsert


def add_copy(connection: Connection, values: Mapping[str, Any]) -> None:
    """Queue the copy of a post; one that is queued already stays as it is."""
    upsert(connection, channel_copies, ["post_id"], values, update=())


def find_copy(connection: Connection, post_id: int) -> RowMapping | None:
    """Return the row of a post's copy."""
    statement = sa.select(channel_copies).where(channel_copies.c.post_id == post_id)
    return connection.execute(statement).mappings().one_or_none()


def next_due(connection: Connection, now: datetime) -> RowMapping | None:
    """Return the copy whose turn it is, with the post: to be sent now, or to be taken back."""
    statement = (
        sa.select(posts, channel_copies.c.language, channel_copies.c.status.label("copy_status"))
        .join(channel_copies, channel_copies.c.post_id == posts.c.id)
        .where(
            channel_copies.c.status.in_(["waiting", "recalling"]),
            channel_copies.c.not_before <= now,
        )
        .order_by(channel_copies.c.not_before, posts.c.id)
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def change_copy(
    connection: Connection, post_id: int, values: Mapping[str, Any], *expected: str
) -> bool:
    """Change columns of a copy in one of these states; False where it is in another."""
    statement = sa.update(channel_copies).where(
        channel_copies.c.post_id == post_id, channel_copies.c.status.in_(expected)
    )
    return connection.execute(statement.values(**values)).rowcount == 1


def copies_with_status(connection: Connection, status: str) -> Sequence[RowMapping]:
    """Return the rows of copies in this state."""
    statement = sa.select(channel_copies).where(channel_copies.c.status == status)
    return connection.execute(statement.order_by(channel_copies.c.post_id)).mappings().all()


def add_messages(
    connection: Connection, post_id: int, chat_id: int, message_ids: Iterable[int]
) -> None:
    """Keep which messages of a channel are a post's copy."""
    for message_id in message_ids:
        values = {"chat_id": chat_id, "message_id": message_id, "post_id": post_id}
        upsert(connection, channel_messages, ["chat_id", "message_id"], values, update=())


def messages_of(connection: Connection, post_id: int) -> Sequence[tuple[int, int]]:
    """Return (chat, message) of a post's copy, the oldest first."""
    columns = (channel_messages.c.chat_id, channel_messages.c.message_id)
    statement = sa.select(*columns).where(channel_messages.c.post_id == post_id)
    found = connection.execute(statement.order_by(*columns))
    return [(row.chat_id, row.message_id) for row in found]


def is_copy(connection: Connection, chat_id: int, message_id: int) -> bool:
    """Tell whether a message of a channel is the bot's own copy of a post."""
    statement = sa.select(channel_messages.c.post_id).where(
        channel_messages.c.chat_id == chat_id, channel_messages.c.message_id == message_id
    )
    return connection.execute(statement).first() is not None
