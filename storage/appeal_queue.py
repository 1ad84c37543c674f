"""Statements about the queue of appeals: who has which one lent, what waits for whom.

Every condition is said in the words of the index that answers it (storage.schema.appeals).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.reach import Bound, Bounds, conditions, within
from storage.schema.appeals import OPEN, OPEN_STATES, UNROUTED, WAITING, appeals, open_appeals

Key = tuple[date, int]

_A = appeals.c
_LENT = _A.leased_until.is_not(None)
# Candidates of a bounded queue.
_AT_ONCE = 20


def find_to_change(connection: Connection, appeal_id: int) -> RowMapping | None:
    """Return the row of this appeal and let nobody else change it until the end."""
    statement = sa.select(appeals).where(_A.id == appeal_id).with_for_update()
    return connection.execute(statement).mappings().one_or_none()


def return_expired(connection: Connection, now: datetime) -> int:
    """Return appeals that were lent until now or earlier into the queue; how many."""
    expired = sa.select(_A.id).where(_LENT, _A.leased_until <= now)
    statement = (
        sa.update(appeals)
        .where(_A.id.in_(expired.with_for_update(skip_locked=True)))
        .values(assignee=None, leased_until=None)
    )
    return connection.execute(statement).rowcount


def lent_to(connection: Connection, person_id: int) -> int | None:
    """Return the appeal that this person has lent and has not touched, None where none."""
    statement = sa.select(_A.id).where(_LENT, _A.assignee == person_id)
    return connection.execute(statement.order_by(_A.leased_until).limit(1)).scalar()


def lend(
    connection: Connection,
    person_id: int,
    until: datetime,
    *,
    urgent: bool,
    after: Key | None,
    bounds: Bounds = None,
) -> int | None:
    """Lend the first waiting appeal to a person and return its id, None where none waits.

    The earliest due first, from the (due_on, id) key on, among the urgent ones or the others. One
    that somebody else is taking at this moment is passed over, as is one that is barred to them,
    and what lies beyond the bounds.
    """
    found = next_waiting(person_id, urgent=urgent, after=after)
    if bounds is not None and urgent:  # of the whole country they are few
        found = within(found, appeals, bounds)
    elif bounds is not None:
        first = first_within(person_id, bounds, after=after)
        found = found.where(_A.id.in_(connection.execute(first).scalars().all()))
    statement = (
        sa.update(appeals)
        .where(_A.id == found.with_for_update(skip_locked=True).scalar_subquery())
        .values(assignee=person_id, leased_until=until)
        .returning(_A.id)
    )
    return connection.execute(statement).scalar()


def next_waiting(person_id: int, *, urgent: bool, after: Key | None) -> sa.Select[tuple[int]]:
    """Return the statement that finds what `lend` lends."""
    wanted = _of_turn(person_id, urgent=urgent, after=after)
    statement = sa.select(_A.id).where(sa.text(WAITING), *wanted)
    return statement.order_by(_A.due_on, _A.id).limit(1)


def _of_turn(
    person_id: int, *, urgent: bool, after: Key | None
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what holds for an appeal that this person may be lent now, beyond that it waits."""
    yield _A.urgent == (sa.true() if urgent else sa.false())
    yield sa.or_(_A.barred.is_(None), _A.barred != person_id)
    if after is not None:
        yield sa.tuple_(_A.due_on, _A.id) > sa.tuple_(*after)


def first_within(
    person_id: int, bounds: Sequence[Bound], *, after: Key | None
) -> sa.Select[tuple[int]]:
    """Return the statement that finds the first of what waits within the bounds, not urgent.

    One stretch of an index for each bound and open state; the statement that lends cannot be
    made of several. More than one, for others may be taking the first ones. It is not said in the
    words of WAITING, so that SQLite looks into the place or section and not along the whole queue.
    """
    wanted = tuple(_of_turn(person_id, urgent=False, after=after))
    branches = [
        sa.select(_A.id, _A.due_on)
        .where(_A.status == status, *conditions(appeals, bound), _A.assignee.is_(None), *wanted)
        .order_by(_A.due_on, _A.id)
        .limit(_AT_ONCE)
        .subquery()
        for bound in bounds
        for status in OPEN_STATES
    ]
    together = sa.union_all(*(sa.select(branch) for branch in branches)).subquery()
    return sa.select(together.c.id).order_by(together.c.due_on, together.c.id).limit(_AT_ONCE)


def prolong(
    connection: Connection, appeal_id: int, person_id: int, before: datetime, until: datetime
) -> None:
    """Lend an appeal for longer to who has it lent, where the loan ends before a moment."""
    connection.execute(
        sa.update(appeals)
        .where(_A.id == appeal_id, _A.assignee == person_id, _A.leased_until < before)
        .values(leased_until=until)
    )


def give_back(connection: Connection, appeal_id: int, person_id: int) -> None:
    """Return an appeal that this person has lent into the queue."""
    connection.execute(
        sa.update(appeals)
        .where(_A.id == appeal_id, _A.assignee == person_id, _LENT)
        .values(assignee=None, leased_until=None)
    )


def count_waiting(connection: Connection, limit: int, bounds: Bounds = None) -> int:
    """Return how many open appeals nobody works on, at most `limit`."""
    return _count(connection, limit, bounds, sa.text(WAITING))


def count_of(connection: Connection, person_id: int, limit: int) -> int:
    """Return how many open appeals this person works on, at most `limit`."""
    return _count(connection, limit, None, sa.text(OPEN), _A.assignee == person_id)


def count_unrouted(connection: Connection, limit: int, bounds: Bounds = None) -> int:
    """Return how many open appeals no office takes or nobody answers for, at most `limit`."""
    nameless = (sa.text(OPEN), _A.official.is_(None), _A.office.is_not(None))
    homeless = _count(connection, limit, bounds, sa.text(UNROUTED))
    return min(limit, homeless + _count(connection, limit, bounds, *nameless))


def count_with_status(
    connection: Connection, status: str, limit: int, bounds: Bounds = None
) -> int:
    """Return how many appeals have this status, at most `limit`."""
    return _count(connection, limit, bounds, _A.status == status)


def count_due(connection: Connection, today: date, bounds: Bounds = None) -> RowMapping:
    """Return from the counters how many appeals are open, overdue, and due today."""
    count, due_on = open_appeals.c.count, open_appeals.c.due_on
    statement = sa.select(
        sa.func.coalesce(sa.func.sum(count), 0).label("open"),
        sa.func.coalesce(sa.func.sum(sa.case((due_on < today, count))), 0).label("overdue"),
        sa.func.coalesce(sa.func.sum(sa.case((due_on == today, count))), 0).label("today"),
    )
    statement = within(statement, open_appeals, bounds)
    return connection.execute(statement).mappings().one()


def _count(
    connection: Connection,
    limit: int,
    bounds: Bounds,
    *wanted: sa.ColumnExpressionArgument[bool],
) -> int:
    some = sa.select(sa.literal(1)).select_from(appeals).where(*wanted)
    some = within(some, appeals, bounds).limit(limit)
    statement = sa.select(sa.func.count()).select_from(some.subquery())
    return connection.execute(statement).scalar_one()
