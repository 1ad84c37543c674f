"""Statements about bans, and about how often somebody leaves appeals."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.reach import Bounds, within
from storage.schema.appeals import appeal_followers, appeals
from storage.schema.people import bans, people
from storage.upsert import upsert

# Made once: building a statement costs more than running it.
_IN_FORCE = (
    sa.select(bans)
    .where(
        bans.c.person_id == sa.bindparam("of_person"),
        bans.c.until > sa.bindparam("of_now"),
        bans.c.lifted_at.is_(None),
    )
    .order_by(bans.c.until.desc())
    .limit(1)
)
_REGISTERED = (
    sa.select(appeals.c.registered_at)
    .where(appeals.c.person_id == sa.bindparam("of_person"))
    .order_by(appeals.c.id.desc())
    .limit(sa.bindparam("of_limit"))
)


def ban_in_force(connection: Connection, person_id: int, now: datetime) -> RowMapping | None:
    """Return the ban of this person that is in force now, the latest to end of several."""
    wanted = {"of_person": person_id, "of_now": now}
    return connection.execute(_IN_FORCE, wanted).mappings().one_or_none()


def bans_in_force(
    connection: Connection, now: datetime, limit: int, bounds: Bounds = None
) -> Sequence[RowMapping]:
    """Return the bans in force with `appeal_number`, those that end first first.

    Of those that came from appeals within the bounds.
    """
    statement = (
        sa.select(bans, appeals.c.number.label("appeal_number"))
        .join(appeals, appeals.c.id == bans.c.appeal_id)
        .where(bans.c.until > now, bans.c.lifted_at.is_(None))
        .order_by(bans.c.until, bans.c.appeal_id)
        .limit(limit)
    )
    return connection.execute(within(statement, appeals, bounds)).mappings().all()


def ban_of_appeal(connection: Connection, appeal_id: int) -> RowMapping | None:
    """Return the newest ban that came from this appeal, with the `name` of who did it."""
    author = sa.select(appeals.c.person_id).where(appeals.c.id == appeal_id)
    statement = (
        sa.select(bans, people.c.name)
        .outerjoin(people, people.c.id == bans.c.by)
        .where(bans.c.person_id == author.scalar_subquery(), bans.c.appeal_id == appeal_id)
        .order_by(bans.c.number.desc())
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def add_ban(connection: Connection, person_id: int, values: Mapping[str, Any]) -> int | None:
    """Write the next ban of a person and return its number; None where somebody was faster."""
    last = sa.select(sa.func.coalesce(sa.func.max(bans.c.number), 0)).where(
        bans.c.person_id == person_id
    )
    number: int = connection.execute(last).scalar_one() + 1
    row = {"person_id": person_id, "number": number, **values}
    written = upsert(connection, bans, ["person_id", "number"], row, update=())
    return number if written.rowcount else None


def lift(connection: Connection, ban: RowMapping, actor: int, now: datetime) -> bool:
    """End a ban before its time; False where that has been done."""
    return _change(connection, ban, bans.c.lifted_at, {"lifted_at": now, "lifted_by": actor})


def object_to(connection: Connection, ban: RowMapping, words: str, now: datetime) -> bool:
    """Keep what the person says against a ban; False where they have said something before."""
    return _change(connection, ban, bans.c.objected_at, {"objection": words, "objected_at": now})


def registrations_of(
    connection: Connection, person_id: int, since: datetime, limit: int
) -> Sequence[datetime]:
    """Return when a person left their newest appeals, the newest first, since that moment."""
    wanted = {"of_person": person_id, "of_limit": limit}
    return [at for at in connection.execute(_REGISTERED, wanted).scalars() if at > since]


def joins_of(
    connection: Connection, person_id: int, since: datetime, limit: int
) -> Sequence[datetime]:
    """Return when a person joined appeals, the newest first, since that moment."""
    table = appeal_followers.c
    joined = sa.select(table.joined_at).where(table.person_id == person_id)
    newest = joined.order_by(table.joined_at.desc()).limit(limit)
    return [at for at in connection.execute(newest).scalars() if at > since]


def newcomers_appeals(
    connection: Connection, since: datetime, joined_since: datetime, looked_at: int
) -> Sequence[datetime]:
    """Return when those who joined lately left appeals since a moment, the newest first.

    Only so many of the newest appeals are looked at.
    """
    newest = (
        sa.select(appeals.c.id, appeals.c.person_id, appeals.c.registered_at)
        .order_by(appeals.c.id.desc())
        .limit(looked_at)
        .subquery()
    )
    statement = (
        sa.select(newest.c.registered_at)
        .join(people, people.c.id == newest.c.person_id)
        .where(newest.c.registered_at > since, people.c.joined_at > joined_since)
        .order_by(newest.c.id.desc())
    )
    return connection.execute(statement).scalars().all()


def _change(
    connection: Connection, ban: RowMapping, unset: sa.Column[Any], values: Mapping[str, Any]
) -> bool:
    statement = (
        sa.update(bans)
        .where(bans.c.person_id == ban["person_id"], bans.c.number == ban["number"])
        .where(unset.is_(None))
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def numbers_of(connection: Connection, person_id: int) -> Sequence[int]:
    """Return the numbers of all bans of a person."""
    statement = sa.select(bans.c.number).where(bans.c.person_id == person_id)
    return connection.execute(statement).scalars().all()
