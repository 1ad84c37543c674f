"""Statements about the PINs of staff and whether their sessions have ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.conversations import facts
from storage.schema.people import staff_sessions
from storage.upsert import upsert

# After how many hours without use a session ends, as the settings said when the bot was started;
# "0", or no such fact, where sessions never end.
HOURS = "staff_session_hours"
NEVER = "0"

_S = staff_sessions.c
_OF = _S.person_id == sa.bindparam("person")
_LOCKED = sa.select(_S.locked).where(_OF).scalar_subquery()
# Where sessions end, who has no PIN yet has to choose one first.
_ENDED = sa.select(sa.func.coalesce(_LOCKED, sa.true())).where(
    facts.c.name == HOURS, facts.c.value != NEVER
)
_FIND = sa.select(staff_sessions).where(_OF)
_HOLD = _FIND.with_for_update()


def session_ended(connection: Connection, person_id: int) -> bool:
    """Tell whether this member of staff has to type their PIN first, or to choose one."""
    return bool(connection.execute(_ENDED, {"person": person_id}).scalar())


def find_session(connection: Connection, person_id: int) -> RowMapping | None:
    """Return the row of this person."""
    return connection.execute(_FIND, {"person": person_id}).mappings().one_or_none()


def hold_session(connection: Connection, person_id: int) -> RowMapping | None:
    """Return the row of this person and let nobody else change it until the commit."""
    return connection.execute(_HOLD, {"person": person_id}).mappings().one_or_none()


def add_session(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a PIN that somebody chose; False where they have one."""
    return upsert(connection, staff_sessions, ["person_id"], values, update=()).rowcount == 1


def change_session(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of this person's row."""
    statement = sa.update(staff_sessions).where(_S.person_id == person_id)
    connection.execute(statement.values(**values))


def drop_session(connection: Connection, person_id: int) -> bool:
    """Forget the PIN of this person; False where there is none."""
    statement = sa.delete(staff_sessions).where(_S.person_id == person_id)
    return connection.execute(statement).rowcount == 1


def unused(connection: Connection, since: datetime) -> bool:
    """Tell whether a session goes on that nobody has used since then."""
    found = sa.exists().where(sa.not_(_S.locked), _S.used_at <= since)
    return bool(connection.execute(sa.select(found)).scalar())


def lock_unused(connection: Connection, since: datetime) -> int:
    """End the sessions that nobody has used since then; return how many."""
    statement = sa.update(staff_sessions).where(sa.not_(_S.locked), _S.used_at <= since)
    return connection.execute(statement.values(locked=True)).rowcount


def note_use(connection: Connection, person_id: int, now: datetime) -> None:
    """Note that a session that goes on is used now."""
    statement = sa.update(staff_sessions).where(_S.person_id == person_id, sa.not_(_S.locked))
    connection.execute(statement.values(used_at=now))
