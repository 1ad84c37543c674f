"""Statements that read the audit: from its beginning for whoever checks it, newest first else."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeals
from storage.schema.audit import audit, audit_ends
from storage.schema.people import people, roles

_PAGE = 2000  # rows in memory at once
_FROM = (
    sa.select(audit)
    .where(audit.c.number > sa.bindparam("of_number"))
    .order_by(audit.c.number)
    .limit(_PAGE)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; None for any. `what` is a deed, or the first part of several ("appeal")."""

    who: int | None = None
    what: str | None = None
    on: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def ends(connection: Connection) -> RowMapping | None:
    """Return where the chain begins and ends; None where nothing was ever written."""
    return connection.execute(sa.select(audit_ends)).mappings().one_or_none()


def in_order(connection: Connection, after: int = -(2**63)) -> Iterator[RowMapping]:
    """Yield every row behind a number in its order, some thousand in memory at once."""
    while page := connection.execute(_FROM, {"of_number": after}).mappings().all():
        yield from page
        after = page[-1]["number"]


def in_order_of(connection: Connection, what: str) -> Sequence[RowMapping]:
    """Return all rows of a deed that is rare, the oldest first."""
    statement = sa.select(audit).where(audit.c.what == what).order_by(audit.c.number)
    return connection.execute(statement).mappings().all()


def newest(
    connection: Connection, wanted: Wanted, *, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return rows with a number below `before`, the newest first."""
    statement = sa.select(audit).where(*_conditions(wanted))
    if before is not None:
        statement = statement.where(audit.c.number < before)
    found = connection.execute(statement.order_by(audit.c.number.desc()).limit(limit))
    return found.mappings().all()


def oldest(connection: Connection, limit: int) -> Sequence[RowMapping]:
    """Return number, moment and link of the first rows, the oldest first."""
    statement = sa.select(audit.c.number, audit.c.at, audit.c.link).order_by(audit.c.number)
    return connection.execute(statement.limit(limit)).mappings().all()


def count_before(connection: Connection, moment: datetime) -> int:
    """Return how many rows were written before a moment."""
    counted = sa.select(sa.func.count()).select_from(audit).where(audit.c.at < moment)
    return connection.execute(counted).scalar_one()


def link_of(connection: Connection, number: int) -> str | None:
    """Return the link of a row, None where there is none of this number."""
    found: str | None = connection.scalar(sa.select(audit.c.link).where(audit.c.number == number))
    return found


def staff(connection: Connection, after: int, limit: int) -> Sequence[RowMapping]:
    """Return id and name of who works or worked here, from behind an id on; 0 for the first."""
    worked = sa.exists().where(roles.c.person_id == people.c.id)
    statement = sa.select(people.c.id, people.c.name).where(worked).order_by(people.c.id)
    return connection.execute(statement.where(people.c.id > after).limit(limit)).mappings().all()


def numbers_of(connection: Connection, ids: Collection[int]) -> Mapping[str, str]:
    """Return the registration numbers of appeals by what the audit calls them."""
    statement = sa.select(appeals.c.id, appeals.c.number).where(appeals.c.id.in_(ids))
    found = connection.execute(statement)
    return {f"appeal:{row.id}": row.number for row in found}


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[Any]]:
    if wanted.who is not None:
        yield audit.c.who == wanted.who
    if wanted.what is not None:
        below = wanted.what + "."
        yield sa.or_(audit.c.what == wanted.what, audit.c.what.startswith(below, autoescape=True))
    if wanted.on is not None:
        yield audit.c.on == wanted.on
    if wanted.since is not None:
        yield audit.c.at >= wanted.since
    if wanted.until is not None:
        yield audit.c.at < wanted.until
