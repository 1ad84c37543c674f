"""Statements about errands: what readers of digests took on, gave to others, or asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.digests import digests, errands
from storage.schema.people import people, roles
from storage.upsert import upsert

_OPEN = sa.and_(errands.c.done_at.is_(None), errands.c.called_off_at.is_(None))


def add_errand(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Keep an errand and return it; one that is there under its key stays as it is."""
    upsert(connection, errands, ["key"], values, update=())
    statement = _errands().where(errands.c.key == values["key"])
    return connection.execute(statement).mappings().one()


def find_errand(connection: Connection, errand_id: int) -> RowMapping | None:
    """Return an errand with the day, period and facts of its digest and whose account has it."""
    statement = _errands().where(errands.c.id == errand_id)
    return connection.execute(statement).mappings().one_or_none()


def find_by_key(connection: Connection, key: str) -> RowMapping | None:
    """Return an errand by its natural key, as `find_errand` does."""
    return connection.execute(_errands().where(errands.c.key == key)).mappings().one_or_none()


def note_accepted(connection: Connection, errand_id: int, now: datetime) -> bool:
    """Note when an open errand was accepted; False where it is over or was accepted before."""
    fresh = sa.and_(errands.c.id == errand_id, _OPEN, errands.c.accepted_at.is_(None))
    return _change(connection, fresh, {"accepted_at": now})


def end_errand(
    connection: Connection, errand_id: int, done_by: int, reply: str | None, now: datetime
) -> bool:
    """Note that an open errand is done, and in what words; False where it is over."""
    values = {"done_at": now, "done_by": done_by, "reply": reply}
    return _change(connection, sa.and_(errands.c.id == errand_id, _OPEN), values)


def call_off(connection: Connection, errand_id: int, now: datetime) -> bool:
    """Call an open errand off; False where it is over."""
    return _change(connection, sa.and_(errands.c.id == errand_id, _OPEN), {"called_off_at": now})


def errands_to(
    connection: Connection, person_id: int, *, asked: bool, before: int, limit: int
) -> Sequence[RowMapping]:
    """Return the open errands that this person has, the newest first, older than `before`.

    With those that are for any operator where `asked`.
    """
    own = errands.c.person_id == person_id
    mine = sa.or_(own, errands.c.person_id.is_(None)) if asked else own
    return _page(connection, mine, before, limit)


def errands_by(
    connection: Connection, person_id: int, *, before: int, limit: int
) -> Sequence[RowMapping]:
    """Return the open errands that this person gave to others or asked, the newest first."""
    elsewhere = sa.or_(errands.c.person_id.is_(None), errands.c.person_id != person_id)
    given = sa.and_(errands.c.by == person_id, elsewhere)
    return _page(connection, given, before, limit)


def count_late(connection: Connection, persons: Collection[int], day: date) -> int:
    """Return how many open errands that these people gave or have were due before this day."""
    concerned = sa.or_(errands.c.by.in_(persons), errands.c.person_id.in_(persons))
    late = sa.and_(concerned, _OPEN, errands.c.due_on < day)
    return connection.execute(sa.select(sa.func.count()).where(late)).scalar_one()


def _errands() -> sa.Select[Any]:
    held = sa.select(roles.c.official).where(
        roles.c.person_id == errands.c.person_id,
        roles.c.official.is_not(None),
        roles.c.until.is_(None),
    )
    return (
        sa.select(
            errands,
            digests.c.day,
            digests.c.period,
            digests.c.facts,
            people.c.name.label("person_name"),
            held.limit(1).scalar_subquery().label("person_official"),
        )
        .outerjoin(digests, digests.c.id == errands.c.digest_id)
        .outerjoin(people, people.c.id == errands.c.person_id)
    )


def _page(
    connection: Connection, wanted: sa.ColumnElement[bool], before: int, limit: int
) -> Sequence[RowMapping]:
    statement = _errands().where(wanted, _OPEN)
    if before:
        statement = statement.where(errands.c.id < before)
    statement = statement.order_by(errands.c.id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def _change(
    connection: Connection, which: sa.ColumnElement[bool], values: Mapping[str, Any]
) -> bool:
    return connection.execute(sa.update(errands).where(which).values(**values)).rowcount == 1
