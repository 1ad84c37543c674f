"""Statements about who works here."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.delivery import approvals
from storage.schema.people import people, roles
from storage.schema.polls import poll_texts


def staff_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of those who are or were staff, by id; others are left out."""
    worked = sa.exists().where(roles.c.person_id == people.c.id)
    statement = sa.select(people.c.id, people.c.name).where(people.c.id.in_(ids), worked)
    return {row.id: row.name for row in connection.execute(statement)}


def colleagues(
    connection: Connection, held: Collection[str], after: int, limit: int
) -> Sequence[RowMapping]:
    """Return id and name of who holds one of these roles now, by name, from behind a person on.

    after is the id of that person, 0 for the beginning. By their code points; names are sealed,
    so all of the staff are read.
    """
    works = sa.exists().where(
        roles.c.person_id == people.c.id, roles.c.role.in_(held), roles.c.until.is_(None)
    )
    statement = sa.select(people.c.id, people.c.name).where(works)
    found = sorted(connection.execute(statement).mappings().all(), key=_by_name)
    if not after:
        return found[:limit]
    last = connection.scalar(sa.select(people.c.name).where(people.c.id == after))
    behind = bisect_right(found, (last or "", after), key=_by_name)
    return found[behind : behind + limit]


def _by_name(row: RowMapping) -> tuple[str, int]:
    return row["name"], row["id"]


def reachable(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Return those of these people who work here now and can be written to."""
    works = sa.exists().where(roles.c.person_id == people.c.id, roles.c.until.is_(None))
    statement = sa.select(people.c.id).where(
        people.c.id.in_(ids), people.c.unreachable_since.is_(None), works
    )
    return frozenset(connection.execute(statement).scalars())


def officials_with_accounts(connection: Connection) -> frozenset[str]:
    """Return the codes of the officials whose account somebody holds now."""
    statement = sa.select(roles.c.official).where(
        roles.c.official.is_not(None), roles.c.until.is_(None)
    )
    return frozenset(connection.execute(statement).scalars())


def hold_roles(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return what this person holds now, with since, and let nobody else change it meanwhile."""
    statement = sa.select(roles).where(roles.c.person_id == person_id, roles.c.until.is_(None))
    statement = statement.order_by(roles.c.role, roles.c.area, roles.c.section)
    return connection.execute(statement.with_for_update()).mappings().all()


def roles_since(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return what this person holds now, with since, by role."""
    statement = sa.select(roles).where(roles.c.person_id == person_id, roles.c.until.is_(None))
    statement = statement.order_by(roles.c.role, roles.c.area, roles.c.section)
    return connection.execute(statement).mappings().all()


def hold_holders(connection: Connection, role: str) -> Collection[int]:
    """Return who holds a role everywhere, and let nobody end one of these roles meanwhile."""
    statement = sa.select(roles.c.person_id).where(
        roles.c.role == role, roles.c.until.is_(None), roles.c.area == "", roles.c.section == ""
    )
    statement = statement.order_by(roles.c.person_id).with_for_update()
    return connection.execute(statement).scalars().all()


def end_role(
    connection: Connection, person_id: int, role: str, area: str, section: str, now: datetime
) -> bool:
    """End one role of this person; False where it has ended."""
    statement = (
        sa.update(roles)
        .where(
            roles.c.person_id == person_id,
            roles.c.role == role,
            roles.c.area == area,
            roles.c.section == section,
            roles.c.until.is_(None),
        )
        .values(until=now)
    )
    return connection.execute(statement).rowcount == 1


def has_left(connection: Connection, person_id: int) -> bool:
    """Tell whether this person has worked here and does no more."""
    held = sa.select(roles.c.until).where(roles.c.person_id == person_id)
    ends = connection.execute(held).scalars().all()
    return bool(ends) and None not in ends


def ever_held(connection: Connection, person_id: int, role: str) -> bool:
    """Tell whether this person holds a role, or did."""
    found = sa.exists().where(roles.c.person_id == person_id, roles.c.role == role)
    return bool(connection.execute(sa.select(found)).scalar())


def withdraw_requests(connection: Connection, asked_by: int, by: int | None, now: datetime) -> int:
    """Withdraw what somebody asked to be let out and nobody has decided; return how many."""
    statement = sa.update(approvals).where(
        approvals.c.asked_by == asked_by, approvals.c.status == "pending"
    )
    values = {"status": "withdrawn", "decided_by": by, "decided_at": now}
    return connection.execute(statement.values(**values)).rowcount


def let_texts_go(connection: Connection, person_id: int) -> int:
    """Leave the answers in words that this person reads to whoever comes; return how many."""
    statement = sa.update(poll_texts).where(
        poll_texts.c.taken_by == person_id, poll_texts.c.code.is_(None)
    )
    return connection.execute(statement.values(taken_by=None, taken_until=None)).rowcount
