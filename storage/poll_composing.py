"""Statements that only the composing of polls needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.delivery import mailings
from storage.schema.polls import polls


def latest_polls(connection: Connection, limit: int) -> Sequence[int]:
    """Return the ids of the polls launched last, the newest first."""
    statement = sa.select(polls.c.id).order_by(polls.c.id.desc()).limit(limit)
    return connection.execute(statement).scalars().all()


def extend(connection: Connection, poll_id: int, closes_at: datetime, now: datetime) -> bool:
    """Let an open poll that was not extended before close later; False where nothing changed."""
    statement = (
        sa.update(polls)
        .where(
            polls.c.id == poll_id,
            polls.c.status == "open",
            polls.c.closes_at > now,
            polls.c.closes_at < closes_at,
            polls.c.extended_from.is_(None),
        )
        .values(closes_at=closes_at, extended_from=polls.c.closes_at)
    )
    return connection.execute(statement).rowcount == 1


def put_payload(connection: Connection, keys: Sequence[str], payload: Mapping[str, Any]) -> None:
    """Let the mailings of these keys say this from now on."""
    connection.execute(
        sa.update(mailings).where(mailings.c.key.in_(keys)).values(payload=dict(payload))
    )
