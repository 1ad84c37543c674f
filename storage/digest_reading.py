"""Digests that went out, as their readers find them again."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.digests import digests


def find_digest(connection: Connection, digest_id: int) -> RowMapping | None:
    """Return the row of a digest."""
    statement = sa.select(digests).where(digests.c.id == digest_id)
    return connection.execute(statement).mappings().one_or_none()


def digest_of(
    connection: Connection, official: str, period: str, day: date, person_id: int
) -> RowMapping | None:
    """Return the digest of this natural key."""
    key = (
        digests.c.official == official,
        digests.c.period == period,
        digests.c.day == day,
        digests.c.person_id == person_id,
    )
    return connection.execute(sa.select(digests).where(*key)).mappings().one_or_none()


def note_read(connection: Connection, digest_id: int, now: datetime) -> None:
    """Note when a digest was read; the first moment stands."""
    unread = sa.and_(digests.c.id == digest_id, digests.c.read_at.is_(None))
    connection.execute(sa.update(digests).where(unread).values(read_at=now))
