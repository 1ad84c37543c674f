"""Raw updates kept while their handlers are still at work."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.parked import parked
from storage.upsert import upsert


def park(connection: Connection, updates: Mapping[int, bytes], now: datetime) -> None:
    """Keep raw updates by their numbers; those already kept stay as they are. Key: update id."""
    for update_id, raw in updates.items():
        values = {"update_id": update_id, "raw": raw, "at": now}
        upsert(connection, parked, ["update_id"], values, update=())


def unpark(connection: Connection, update_id: int) -> None:
    """Forget an update whose work has ended. Key: update id."""
    connection.execute(sa.delete(parked).where(parked.c.update_id == update_id))


def parked_updates(connection: Connection) -> list[tuple[int, bytes]]:
    """Return the numbers and raw texts of what is kept, in the order of the numbers."""
    rows = connection.execute(
        sa.select(parked.c.update_id, parked.c.raw).order_by(parked.c.update_id)
    )
    return [(row.update_id, bytes(row.raw)) for row in rows]
