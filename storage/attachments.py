"""Statements about files of appeals: their copies, and what others are shown of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import attachments

_A = attachments.c
# In the words of the index that holds them.
_TO_COPY = sa.text("copy_state IS NULL")

Key = tuple[int, int]


def files_of(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return the files of an appeal, whole rows, in the order in which they were sent.

    Those that were erased leave a number only, and are none any more.
    """
    this = (_A.appeal_id == appeal_id, _A.erased_at.is_(None))
    statement = sa.select(attachments).where(*this).order_by(_A.message_id)
    return connection.execute(statement).mappings().all()


def to_copy(
    connection: Connection, now: datetime, after: Key | None, limit: int
) -> Sequence[RowMapping]:
    """Return files without a copy that may be tried now, from the (appeal, message) key on."""
    statement = sa.select(attachments).where(
        _TO_COPY, sa.or_(_A.copy_after.is_(None), _A.copy_after <= now)
    )
    if after is not None:
        statement = statement.where(sa.tuple_(_A.appeal_id, _A.message_id) > sa.tuple_(*after))
    statement = statement.order_by(_A.appeal_id, _A.message_id).limit(limit)
    return connection.execute(statement).mappings().all()


def settle(connection: Connection, file: Key, values: Mapping[str, Any]) -> None:
    """Change a file that has no copy yet."""
    _change(connection, file, values, _TO_COPY)


def count_try(connection: Connection, file: Key, tries: int, values: Mapping[str, Any]) -> None:
    """Change a file that has no copy yet, and was tried less often than that."""
    values = {**values, "copy_tries": tries}
    _change(connection, file, values, sa.and_(_TO_COPY, _A.copy_tries < tries))


def postpone(connection: Connection, file: Key, now: datetime, until: datetime) -> None:
    """Leave a file without a copy until a moment, unless it is left already."""
    due = sa.or_(_A.copy_after.is_(None), _A.copy_after <= now)
    _change(connection, file, {"copy_after": until}, sa.and_(_TO_COPY, due))


def show_as(connection: Connection, file: Key, file_id: str) -> None:
    """Keep as what others are shown a file; the first word stands."""
    _change(connection, file, {"shown_file_id": file_id}, _A.shown_file_id.is_(None))


def _change(
    connection: Connection,
    file: Key,
    values: Mapping[str, Any],
    condition: sa.ColumnElement[bool] | sa.TextClause,
) -> None:
    appeal_id, message_id = file
    statement = (
        sa.update(attachments)
        .where(_A.appeal_id == appeal_id, _A.message_id == message_id, condition)
        .values(**values)
    )
    connection.execute(statement)
