"""What telling results, and what was done about them, asks of the tables."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.people import people
from storage.schema.polls import polls


def regions_of(connection: Connection, ids: Sequence[int]) -> dict[int, str | None]:
    """Return the region that each of these people told of themselves."""
    statement = sa.select(people.c.id, people.c.region).where(people.c.id.in_(ids))
    return {row.id: row.region for row in connection.execute(statement)}


def find_counted(connection: Connection, poll_id: int) -> RowMapping | None:
    """Return the row of a poll that is counted."""
    return next(iter(counted_among(connection, [poll_id])), None)


def counted_among(connection: Connection, polls_asked: Sequence[int]) -> Sequence[RowMapping]:
    """Return the rows of those of these polls that are counted."""
    statement = sa.select(polls).where(polls.c.id.in_(polls_asked), polls.c.base.is_not(None))
    return connection.execute(statement).mappings().all()


def put_done(connection: Connection, poll_id: int, kk: str, ru: str, now: datetime) -> bool:
    """Write what was done about a poll; False where something was told already."""
    statement = (
        sa.update(polls)
        .where(polls.c.id == poll_id, polls.c.done_at.is_(None))
        .values(done_kk=kk, done_ru=ru, done_at=now)
    )
    return connection.execute(statement).rowcount == 1


def put_archived(connection: Connection, poll_id: int, now: datetime) -> bool:
    """Call a poll archived; False for a repetition, which moves nothing."""
    statement = (
        sa.update(polls)
        .where(polls.c.id == poll_id, polls.c.archived_at.is_(None), polls.c.done_at.is_not(None))
        .values(archived_at=now)
    )
    return connection.execute(statement).rowcount == 1


def unposted(connection: Connection, since: datetime) -> list[tuple[int, str]]:
    """Return (poll, subject) of polls counted since this moment that nobody began to post.

    The oldest come first. Counting may come days after the last answer: it waits for passphrases,
    or for a voting day.
    """
    statement = (
        sa.select(polls.c.id, polls.c.topic_class)
        .where(
            sa.or_(polls.c.status == "counted", polls.c.closed_at >= since),
            polls.c.base.is_not(None),
            polls.c.channel_status.is_(None),
        )
        .order_by(polls.c.frozen_at, polls.c.id)
    )
    return [(row.id, row.topic_class) for row in connection.execute(statement)]


def put_channel_status(
    connection: Connection, poll_id: int, before: str | None, after: str
) -> bool:
    """Move the post in the channel from one status to another; False where it is not there."""
    statement = (
        sa.update(polls)
        .where(polls.c.id == poll_id, polls.c.channel_status.is_not_distinct_from(before))
        .values(channel_status=after)
    )
    return connection.execute(statement).rowcount == 1
