"""Bans of people whose data were erased: kept by a keyed hash, and given back with the person."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.bans import ban_in_force
from storage.schema.people import bans, kept_bans
from storage.upsert import upsert
from storage.vault import blind, blinds

_KEPT = ("since", "until", "reason", "by", "appeal_id", "objected_at")


def keep_ban(connection: Connection, person_id: int, now: datetime) -> bool:
    """Keep the ban of this person that is in force under a keyed hash; False where none is."""
    ban = ban_in_force(connection, person_id, now)
    if ban is None:
        return False
    values = {name: ban[name] for name in _KEPT}
    row = {"person_blind": blind(str(person_id)), **values}
    upsert(connection, kept_bans, ["person_blind"], row, update=_KEPT)
    return True


def give_back_ban(connection: Connection, person_id: int, now: datetime) -> bool:
    """Put the ban that was kept of this person in force again; False where none is."""
    this = kept_bans.c.person_blind.in_(blinds(str(person_id)))
    statement = sa.select(kept_bans).where(this, kept_bans.c.until > now)
    kept: RowMapping | None = connection.execute(statement).mappings().first()
    if kept is None:
        return False
    values: dict[str, Any] = {name: kept[name] for name in _KEPT}
    # Against what was objected once is not objected again; the words are gone.
    row = {"person_id": person_id, "number": 1, **values}
    upsert(connection, bans, ["person_id", "number"], row, update=())
    connection.execute(sa.delete(kept_bans).where(this))
    return True
