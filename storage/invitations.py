"""Statements about invitations of staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.people import invitations
from storage.upsert import upsert

_I = invitations.c
# Neither used nor revoked.
_OPEN = sa.and_(_I.used_by.is_(None), _I.revoked_at.is_(None))
# How much of the hash of a token tells one invitation from another.
CODE = 16


def add_invitation(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep an invitation under the hash of its token; one that is there stays as it is.

    False where it is there, by the hash or by the round of choosing that it was made in.
    """
    keys = ["created_by", "asked_in"] if values.get("asked_in") else ["token_hash"]
    return upsert(connection, invitations, keys, values, update=()).rowcount == 1


def find_invitation(connection: Connection, token_hash: str) -> RowMapping | None:
    """Return the invitation of this token."""
    statement = sa.select(invitations).where(_I.token_hash == token_hash)
    return connection.execute(statement).mappings().one_or_none()


def find_by_code(connection: Connection, code: str) -> RowMapping | None:
    """Return the invitation whose hash begins so."""
    statement = sa.select(invitations).where(sa.func.substr(_I.token_hash, 1, CODE) == code)
    return connection.execute(statement).mappings().first()


def made_in(connection: Connection, by: int, asked_in: str) -> str | None:
    """Return the hash of what this round of choosing has led to, None where to nothing."""
    statement = sa.select(_I.token_hash).where(_I.created_by == by, _I.asked_in == asked_in)
    return connection.scalar(statement)


def use_invitation(connection: Connection, token_hash: str, person_id: int, now: datetime) -> bool:
    """Take an open invitation for this person; False where somebody has it, or it was revoked."""
    statement = (
        sa.update(invitations)
        .where(_I.token_hash == token_hash, _OPEN)
        .values(used_by=person_id, used_at=now)
    )
    return connection.execute(statement).rowcount == 1


def revoke(connection: Connection, token_hash: str, by: int | None, now: datetime) -> bool:
    """Revoke an invitation that nobody has used; False where it was used or revoked."""
    statement = (
        sa.update(invitations)
        .where(_I.token_hash == token_hash, _OPEN)
        .values(revoked_at=now, revoked_by=by)
    )
    return connection.execute(statement).rowcount == 1


def open_of(connection: Connection, maker: int, now: datetime) -> Sequence[str]:
    """Return the hashes of what this person made and nobody has used, while it holds."""
    statement = sa.select(_I.token_hash).where(_I.created_by == maker, _OPEN, _I.expires_at > now)
    return connection.execute(statement.order_by(_I.token_hash)).scalars().all()


def newest(
    connection: Connection, before: tuple[datetime, str] | None, limit: int
) -> Sequence[RowMapping]:
    """Return invitations, the newest first, older than this (created_at, hash)."""
    statement = sa.select(invitations)
    if before is not None:
        key = sa.tuple_(_I.created_at, _I.token_hash)
        statement = statement.where(key < sa.tuple_(*before))
    statement = statement.order_by(_I.created_at.desc(), _I.token_hash.desc()).limit(limit)
    return connection.execute(statement).mappings().all()
