"""Statements about what was said of an appeal, and its earlier wordings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_entries, appeal_revisions
from storage.upsert import upsert


def add_entry(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write an entry: appeal_id, key, kind, author, text, at; the same key is written once."""
    upsert(connection, appeal_entries, ["appeal_id", "key"], values, update=())


def entries_of(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return everything that was said of an appeal, in its order."""
    statement = (
        sa.select(appeal_entries)
        .where(appeal_entries.c.appeal_id == appeal_id)
        .order_by(appeal_entries.c.id)
    )
    return connection.execute(statement).mappings().all()


def last_entry(connection: Connection, appeal_id: int, kinds: Sequence[str]) -> RowMapping | None:
    """Return the newest entry of one of these kinds."""
    statement = (
        sa.select(appeal_entries)
        .where(appeal_entries.c.appeal_id == appeal_id, appeal_entries.c.kind.in_(kinds))
        .order_by(appeal_entries.c.id.desc())
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def find_entry(connection: Connection, appeal_id: int, key: str) -> RowMapping | None:
    """Return the entry of an appeal under this key."""
    statement = sa.select(appeal_entries).where(
        appeal_entries.c.appeal_id == appeal_id, appeal_entries.c.key == key
    )
    return connection.execute(statement).mappings().one_or_none()


def entries_by_key(connection: Connection, key: str) -> Sequence[RowMapping]:
    """Return the entries that a message has made (one, or one for each appeal it was part of)."""
    statement = sa.select(appeal_entries).where(appeal_entries.c.key == key)
    return connection.execute(statement.order_by(appeal_entries.c.id)).mappings().all()


def revise_entry(connection: Connection, entry: RowMapping, text: str, at: datetime) -> None:
    """Give an entry its new wording and keep the one before as a revision."""
    number = sa.select(sa.func.count()).where(appeal_revisions.c.entry_id == entry["id"])
    connection.execute(
        sa.insert(appeal_revisions).values(
            entry_id=entry["id"],
            number=connection.execute(number).scalar_one() + 1,
            text=entry["text"],
            until=at,
        )
    )
    connection.execute(
        sa.update(appeal_entries)
        .where(appeal_entries.c.id == entry["id"])
        .values(text=text, revised_at=at)
    )


def revisions_of(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return entry_id, number, text and until of the earlier wordings in an appeal."""
    statement = (
        sa.select(appeal_revisions)
        .join(appeal_entries, appeal_entries.c.id == appeal_revisions.c.entry_id)
        .where(appeal_entries.c.appeal_id == appeal_id)
        .order_by(appeal_revisions.c.entry_id, appeal_revisions.c.number)
    )
    return connection.execute(statement).mappings().all()
