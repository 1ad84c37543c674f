"""Queries and writes about polls whose key two people hold."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.poll_keys import locked_drafts, poll_key_holders, poll_openings
from storage.upsert import upsert


def keep_draft(
    connection: Connection, draft_id: str, draft: Mapping[str, Any], by: int, now: datetime
) -> bool:
    """Keep what will be asked; False where a draft of this id is kept already."""
    values = {"draft_id": draft_id, "draft": dict(draft), "created_by": by, "asked_at": now}
    return upsert(connection, locked_drafts, ["draft_id"], values, update=()).rowcount == 1


def find_draft(connection: Connection, draft_id: str) -> RowMapping | None:
    """Return the draft that waits for its passphrases."""
    statement = sa.select(locked_drafts).where(locked_drafts.c.draft_id == draft_id)
    return connection.execute(statement).mappings().one_or_none()


def drop_draft(connection: Connection, draft_id: str) -> None:
    """Delete a draft that waits no more."""
    connection.execute(sa.delete(locked_drafts).where(locked_drafts.c.draft_id == draft_id))


def ready_drafts(connection: Connection) -> Sequence[RowMapping]:
    """Return the drafts whose passphrases are both set, the oldest first."""
    confirmed = (
        sa.select(sa.func.count())
        .where(
            poll_key_holders.c.draft_id == locked_drafts.c.draft_id,
            poll_key_holders.c.confirmed.is_(sa.true()),
        )
        .scalar_subquery()
    )
    statement = sa.select(locked_drafts).where(confirmed == 2)  # noqa: PLR2004  # both of them
    return connection.execute(statement.order_by(locked_drafts.c.asked_at)).mappings().all()


def add_holder(connection: Connection, draft_id: str, place: int, person: int) -> None:
    """Name who holds the half at this place, 0 or 1."""
    connection.execute(
        sa.insert(poll_key_holders).values(draft_id=draft_id, place=place, person_id=person)
    )


def holders_of(connection: Connection, draft_id: str) -> Sequence[RowMapping]:
    """Return the two holders by place; nobody where the poll has no lock or is counted."""
    statement = (
        sa.select(poll_key_holders)
        .where(poll_key_holders.c.draft_id == draft_id)
        .order_by(poll_key_holders.c.place)
    )
    return connection.execute(statement).mappings().all()


def change_holder(
    connection: Connection, draft_id: str, place: int, values: Mapping[str, Any]
) -> None:
    """Change columns of a holder."""
    connection.execute(
        sa.update(poll_key_holders)
        .where(poll_key_holders.c.draft_id == draft_id, poll_key_holders.c.place == place)
        .values(**values)
    )


def opening_of(connection: Connection, draft_id: str) -> bytes | None:
    """Return the public key to which halves are to be sealed now."""
    statement = sa.select(poll_openings.c.public_key).where(poll_openings.c.draft_id == draft_id)
    return connection.execute(statement).scalar()


def put_opening(connection: Connection, draft_id: str, public_key: bytes) -> None:
    """Let halves be sealed to this key from now on."""
    values = {"draft_id": draft_id, "public_key": public_key}
    upsert(connection, poll_openings, ["draft_id"], values, update=("public_key",))


def forget_locks(connection: Connection, draft_id: str) -> None:
    """Leave what is known of the passphrases to the key file alone."""
    connection.execute(
        sa.update(poll_key_holders)
        .where(poll_key_holders.c.draft_id == draft_id)
        .values(lock=None)
    )


def forget_holders(connection: Connection, draft_id: str) -> None:
    """Delete all that is kept about the holders of a key."""
    for table in (poll_openings, poll_key_holders):
        connection.execute(sa.delete(table).where(table.c.draft_id == draft_id))
