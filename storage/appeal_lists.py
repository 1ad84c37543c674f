"""Statements about lists of open appeals, the earliest due first.

Each list is one stretch of one index, or one stretch for each of the three open states.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.reach import Bounds, within
from storage.schema.appeals import OPEN, OPEN_STATES, UNROUTED, appeals

Key = tuple[date, int]

_A = appeals.c
_LINE = (
    _A.id,
    _A.number,
    _A.status,
    _A.topic,
    _A.region,
    _A.district,
    _A.due_on,
    _A.urgent,
    _A.joins,
    _A.assignee,
    _A.campaign,
)


def page(
    connection: Connection, branches: Sequence[sa.Select[Any]], after: Key | None, limit: int
) -> Sequence[RowMapping]:
    """Return the lines of these branches together from the (due_on, id) key on."""
    return connection.execute(paged(branches, after, limit)).mappings().all()


def lines_of(
    connection: Connection, ids: Collection[int], bounds: Bounds = None
) -> Sequence[RowMapping]:
    """Return the lines of these appeals within the bounds, open or not, in no order."""
    statement = within(sa.select(*_LINE).where(_A.id.in_(ids)), appeals, bounds)
    return connection.execute(statement).mappings().all()


def bounded(branches: Sequence[sa.Select[Any]], bounds: Bounds) -> tuple[sa.Select[Any], ...]:
    """Return the branches without what lies beyond the bounds."""
    return tuple(within(branch, appeals, bounds) for branch in branches)


def paged(branches: Sequence[sa.Select[Any]], after: Key | None, limit: int) -> sa.Select[Any]:
    """Return the statement of a page: of each branch its beginning, and of them all the first."""
    first = [_beginning(branch, after, limit) for branch in branches]
    if len(first) == 1:
        return first[0]
    together = sa.union_all(*(sa.select(each.subquery()) for each in first)).subquery()
    return sa.select(together).order_by(together.c.due_on, together.c.id).limit(limit)


def of_person(person_id: int) -> tuple[sa.Select[Any], ...]:
    """Return what this person works on."""
    return (sa.select(*_LINE).where(sa.text(OPEN), _A.assignee == person_id),)


def of_topic(topic: str) -> tuple[sa.Select[Any], ...]:
    """Return what is about this topic."""
    return (sa.select(*_LINE).where(sa.text(OPEN), _A.topic == topic),)


def unrouted() -> tuple[sa.Select[Any], ...]:
    """Return what belongs to no office, and what nobody answers for."""
    return (
        sa.select(*_LINE).where(sa.text(UNROUTED)),
        sa.select(*_LINE).where(sa.text(OPEN), _A.official.is_(None), _A.office.is_not(None)),
    )


def of_region(region: str) -> tuple[sa.Select[Any], ...]:
    """Return what comes from this region."""
    return _by_state(_A.region == region)


def due_between(first: date, last: date) -> tuple[sa.Select[Any], ...]:
    """Return what is due on these days, both included."""
    return _by_state(_A.due_on.between(first, last))


def with_status(status: str) -> tuple[sa.Select[Any], ...]:
    """Return what stands in this state."""
    return (sa.select(*_LINE).where(_A.status == status),)


def _by_state(condition: sa.ColumnElement[bool]) -> tuple[sa.Select[Any], ...]:
    return tuple(sa.select(*_LINE).where(_A.status == status, condition) for status in OPEN_STATES)


def _beginning(branch: sa.Select[Any], after: Key | None, limit: int) -> sa.Select[Any]:
    if after is not None:
        branch = branch.where(sa.tuple_(_A.due_on, _A.id) > sa.tuple_(*after))
    return branch.order_by(_A.due_on, _A.id).limit(limit)
