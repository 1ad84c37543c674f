"""How readers want their digests."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.digests import digest_readers
from storage.upsert import upsert


def find_reader(connection: Connection, person_id: int) -> RowMapping | None:
    """Return minute, days_off, channel and email, None for who has chosen nothing."""
    statement = sa.select(digest_readers).where(digest_readers.c.person_id == person_id)
    return connection.execute(statement).mappings().one_or_none()


def change_reader(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Keep what a reader chose; what they have not chosen stays as it is."""
    row = {"person_id": person_id, **values}
    upsert(connection, digest_readers, ["person_id"], row, update=values)
