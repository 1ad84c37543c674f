"""Answers under way, locked: one box for each (poll, voter tag)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.polls import poll_drafts, poll_invitations, polls
from storage.upsert import upsert

_table = poll_drafts.c


def hold_open(connection: Connection, poll_id: int, now: datetime) -> bool:
    """Tell whether a poll takes answers; on PostgreSQL nobody can close it until the commit."""
    statement = (
        sa.select(polls.c.id)
        .where(polls.c.id == poll_id, polls.c.status == "open", polls.c.closes_at > now)
        .with_for_update(read=True)
    )
    return connection.execute(statement).first() is not None


def find_draft(connection: Connection, poll_id: int, tag: bytes) -> bytes | None:
    """Return the box of this tag."""
    statement = sa.select(_table.box).where(_table.poll_id == poll_id, _table.tag == tag)
    return connection.execute(statement).scalar()


def hold_draft(connection: Connection, poll_id: int, tag: bytes) -> bytes | None:
    """Return the box of this tag, which nobody else changes until the commit."""
    statement = (
        sa.select(_table.box).where(_table.poll_id == poll_id, _table.tag == tag).with_for_update()
    )
    return connection.execute(statement).scalar()


def put_draft(connection: Connection, poll_id: int, tag: bytes, box: bytes) -> None:
    """Keep the box in place of an earlier one. Key: (poll, voter tag)."""
    row: dict[str, Any] = {"poll_id": poll_id, "tag": tag, "box": box}
    upsert(connection, poll_drafts, ["poll_id", "tag"], row, update=["box"])


def delete_draft(connection: Connection, poll_id: int, tag: bytes) -> None:
    """Forget the box of this tag. Key: (poll, voter tag)."""
    connection.execute(sa.delete(poll_drafts).where(_table.poll_id == poll_id, _table.tag == tag))


def is_invited(connection: Connection, poll_id: int, person_id: int) -> bool:
    """Tell whether a person is among those listed as invited to a poll."""
    statement = sa.select(poll_invitations.c.poll_id).where(
        poll_invitations.c.poll_id == poll_id, poll_invitations.c.person_id == person_id
    )
    return connection.execute(statement).first() is not None
