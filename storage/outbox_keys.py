"""Which messages were queued already, by their natural keys."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.delivery import outbox


def told_already(connection: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Return those of these keys under which a message was queued."""
    statement = sa.select(outbox.c.key).where(outbox.c.key.in_(keys))
    return frozenset(connection.execute(statement).scalars())
