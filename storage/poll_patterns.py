"""Counts of answers by minute and by second, from ten up; nothing about anybody."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.delivery import mailings
from storage.schema.patterns import poll_patterns
from storage.upsert import upsert


def put(
    connection: Connection, process: str, poll_id: int, kind: str, at: datetime, count: int
) -> None:
    """Keep what one process has counted; a repetition takes the newer number."""
    values = {"poll_id": poll_id, "kind": kind, "at": at, "process": process, "count": count}
    keys = ["poll_id", "kind", "at", "process"]
    upsert(connection, poll_patterns, keys, values, update=("count",))


def counts_of(connection: Connection, poll_id: int) -> Sequence[RowMapping]:
    """Return kind, at and count of a poll, all processes together, the earliest first."""
    table = poll_patterns.c
    statement = (
        sa.select(table.kind, table.at, sa.func.sum(table.count).label("count"))
        .where(table.poll_id == poll_id)
        .group_by(table.kind, table.at)
        .order_by(table.kind, table.at)
    )
    return connection.execute(statement).mappings().all()


def announcements_of(connection: Connection, poll_id: int) -> Sequence[RowMapping]:
    """Return started_at, finished_at and delivered of the mailings that asked for answers."""
    key = f"poll:{poll_id}"
    statement = sa.select(
        mailings.c.started_at, mailings.c.finished_at, mailings.c.delivered
    ).where(
        sa.or_(mailings.c.key == key, mailings.c.key.startswith(f"{key}:")),
        mailings.c.delivered > 0,
    )
    return connection.execute(statement).mappings().all()
