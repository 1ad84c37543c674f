"""Telling everybody who takes part in a programme: one statement, however many they are."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.outbox import OutboxStatus
from storage.schema.delivery import outbox
from storage.schema.programmes import signups


def tell_participants(
    connection: Connection,
    programme_id: int,
    statuses: Collection[str],
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
    not_before: datetime,
) -> int:
    """Queue a message for everybody who stands so; return for how many.

    The same key, to which the person is added, is told once, however often queued.
    """
    columns = {
        "key": sa.literal(f"{key}:") + sa.cast(signups.c.person_id, sa.String),
        "person_id": signups.c.person_id,
        "kind": sa.literal(kind),
        "payload": sa.literal(dict(payload), outbox.c.payload.type),
        "status": sa.literal(OutboxStatus.WAITING.value),
        "attempts": sa.literal(0),
        "not_before": sa.literal(not_before, outbox.c.not_before.type),
        "queued_at": sa.literal(now, outbox.c.queued_at.type),
    }
    told = sa.select(*columns.values()).where(
        signups.c.programme_id == programme_id,
        signups.c.status.in_(statuses),
        signups.c.person_id.is_not(None),
    )
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(outbox).from_select(list(columns), told)
    done = connection.execute(insert.on_conflict_do_nothing(index_elements=["key"]))
    return done.rowcount
