"""Who supports which proposal, and the counters that go with it in one transaction."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.delivery import mailing_recipients
from storage.schema.proposals import proposal_days, proposal_supports, proposals
from storage.upsert import upsert


def add(connection: Connection, proposal_id: int, person_id: int, day: date) -> bool:
    """Write that a person supports a proposal; False where they do already."""
    values = {"proposal_id": proposal_id, "person_id": person_id, "day": day}
    keys = ("proposal_id", "person_id")
    return upsert(connection, proposal_supports, keys, values, update=()).rowcount == 1


def remove(connection: Connection, proposal_id: int, person_id: int) -> date | None:
    """Erase a support and return its day; None where there was none."""
    own = _own(proposal_id, person_id)
    found = connection.execute(sa.select(proposal_supports.c.day).where(*own)).scalar()
    gone = connection.execute(sa.delete(proposal_supports).where(*own)).rowcount
    return found if gone else None


def is_there(connection: Connection, proposal_id: int, person_id: int) -> bool:
    """Tell whether this person supports it."""
    statement = sa.select(proposal_supports.c.day).where(*_own(proposal_id, person_id))
    return connection.execute(statement).first() is not None


def count(
    connection: Connection, proposal_id: int, day: date, by: int, statuses: Collection[str]
) -> bool:
    """Add to the counter and to that of the day; False where it is in none of these states."""
    statement = (
        sa.update(proposals)
        .where(proposals.c.id == proposal_id, proposals.c.status.in_(statuses))
        .values(supports=proposals.c.supports + by)
    )
    if connection.execute(statement).rowcount != 1:
        return False
    keys = ("day", "proposal_id")
    upsert(
        connection,
        proposal_days,
        keys,
        {"day": day, "proposal_id": proposal_id, "supports": 0},
        update=(),
    )
    connection.execute(
        sa.update(proposal_days)
        .where(proposal_days.c.day == day, proposal_days.c.proposal_id == proposal_id)
        .values(supports=proposal_days.c.supports + by)
    )
    return True


def move_all(connection: Connection, source: int, target: int, never: Collection[int]) -> None:
    """Let who supports the one support the other; whoever does so already, or is in never, not.

    Both must be held by the transaction. Counts both anew.
    """
    table = proposal_supports.c
    there = sa.select(table.person_id).where(table.proposal_id == target)
    moved = sa.select(sa.literal(target), table.person_id, table.day).where(
        table.proposal_id == source,
        table.person_id.not_in(there),
        table.person_id.not_in(list(never)),
    )
    names = ["proposal_id", "person_id", "day"]
    connection.execute(sa.insert(proposal_supports).from_select(names, moved))
    connection.execute(sa.delete(proposal_supports).where(table.proposal_id == source))
    for proposal_id in (source, target):
        recount(connection, proposal_id)


def recount(connection: Connection, proposal_id: int) -> None:
    """Make the counters say how many supports there are, and of which days."""
    table = proposal_supports.c
    own = table.proposal_id == proposal_id
    days = proposal_days.c
    connection.execute(sa.delete(proposal_days).where(days.proposal_id == proposal_id))
    by_day = (
        sa.select(table.day, sa.literal(proposal_id), sa.func.count())
        .where(own)
        .group_by(table.day)
    )
    names = ["day", "proposal_id", "supports"]
    connection.execute(sa.insert(proposal_days).from_select(names, by_day))
    whole = sa.select(sa.func.count()).select_from(proposal_supports).where(own)
    connection.execute(
        sa.update(proposals)
        .where(proposals.c.id == proposal_id)
        .values(supports=whole.scalar_subquery())
    )


def list_recipients(connection: Connection, mailing_id: int, proposal_id: int, but: int) -> None:
    """Let a new mailing go to everybody who supports it, but for this person."""
    table = proposal_supports.c
    listed = sa.select(mailing_recipients.c.person_id).where(
        mailing_recipients.c.mailing_id == mailing_id
    )
    chosen = sa.select(sa.literal(mailing_id), table.person_id).where(
        table.proposal_id == proposal_id, table.person_id != but, table.person_id.not_in(listed)
    )
    names = ["mailing_id", "person_id"]
    connection.execute(sa.insert(mailing_recipients).from_select(names, chosen))


def supported_by(connection: Connection, person_id: int) -> list[int]:
    """Return what a person supports."""
    own = proposal_supports.c.person_id == person_id
    statement = sa.select(proposal_supports.c.proposal_id).where(own)
    return list(connection.execute(statement.order_by(proposal_supports.c.proposal_id)).scalars())


def _own(proposal_id: int, person_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    table = proposal_supports.c
    return table.proposal_id == proposal_id, table.person_id == person_id
