"""Statements about the applications of citizens to public councils."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.rights_due import Rows
from storage.schema.councils import council_applications
from storage.upsert import upsert

_A = council_applications.c
_SENT = "sent"


def add(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Write an application; False where its draft is one already."""
    return upsert(connection, council_applications, ["draft_id"], values, update=()).rowcount == 1


def find(connection: Connection, application: int) -> RowMapping | None:
    """Return one application."""
    return _one(connection, _A.id == application)


def find_by_draft(connection: Connection, draft: str) -> RowMapping | None:
    """Return the application that a draft became."""
    return _one(connection, _A.draft_id == draft)


def of_person(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return a person's applications, the oldest first."""
    statement = sa.select(council_applications).where(_A.person_id == person_id).order_by(_A.id)
    return connection.execute(statement).mappings().all()


def change(connection: Connection, application: int, version: int, **values: Any) -> bool:
    """Change an application that still has this version and raise it; False where it has not."""
    statement = (
        sa.update(council_applications)
        .where(_A.id == application, _A.version == version)
        .values(version=version + 1, **values)
    )
    return connection.execute(statement).rowcount == 1


def waiting(
    connection: Connection, of: Collection[str] | None, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return id, council and at of what waits, the oldest first; None: of every council."""
    statement = sa.select(_A.id, _A.council, _A.at).where(_A.status == _SENT, _A.id > after)
    if of is not None:
        statement = statement.where(_A.council.in_(of))
    return connection.execute(statement.order_by(_A.id).limit(limit)).mappings().all()


def count_waiting(connection: Connection, of: Collection[str] | None) -> int:
    """Return how many wait; None: of every council."""
    statement = sa.select(sa.func.count()).where(_A.status == _SENT)
    if of is not None:
        statement = statement.where(_A.council.in_(of))
    return connection.execute(statement).scalar_one()


def delete_of(connection: Connection, person_id: int) -> None:
    """Delete everything that a person has applied for."""
    connection.execute(sa.delete(council_applications).where(_A.person_id == person_id))


def delete_one(connection: Connection, application: int, person_id: int) -> bool:
    """Delete an application that its citizen takes back; False where it is not there."""
    own = sa.delete(council_applications).where(_A.id == application, _A.person_id == person_id)
    return connection.execute(own).rowcount == 1


def old_applications(before: datetime) -> Rows:
    """Return applications that were decided before then, or came before and were left alone."""
    since = sa.type_coerce(sa.func.coalesce(_A.decided_at, _A.at), _A.at.type)
    over = sa.or_(_A.decided_at < before, sa.and_(_A.decided_at.is_(None), _A.at < before))
    return Rows(council_applications, (_A.id,), since, (over,))


def _one(connection: Connection, which: sa.ColumnElement[bool]) -> RowMapping | None:
    statement = sa.select(council_applications).where(which)
    return connection.execute(statement).mappings().one_or_none()
