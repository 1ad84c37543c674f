"""Who came to which session of a programme."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.programmes import attendance, programme_sessions, signups
from storage.upsert import upsert

# Whoever has a place comes; who waits, has left or was forgotten is on no list.
CONFIRMED = "confirmed"


def session_marks(connection: Connection, programme_id: int) -> Sequence[RowMapping]:
    """Return the sessions of a programme with how many were present and absent, by moment.

    Of who has a place now; where nobody was marked both are 0.
    """
    table = programme_sessions.c
    counted = (
        sa.select(
            attendance.c.number,
            sa.func.sum(sa.case((attendance.c.present, 1), else_=0)).label("present"),
            sa.func.count().label("marked"),
        )
        .join(signups, signups.c.id == attendance.c.signup_id)
        .where(attendance.c.programme_id == programme_id, _taking_part(programme_id))
        .group_by(attendance.c.number)
        .subquery()
    )
    present = sa.func.coalesce(counted.c.present, 0)
    statement = (
        sa.select(
            programme_sessions,
            present.label("present"),
            (sa.func.coalesce(counted.c.marked, 0) - present).label("absent"),
        )
        .outerjoin(counted, counted.c.number == table.number)
        .where(table.programme_id == programme_id)
        .order_by(table.starts_at, table.number)
    )
    return connection.execute(statement).mappings().all()


def roll(
    connection: Connection, programme_id: int, number: int, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return id, name and present (NULL: not marked) of who has a place, beyond this sign-up."""
    marked = sa.and_(
        attendance.c.programme_id == programme_id,
        attendance.c.number == number,
        attendance.c.signup_id == signups.c.id,
    )
    statement = (
        sa.select(signups.c.id, signups.c.name, attendance.c.present)
        .outerjoin(attendance, marked)
        .where(_taking_part(programme_id), signups.c.id > after)
        .order_by(signups.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def edge_before(connection: Connection, programme_id: int, first: int, limit: int) -> int | None:
    """Return the sign-up after which the page before this one begins, None where there is none."""
    statement = (
        sa.select(signups.c.id)
        .where(_taking_part(programme_id), signups.c.id < first)
        .order_by(signups.c.id.desc())
        .limit(limit + 1)
    )
    earlier = connection.execute(statement).scalars().all()
    if not earlier:
        return None
    return earlier[limit] if len(earlier) > limit else 0


def participants(connection: Connection, programme_id: int) -> int:
    """Return how many have a place."""
    statement = sa.select(sa.func.count()).select_from(signups).where(_taking_part(programme_id))
    found: int = connection.execute(statement).scalar_one()
    return found


def find_signup(connection: Connection, signup_id: int) -> RowMapping | None:
    """Return the row of a sign-up."""
    statement = sa.select(signups).where(signups.c.id == signup_id)
    return connection.execute(statement).mappings().one_or_none()


def mark_of(connection: Connection, programme_id: int, number: int, signup_id: int) -> bool | None:
    """Return whether somebody was present; None where that is not marked."""
    statement = sa.select(attendance.c.present).where(_mark(programme_id, number, signup_id))
    return connection.execute(statement).scalar_one_or_none()


def put_mark(
    connection: Connection,
    programme_id: int,
    number: int,
    signup_id: int,
    *,
    present: bool,
    by: int | None,
    now: datetime,
) -> bool:
    """Mark somebody as present or absent; False where they are marked so already."""
    if mark_of(connection, programme_id, number, signup_id) is present:
        return False
    keys = {"programme_id": programme_id, "number": number, "signup_id": signup_id}
    changed = {"present": present, "by": by, "at": now}
    upsert(connection, attendance, list(keys), keys | changed, update=list(changed))
    return True


def mark_rest(
    connection: Connection, programme_id: int, number: int, by: int, now: datetime
) -> int:
    """Mark everybody with a place as present who is not marked yet; how many."""
    marked = sa.exists().where(
        attendance.c.programme_id == programme_id,
        attendance.c.number == number,
        attendance.c.signup_id == signups.c.id,
    )
    chosen = sa.select(
        sa.literal(programme_id),
        sa.literal(number),
        signups.c.id,
        sa.true(),
        sa.literal(by, attendance.c.by.type),
        sa.literal(now, attendance.c.at.type),
    ).where(_taking_part(programme_id), ~marked)
    names = ["programme_id", "number", "signup_id", "present", "by", "at"]
    return connection.execute(sa.insert(attendance).from_select(names, chosen)).rowcount


def tallies(
    connection: Connection, programme_id: int, after: int = 0, limit: int | None = None
) -> Sequence[RowMapping]:
    """Return id, person_id, language, name and attended of who has a place, by sign-up."""
    came = (
        sa.select(sa.func.count())
        .where(
            attendance.c.signup_id == signups.c.id,
            attendance.c.programme_id == programme_id,
            attendance.c.present,
        )
        .scalar_subquery()
    )
    statement = (
        sa.select(
            signups.c.id,
            signups.c.person_id,
            signups.c.language,
            signups.c.name,
            came.label("attended"),
        )
        .where(_taking_part(programme_id), signups.c.id > after)
        .order_by(signups.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def marks_of(connection: Connection, signup_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Return signup_id, starts_at, present and at of everything marked of these sign-ups."""
    session = sa.and_(
        programme_sessions.c.programme_id == attendance.c.programme_id,
        programme_sessions.c.number == attendance.c.number,
    )
    statement = (
        sa.select(
            attendance.c.signup_id,
            programme_sessions.c.starts_at,
            attendance.c.present,
            attendance.c.at,
        )
        .join(programme_sessions, session)
        .where(attendance.c.signup_id.in_(signup_ids))
        .order_by(attendance.c.signup_id, programme_sessions.c.starts_at)
    )
    return connection.execute(statement).mappings().all()


def forget_marks(connection: Connection, signup_ids: Sequence[int]) -> int:
    """Delete what is marked of these sign-ups; how many marks that were."""
    statement = sa.delete(attendance).where(attendance.c.signup_id.in_(signup_ids))
    return connection.execute(statement).rowcount


def _taking_part(programme_id: int) -> sa.ColumnElement[bool]:
    of: sa.ColumnElement[bool] = sa.and_(
        signups.c.programme_id == programme_id,
        signups.c.status == CONFIRMED,
        signups.c.erased_at.is_(None),
    )
    return of


def _mark(programme_id: int, number: int, signup_id: int) -> Any:
    return sa.and_(
        attendance.c.programme_id == programme_id,
        attendance.c.number == number,
        attendance.c.signup_id == signup_id,
    )
