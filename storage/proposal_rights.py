"""What is kept about a person in proposals: handed to them, and erased."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.proposals import (
    proposal_days,
    proposal_supports,
    proposals,
)

_P = proposals.c


def own(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return the proposals of a person, the oldest first."""
    statement = sa.select(proposals).where(_P.person_id == person_id).order_by(_P.id)
    return connection.execute(statement).mappings().all()


def supported(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return number, title and `day` of what a person supports."""
    supports = proposal_supports.c
    statement = (
        sa.select(_P.number, _P.title, supports.day)
        .join(proposals, _P.id == supports.proposal_id)
        .where(supports.person_id == person_id)
        .order_by(_P.id)
    )
    return connection.execute(statement).mappings().all()


def forget_authors(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """Erase whose these proposals are and their words as written; how many."""
    # A draft's id is made of the chat and the message that began it.
    draft = sa.literal("erased:") + sa.cast(_P.id, sa.String)
    values = {"person_id": None, "text": None, "draft_id": draft, "erased_at": now}
    statement = sa.update(proposals).where(_P.id.in_(ids)).values(values)
    return connection.execute(statement).rowcount


def forget_supports(connection: Connection, ids: Collection[int], *, counted: bool) -> None:
    """Erase who supports these proposals; counted: the numbers stay."""
    table = proposal_supports.c
    connection.execute(sa.delete(proposal_supports).where(table.proposal_id.in_(ids)))
    if not counted:
        days = proposal_days.c
        connection.execute(sa.delete(proposal_days).where(days.proposal_id.in_(ids)))
        connection.execute(sa.update(proposals).where(_P.id.in_(ids)).values(supports=0))


def over(statuses: Collection[str], before: datetime) -> sa.ColumnElement[bool]:
    """Return the condition of proposals in these states that were decided on before then."""
    return sa.and_(_P.status.in_(statuses), _P.answered_at < before, _P.erased_at.is_(None))


def find_over(connection: Connection, which: sa.ColumnElement[bool], limit: int) -> Sequence[int]:
    """Return some of these proposals."""
    statement = sa.select(_P.id).where(which).order_by(_P.id).limit(limit)
    return connection.execute(statement).scalars().all()


def count_over(
    connection: Connection, which: sa.ColumnElement[bool]
) -> tuple[int, datetime | None]:
    """Return how many these are, and since when the first of them is over."""
    first = sa.func.min(_P.answered_at)
    number, oldest = connection.execute(sa.select(sa.func.count(), first).where(which)).one()
    return number, oldest
