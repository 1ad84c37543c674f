"""Statements about what one member of the staff asks another to let out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.delivery import approvals
from storage.schema.people import people, roles
from storage.upsert import upsert

_PENDING = "pending"
_WITHDRAWN = "withdrawn"


def add_approval(connection: Connection, values: Mapping[str, Any]) -> tuple[RowMapping, bool]:
    """Return the request of this subject and version, and whether it is new; a known one stays."""
    keys = ["subject", "version"]
    added = upsert(connection, approvals, keys, {**values, "status": _PENDING}, update=())
    statement = sa.select(approvals).where(
        approvals.c.subject == values["subject"], approvals.c.version == values["version"]
    )
    return connection.execute(statement).mappings().one(), added.rowcount == 1


def find_approval(connection: Connection, approval_id: int) -> RowMapping | None:
    """Return the row of a request."""
    statement = sa.select(approvals).where(approvals.c.id == approval_id)
    return connection.execute(statement).mappings().one_or_none()


def latest_of(connection: Connection, subject: str) -> RowMapping | None:
    """Return the newest request about a subject."""
    statement = sa.select(approvals).where(approvals.c.subject == subject)
    latest = statement.order_by(approvals.c.version.desc()).limit(1)
    return connection.execute(latest).mappings().one_or_none()


def pending(
    connection: Connection, kinds: Sequence[str], after: int, limit: int
) -> Sequence[RowMapping]:
    """Return requests of these kinds that wait, beyond this id, the oldest first."""
    of_kind = sa.or_(*(approvals.c.subject.startswith(f"{kind}:") for kind in kinds))
    statement = (
        sa.select(approvals)
        .where(approvals.c.status == _PENDING, approvals.c.id > after, of_kind)
        .order_by(approvals.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def decide(
    connection: Connection,
    approval_id: int,
    status: str,
    by: int,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """Settle a request that still waits; False where somebody was earlier."""
    statement = (
        sa.update(approvals)
        .where(approvals.c.id == approval_id, approvals.c.status == _PENDING)
        .values(status=status, decided_by=by, decided_at=now, reason=reason)
    )
    return connection.execute(statement).rowcount == 1


def use(connection: Connection, approval_id: int, now: datetime) -> bool:
    """Note that what was let out has been taken; False where it was taken before."""
    statement = (
        sa.update(approvals)
        .where(approvals.c.id == approval_id, approvals.c.used_at.is_(None))
        .values(used_at=now)
    )
    return connection.execute(statement).rowcount == 1


def withdraw_all(
    connection: Connection, subject: str, by: int, now: datetime, *, but: int | None = None
) -> int:
    """Withdraw what waits about a subject, but for one version; return how many."""
    statement = sa.update(approvals).where(
        approvals.c.subject == subject, approvals.c.status == _PENDING
    )
    if but is not None:
        statement = statement.where(approvals.c.version != but)
    values = {"status": _WITHDRAWN, "decided_by": by, "decided_at": now}
    return connection.execute(statement.values(**values)).rowcount


def who_may(connection: Connection, held: Sequence[str], but: int) -> Sequence[int]:
    """Return who holds one of these roles everywhere and can be written to, but for one person."""
    statement = (
        sa.select(roles.c.person_id)
        .distinct()
        .join(people, people.c.id == roles.c.person_id)
        .where(
            roles.c.role.in_(held),
            roles.c.until.is_(None),
            roles.c.area == "",
            roles.c.section == "",
            roles.c.person_id != but,
            people.c.unreachable_since.is_(None),
        )
        .order_by(roles.c.person_id)
    )
    return connection.execute(statement).scalars().all()
