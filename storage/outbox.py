"""What one person must be told, written in the transaction of the fact it tells."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from storage.schema.delivery import outbox
from storage.upsert import upsert


class OutboxStatus(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    REFUSED = "refused"
    GIVEN_UP = "given_up"


def tell(
    connection: Connection,
    person_id: int,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> None:
    """Queue a message for one person; the same key is told once, however often queued.

    kind names the renderer in handlers/notices.py; payload is JSON that the renderer turns into
    text in the reader's language at the moment of sending.
    """
    values = {
        "key": key,
        "person_id": person_id,
        "kind": kind,
        "payload": dict(payload),
        "status": OutboxStatus.WAITING.value,
        "not_before": not_before or now,
        "queued_at": now,
    }
    connection.execute(upsert(connection, outbox, ["key"], values, update=()))
