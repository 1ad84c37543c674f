"""Statements about programmes, what their forms ask, and their sessions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.programmes import programme_fields, programme_sessions, programmes
from storage.upsert import upsert

_PAGE = 10


def add_programme(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Keep a programme and return it; one that is there under its draft_id stays as it is."""
    upsert(connection, programmes, ["draft_id"], values, update=())
    found = find_draft(connection, values["draft_id"])
    if found is None:
        raise LookupError(values["draft_id"])
    return found


def find_programme(
    connection: Connection, programme_id: int, *, lock: bool = False
) -> RowMapping | None:
    """Return the row of a programme; lock: nobody else changes it, its queue or its places."""
    statement = sa.select(programmes).where(programmes.c.id == programme_id)
    statement = statement.with_for_update() if lock else statement
    return connection.execute(statement).mappings().one_or_none()


def find_draft(connection: Connection, draft_id: str) -> RowMapping | None:
    """Return the row of a programme by its natural key."""
    statement = sa.select(programmes).where(programmes.c.draft_id == draft_id)
    return connection.execute(statement).mappings().one_or_none()


def programmes_by_ids(connection: Connection, ids: Collection[int]) -> Sequence[RowMapping]:
    """Return the rows of these programmes, by their ids."""
    statement = sa.select(programmes).where(programmes.c.id.in_(ids)).order_by(programmes.c.id)
    return connection.execute(statement).mappings().all()


def change_programme(
    connection: Connection, programme_id: int, seen: int, values: Mapping[str, Any]
) -> bool:
    """Change columns and raise the version; False where it is another one than was seen."""
    table = programmes.c
    statement = (
        sa.update(programmes)
        .where(table.id == programme_id, table.version == seen)
        .values(**values, version=table.version + 1)
    )
    return connection.execute(statement).rowcount == 1


def count_places(connection: Connection, programme_id: int, taken: int, queued: int) -> None:
    """Add to the counters of a programme that the caller has locked."""
    table = programmes.c
    counted = {"taken": table.taken + taken, "queued": table.queued + queued}
    statement = sa.update(programmes).where(table.id == programme_id)
    connection.execute(statement.values(**counted))


def catalogue(
    connection: Connection,
    statuses: Collection[str],
    *,
    since: date,
    place: tuple[str | None, str | None] | None = None,
    after: tuple[date, int] | None = None,
    limit: int = _PAGE,
) -> Sequence[RowMapping]:
    """Return programmes that end on this day or later, those that begin first at the top.

    place: only those for everywhere, for this region, or this district (in any district where
    none is named); None is every place. after: beyond this first day and id.
    """
    table = programmes.c
    statement = sa.select(programmes).where(table.status.in_(statuses), table.ends_on >= since)
    if place is not None:
        statement = statement.where(_for_place(*place))
    if after is not None:
        statement = statement.where(_beyond(after))
    statement = statement.order_by(table.begins_on, table.id).limit(limit)
    return connection.execute(statement).mappings().all()


