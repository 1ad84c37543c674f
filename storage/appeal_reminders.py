"""Statements about reminders: which appeals need one now, and which were given."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_reminders, appeals
from storage.upsert import upsert

_STATUSES = ("registered", "in_work", "disputed")
# Counts from the closing day (storage.appeal_closing).
_OF_CLOSING = -2
_KEYS = ("appeal_id", "due_on", "stage")


def unreminded(
    connection: Connection, first: date, last: date, stage: int, limit: int
) -> Sequence[RowMapping]:
    """Return open appeals due on first … last without this stage or a later one.

    The earliest due first.
    """
    statement = _unreminded(first, last, stage).order_by(appeals.c.due_on, appeals.c.id)
    return connection.execute(statement.limit(limit)).mappings().all()


def any_unreminded(connection: Connection, first: date, last: date, stage: int) -> bool:
    """Tell whether `unreminded` finds anything."""
    return connection.execute(_unreminded(first, last, stage).limit(1)).first() is not None


def claim(
    connection: Connection,
    appeal_id: int,
    due_on: date,
    stage: int,
    official: str | None,
    at: datetime,
) -> bool:
    """Write that this stage of this due date is given; False where it was given before."""
    values = {"appeal_id": appeal_id, "due_on": due_on, "stage": stage, "official": official}
    written = upsert(connection, appeal_reminders, _KEYS, {**values, "at": at}, update=())
    return written.rowcount == 1


def given_after_due(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return stage, at and official of what the next levels were told, in its order."""
    table = appeal_reminders.c
    statement = (
        sa.select(table.stage, table.at, table.official)
        .where(table.appeal_id == appeal_id, table.stage > 0)
        .order_by(table.at)
    )
    return connection.execute(statement).mappings().all()


def _unreminded(first: date, last: date, stage: int) -> sa.Select[tuple[int]]:
    reminded = sa.exists().where(
        appeal_reminders.c.appeal_id == appeals.c.id,
        appeal_reminders.c.due_on == appeals.c.due_on,
        appeal_reminders.c.stage >= stage,
        appeal_reminders.c.stage != _OF_CLOSING,
    )
    return sa.select(appeals).where(
        appeals.c.status.in_(_STATUSES), appeals.c.due_on.between(first, last), ~reminded
    )
