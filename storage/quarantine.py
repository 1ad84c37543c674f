"""Raw updates that nobody could read, kept until somebody has looked at them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema.conversations import quarantine

_table = quarantine.c
_KEEP = {
    "sqlite": sqlite.insert(quarantine).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(quarantine).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A raw update, its SHA-256 in hexadecimal, and why it was set aside."""

    digest: str
    raw: bytes
    reason: str
    received_at: datetime


def keep(connection: Connection, raw: bytes, reason: str, now: datetime) -> str:
    """Set a raw update aside and return its digest. Key: the digest of its bytes."""
    digest = hashlib.sha256(raw).hexdigest()
    row = {"digest": digest, "raw": raw, "reason": reason, "received_at": now}
    connection.execute(_KEEP[connection.dialect.name], row)
    return digest


def count(connection: Connection) -> int:
    """Return how many updates are set aside."""
    return connection.scalar(select(func.count()).select_from(quarantine)) or 0


def page(connection: Connection, after: str = "", limit: int = 20) -> list[Quarantined]:
    """Return up to ``limit`` updates in the order of their digests, those after one of them."""
    query = select(quarantine).where(_table.digest > after).order_by(_table.digest).limit(limit)
    return [
        Quarantined(row.digest, row.raw, row.reason, row.received_at)
        for row in connection.execute(query)
    ]


def expire(connection: Connection, before: datetime) -> int:
    """Forget updates set aside before a moment; return how many. Key: the moment."""
    return connection.execute(delete(quarantine).where(_table.received_at < before)).rowcount
