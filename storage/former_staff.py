"""Administrators whose data were erased: known by a keyed hash, so that nobody appoints them anew.

The settings may still name them, and whoever was dismissed must not come back by erasing.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.facts import write_fact
from storage.schema.conversations import facts
from storage.schema.people import roles
from storage.vault import blind, blinds

_NAME = "administrator left:"


def note_left(connection: Connection, person_id: int, role: str, now: datetime) -> None:
    """Note that somebody whose data are erased now once held this role; others leave no note."""
    held = sa.select(roles.c.person_id).where(roles.c.person_id == person_id, roles.c.role == role)
    if connection.execute(held.limit(1)).first() is not None:
        write_fact(connection, _NAME + blind(str(person_id)), "", now)


def has_left(connection: Connection, person_id: int) -> bool:
    """Tell whether such a note is there of this person."""
    names = [_NAME + each for each in blinds(str(person_id))]
    statement = sa.select(facts.c.name).where(facts.c.name.in_(names)).limit(1)
    return connection.execute(statement).first() is not None