def desk(connection: Connection, before: int | None, limit: int = _PAGE) -> Sequence[RowMapping]:
    """Return all programmes, the newest first, with ids smaller than `before`."""
    statement = sa.select(programmes).order_by(programmes.c.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(programmes.c.id < before)
    return connection.execute(statement).mappings().all()


def with_free_places(
    connection: Connection, statuses: Collection[str], day: date, limit: int
) -> Sequence[int]:
    """Return ids of programmes that are not over, where people wait though places are free."""
    table = programmes.c
    free = sa.or_(table.capacity.is_(None), table.taken < table.capacity)
    statement = (
        sa.select(table.id)
        .where(table.status.in_(statuses), table.ends_on >= day, table.queued > 0, free)
        .order_by(table.id)
        .limit(limit)
    )
    return connection.execute(statement).scalars().all()


def noteworthy(
    connection: Connection, statuses: Collection[str], day: date, soon: date, limit: int
) -> Sequence[RowMapping]:
    """Return programmes not over that begin between these days, fill up, or where people wait."""
    table = programmes.c
    begins = table.begins_on.between(day, soon)
    filling = table.taken * 10 >= table.capacity * 9
    statement = (
        sa.select(programmes)
        .where(
            table.status.in_(statuses),
            table.ends_on >= day,
            sa.or_(begins, table.queued > 0, filling),
        )
        .order_by(table.begins_on, table.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def fields_of(
    connection: Connection, programme_id: int, *, retired: bool = False
) -> Sequence[RowMapping]:
    """Return what the form asks, in order; retired: with what it asks no more."""
    table = programme_fields.c
    statement = sa.select(programme_fields).where(table.programme_id == programme_id)
    if not retired:
        statement = statement.where(table.retired.is_(False))
    statement = statement.order_by(table.position, table.code)
    return connection.execute(statement).mappings().all()


def put_field(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a question of a form, or change the one of this code."""
    keys = ["programme_id", "code"]
    changed = [name for name in values if name not in keys]
    upsert(connection, programme_fields, keys, values, update=changed)


def delete_field(connection: Connection, programme_id: int, code: str) -> None:
    """Take a question away that nobody has answered."""
    table = programme_fields.c
    own = sa.and_(table.programme_id == programme_id, table.code == code)
    connection.execute(sa.delete(programme_fields).where(own))


def sessions_of(connection: Connection, programme_id: int) -> Sequence[RowMapping]:
    """Return the sessions of a programme, the earliest first."""
    table = programme_sessions.c
    statement = (
        sa.select(programme_sessions)
        .where(table.programme_id == programme_id)
        .order_by(table.starts_at, table.number)
    )
    return connection.execute(statement).mappings().all()


def find_session(connection: Connection, programme_id: int, number: int) -> RowMapping | None:
    """Return the row of one session."""
    table = programme_sessions.c
    own = sa.and_(table.programme_id == programme_id, table.number == number)
    statement = sa.select(programme_sessions).where(own)
    return connection.execute(statement).mappings().one_or_none()


def put_session(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a session, or change the one of this number."""
    keys = ["programme_id", "number"]
    changed = [name for name in values if name not in keys]
    upsert(connection, programme_sessions, keys, values, update=changed)


def delete_session(connection: Connection, programme_id: int, number: int) -> None:
    """Take a session away at which nobody's attendance was marked."""
    table = programme_sessions.c
    own = sa.and_(table.programme_id == programme_id, table.number == number)
    connection.execute(sa.delete(programme_sessions).where(own))


def sessions_between(
    connection: Connection, statuses: Collection[str], since: datetime, until: datetime
) -> Sequence[RowMapping]:
    """Return sessions that start after `since`, up to `until`, of programmes that stand so."""
    table = programme_sessions.c
    statement = (
        sa.select(programme_sessions)
        .join(programmes, programmes.c.id == table.programme_id)
        .where(
            table.starts_at > since,
            table.starts_at <= until,
            programmes.c.status.in_(statuses),
        )
        .order_by(table.starts_at, table.programme_id, table.number)
    )
    return connection.execute(statement).mappings().all()


def note_reminded(
    connection: Connection, programme_id: int, number: int, starts_at: datetime, stage: int
) -> None:
    """Note how far the reminders of a session were sent, where it was not moved meanwhile."""
    table = programme_sessions.c
    own = sa.and_(table.programme_id == programme_id, table.number == number)
    fresh = sa.and_(table.starts_at == starts_at, table.reminded < stage)
    connection.execute(sa.update(programme_sessions).where(own, fresh).values(reminded=stage))


def _for_place(region: str | None, district: str | None) -> sa.ColumnElement[bool]:
    table = programmes.c
    here = sa.or_(table.region.is_(None), table.region == region)
    if district is None:
        return here
    return sa.and_(here, sa.or_(table.district.is_(None), table.district == district))


def _beyond(after: tuple[date, int]) -> sa.ColumnElement[bool]:
    table = programmes.c
    begins_on, programme_id = after
    later = sa.and_(table.begins_on == begins_on, table.id > programme_id)
    return sa.or_(table.begins_on > begins_on, later)
