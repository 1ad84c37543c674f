"""Statements about who takes urgent appeals now."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.people import duties, roles
from storage.upsert import upsert


def on_duty(connection: Connection, person_id: int) -> bool:
    """Tell whether this person is on duty."""
    statement = sa.select(duties.c.person_id).where(duties.c.person_id == person_id)
    return connection.execute(statement).first() is not None


def go_on_duty(connection: Connection, person_id: int, now: datetime) -> None:
    """Put this person on duty; who is on duty already keeps the first moment."""
    values = {"person_id": person_id, "since": now}
    upsert(connection, duties, ["person_id"], values, update=())


def go_off_duty(connection: Connection, person_id: int) -> None:
    """Take this person off duty."""
    connection.execute(sa.delete(duties).where(duties.c.person_id == person_id))


def people_on_duty(connection: Connection) -> Sequence[int]:
    """Return who is on duty and still one of the staff, by id."""
    works = sa.exists().where(roles.c.person_id == duties.c.person_id, roles.c.until.is_(None))
    statement = sa.select(duties.c.person_id).where(works).order_by(duties.c.person_id)
    return connection.execute(statement).scalars().all()
