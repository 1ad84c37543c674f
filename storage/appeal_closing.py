"""Statements about answered appeals: what is due by the clock, and what an answer was."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_events, appeal_reminders, appeals
from storage.upsert import upsert

# Stages of `appeal_reminders` count from the due date; this one counts from the closing day, and
# none of the others has its number.
_SILENCE_STAGE = -2
_DECISIONS = ("answered", "declined")
# An expression, so that no index of states is chosen where the one of the day is short: nearly
# all appeals are closed.
_state = appeals.c.status.concat("")


def due_to_close(
    connection: Connection, statuses: Collection[str], today: date, limit: int
) -> Sequence[RowMapping]:
    """Return the appeals in these states that silence closes by today, the longest due first."""
    statement = (
        sa.select(appeals)
        .where(appeals.c.closes_on <= today, _state.in_(statuses))
        .order_by(appeals.c.closes_on, appeals.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def silent(
    connection: Connection, status: str, first: date, last: date, limit: int
) -> Sequence[RowMapping]:
    """Return the appeals in this state that close on first … last and were not reminded of it."""
    reminded = sa.exists().where(
        appeal_reminders.c.appeal_id == appeals.c.id,
        appeal_reminders.c.due_on == appeals.c.closes_on,
        appeal_reminders.c.stage == _SILENCE_STAGE,
    )
    statement = (
        sa.select(appeals)
        .where(appeals.c.closes_on.between(first, last), _state == status, ~reminded)
        .order_by(appeals.c.closes_on, appeals.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def note_silence(connection: Connection, appeal_id: int, closes_on: date, at: datetime) -> None:
    """Write that the citizen was reminded before this closing day; once."""
    values = {"appeal_id": appeal_id, "due_on": closes_on, "stage": _SILENCE_STAGE, "at": at}
    upsert(connection, appeal_reminders, ["appeal_id", "due_on", "stage"], values, update=())


def promises_due(
    connection: Connection, statuses: Collection[str], today: date, limit: int
) -> Sequence[RowMapping]:
    """Return the appeals in these states whose promise is checked by today, longest due first."""
    statement = (
        sa.select(appeals)
        .where(appeals.c.recheck_on <= today, _state.in_(statuses))
        .order_by(appeals.c.recheck_on, appeals.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def decision(connection: Connection, appeal_id: int) -> int | None:
    """Return the version at which the appeal was last answered or declined, None if never."""
    found = last_event(connection, appeal_id, _DECISIONS)
    return found["version"] if found else None


def last_event(
    connection: Connection, appeal_id: int, kinds: Collection[str]
) -> RowMapping | None:
    """Return the newest event of one of these kinds."""
    statement = (
        sa.select(appeal_events)
        .where(appeal_events.c.appeal_id == appeal_id, appeal_events.c.kind.in_(kinds))
        .order_by(appeal_events.c.version.desc())
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def decided_by(connection: Connection, appeal_id: int) -> frozenset[int]:
    """Return who has answered or declined the appeal at any time."""
    statement = sa.select(appeal_events.c.actor).where(
        appeal_events.c.appeal_id == appeal_id,
        appeal_events.c.kind.in_(_DECISIONS),
        appeal_events.c.actor.is_not(None),
    )
    return frozenset(connection.execute(statement).scalars())
