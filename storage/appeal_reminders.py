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
# From this stage on an appeal is passed on.
_PASSED_ON = 3
_KEYS = ("appeal_id", "due_on", "stage")


def unreminded(
    connection: Connection,
    first: date,
    last: date,
    stage: int,
    limit: int,
    before: datetime | None = None,
) -> Sequence[RowMapping]:
    """Return open appeals due on first … last without this stage or a later one.

    Without those that were passed on for this due date at `before` or later. The earliest due
    first.
    """
    statement = _unreminded(first, last, stage, before).order_by(appeals.c.due_on, appeals.c.id)
    return connection.execute(statement.limit(limit)).mappings().all()


def any_unreminded(
    connection: Connection, first: date, last: date, stage: int, before: datetime | None = None
) -> bool:
    """Tell whether `unreminded` finds anything."""
    statement = _unreminded(first, last, stage, before).limit(1)
    return connection.execute(statement).first() is not None


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


def nobody_above(connection: Connection, appeal_id: int, due_on: date) -> bool:
    """Tell whether it was found before, for this due date, that nobody is above."""
    table = appeal_reminders.c
    statement = sa.select(table.stage).where(
        table.appeal_id == appeal_id,
        table.due_on == due_on,
        table.stage >= _PASSED_ON,
        table.official.is_(None),
    )
    return connection.execute(statement.limit(1)).first() is not None


def given_after_due(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return stage, at and official of what the next levels were told, in its order."""
    table = appeal_reminders.c
    statement = (
        sa.select(table.stage, table.at, table.official)
        .where(table.appeal_id == appeal_id, table.stage > 0)
        .order_by(table.at)
    )
    return connection.execute(statement).mappings().all()


def _unreminded(
    first: date, last: date, stage: int, before: datetime | None
) -> sa.Select[tuple[int]]:
    given = appeal_reminders.c
    reached = sa.and_(given.stage >= stage, given.stage != _OF_CLOSING)
    if before is not None:
        reached = sa.or_(reached, sa.and_(given.stage >= _PASSED_ON, given.at >= before))
    reminded = sa.exists().where(
        given.appeal_id == appeals.c.id, given.due_on == appeals.c.due_on, reached
    )
    return sa.select(appeals).where(
        appeals.c.status.in_(_STATUSES), appeals.c.due_on.between(first, last), ~reminded
    )
