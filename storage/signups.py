"""Statements about who signed up for programmes. Whoever changes one has locked its programme."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.programmes import certificates, programmes, signups
from storage.upsert import upsert


def add_signup(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Keep that somebody signs up and return it; where they did before, it stays as it is."""
    upsert(connection, signups, ["programme_id", "person_id"], values, update=())
    found = find_own(connection, values["programme_id"], values["person_id"])
    if found is None:
        raise LookupError(values["programme_id"])
    return found


def find_signup(connection: Connection, signup_id: int) -> RowMapping | None:
    """Return the row of a sign-up."""
    statement = sa.select(signups).where(signups.c.id == signup_id)
    return connection.execute(statement).mappings().one_or_none()


def find_own(connection: Connection, programme_id: int, person_id: int) -> RowMapping | None:
    """Return the row of this person in this programme."""
    table = signups.c
    own = sa.and_(table.programme_id == programme_id, table.person_id == person_id)
    return connection.execute(sa.select(signups).where(own)).mappings().one_or_none()


def change_signup(
    connection: Connection, signup_id: int, seen: int, values: Mapping[str, Any]
) -> bool:
    """Change columns and raise the version; False where it is another one than was seen."""
    table = signups.c
    statement = (
        sa.update(signups)
        .where(table.id == signup_id, table.version == seen)
        .values(**values, version=table.version + 1)
    )
    return connection.execute(statement).rowcount == 1


def first_in_queue(connection: Connection, programme_id: int) -> RowMapping | None:
    """Return who waits the longest."""
    return next(iter(_queue(connection, programme_id, 1)), None)


def place_in_queue(connection: Connection, row: RowMapping) -> int:
    """Return the how manieth in the queue somebody is who waits, from 1."""
    table = signups.c
    sooner = sa.or_(
        table.queued_at < row["queued_at"],
        sa.and_(table.queued_at == row["queued_at"], table.id < row["id"]),
    )
    statement = sa.select(sa.func.count()).where(
        table.programme_id == row["programme_id"], table.status == "waiting", sooner
    )
    ahead: int = connection.execute(statement).scalar_one()
    return ahead + 1


def signups_of(
    connection: Connection,
    programme_id: int,
    statuses: Collection[str],
    *,
    after: int = 0,
    limit: int = 100,
) -> Sequence[RowMapping]:
    """Return the sign-ups of a programme that stand so, by id, beyond this one."""
    table = signups.c
    statement = (
        sa.select(signups)
        .where(table.programme_id == programme_id, table.status.in_(statuses), table.id > after)
        .order_by(table.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def count_by_status(connection: Connection, programme_id: int) -> Mapping[str, int]:
    """Return how many sign-ups stand how."""
    table = signups.c
    statement = (
        sa.select(table.status, sa.func.count())
        .where(table.programme_id == programme_id)
        .group_by(table.status)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def anybody_answered(connection: Connection, programme_id: int) -> bool:
    """Tell whether anybody ever signed up."""
    statement = sa.select(signups.c.id).where(signups.c.programme_id == programme_id).limit(1)
    return connection.execute(statement).first() is not None


def own_signups(
    connection: Connection, person_id: int, statuses: Collection[str] | None = None
) -> Sequence[RowMapping]:
    """Return how somebody stands to programmes, the newest of them first; None is anyhow."""
    table = signups.c
    statement = sa.select(signups).where(table.person_id == person_id)
    if statuses is not None:
        statement = statement.where(table.status.in_(statuses))
    statement = statement.order_by(table.programme_id.desc())
    return connection.execute(statement).mappings().all()


def lapsed(connection: Connection, now: datetime, limit: int) -> Sequence[RowMapping]:
    """Return sign-ups whose offered place was kept until now, the earliest first."""
    table = signups.c
    statement = (
        sa.select(signups)
        .where(table.offered_until <= now)
        .order_by(table.offered_until, table.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def erase_words(connection: Connection, signup_id: int, now: datetime) -> None:
    """Erase what somebody told of themselves; whose sign-up it was stays for their own list."""
    gone = {"name": None, "answers": None, "erased_at": now}
    own = sa.and_(signups.c.id == signup_id, signups.c.erased_at.is_(None))
    connection.execute(sa.update(signups).where(own).values(**gone))


def erase_person(connection: Connection, person_id: int, now: datetime) -> None:
    """Take everything personal out of the sign-ups of somebody."""
    gone = {"person_id": None, "name": None, "answers": None, "erased_at": now}
    own = signups.c.person_id == person_id
    connection.execute(sa.update(signups).where(own).values(**gone))


def programmes_of(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return what somebody signed up for, with the titles, the newest first."""
    statement = (
        sa.select(signups, programmes.c.title_kk, programmes.c.title_ru, programmes.c.ends_on)
        .join(programmes, programmes.c.id == signups.c.programme_id)
        .where(signups.c.person_id == person_id)
        .order_by(signups.c.id.desc())
    )
    return connection.execute(statement).mappings().all()


def outlived(connection: Connection, before: date, limit: int) -> Sequence[int]:
    """Return sign-ups with words of a person, of programmes that were over before this day."""
    statement = sa.select(signups.c.id).where(_old(before)).order_by(signups.c.id).limit(limit)
    return connection.execute(statement).scalars().all()


def count_outlived(connection: Connection, before: date) -> tuple[int, date | None]:
    """Return how many these are, and the last day of the programme that was over first."""
    ended = (
        sa.select(sa.func.min(programmes.c.ends_on))
        .where(programmes.c.id.in_(sa.select(signups.c.programme_id).where(_old(before))))
        .scalar_subquery()
    )
    statement = sa.select(sa.func.count(), ended).select_from(signups).where(_old(before))
    count, oldest = connection.execute(statement).one()
    return count, oldest


def forget_outlived(connection: Connection, ids: Sequence[int], now: datetime) -> int:
    """Erase what these people told of themselves, and whose it was where no certificate stands."""
    words = {"name": None, "answers": None, "erased_at": now}
    own = signups.c.id.in_(ids)
    done = connection.execute(sa.update(signups).where(own).values(**words)).rowcount
    bare = ~sa.exists().where(certificates.c.signup_id == signups.c.id)
    connection.execute(sa.update(signups).where(own, bare).values(person_id=None))
    return done


def _old(before: date) -> sa.ColumnElement[bool]:
    over = sa.select(programmes.c.id).where(programmes.c.ends_on < before)
    return sa.and_(signups.c.erased_at.is_(None), signups.c.programme_id.in_(over))


def _queue(connection: Connection, programme_id: int, limit: int) -> Sequence[RowMapping]:
    table = signups.c
    statement = (
        sa.select(signups)
        .where(table.programme_id == programme_id, table.status == "waiting")
        .order_by(table.queued_at, table.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()
