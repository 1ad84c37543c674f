"""Statements about who opened the sealed name of an appeal."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_openings
from storage.upsert import upsert


def add_opening(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Write who opened it, when and why; False where the same message has opened it before."""
    keys = ["appeal_id", "actor", "message_id"]
    return upsert(connection, appeal_openings, keys, values, update=()).rowcount == 1


def opened_by(connection: Connection, appeal_id: int, actor: int, message_id: int) -> bool:
    """Tell whether this message has opened the name."""
    table = appeal_openings.c
    statement = sa.select(table.at).where(
        table.appeal_id == appeal_id, table.actor == actor, table.message_id == message_id
    )
    return connection.execute(statement).first() is not None


def openings_of(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return actor, at and reason of every opening, in their order."""
    table = appeal_openings.c
    statement = sa.select(table.actor, table.at, table.reason).where(table.appeal_id == appeal_id)
    return connection.execute(statement.order_by(table.at)).mappings().all()
