"""Erasing what was told to people, and who got which mailing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.outbox import OutboxStatus
from storage.schema.delivery import deliveries, mailing_recipients, mailings, outbox
from storage.schema.people import roles
from storage.schema.stories import stories

_OVER = [
    status.value
    for status in OutboxStatus
    if status not in {OutboxStatus.WAITING, OutboxStatus.SENDING}
]
_AT_ONCE = 500


def delete_letters(connection: Connection, keys: Collection[str]) -> None:
    """Delete what the staff were told under keys that begin so and end in the reader's id."""
    if not keys:
        return
    staff = connection.execute(sa.select(roles.c.person_id).distinct()).scalars().all()
    whole = [f"{key}:{reader}" for key in keys for reader in staff]
    for part in _parts(whole):
        connection.execute(sa.delete(outbox).where(outbox.c.key.in_(part)))


def forget_letters(connection: Connection, person_id: int) -> None:
    """Delete everything that this person was told, or is to be told."""
    connection.execute(sa.delete(outbox).where(outbox.c.person_id == person_id))


def forget_mailings(connection: Connection, person_id: int) -> None:
    """Delete which mailings this person got; the mailings' own numbers stay."""
    ids = connection.execute(sa.select(mailings.c.id)).scalars().all()
    for table in (deliveries, mailing_recipients):
        for part in _parts(ids):
            own = (table.c.mailing_id.in_(part), table.c.person_id == person_id)
            connection.execute(sa.delete(table).where(*own))
    # How far a mailing has come is somebody's id; nobody stands between this one and the next.
    last = mailings.c.cursor == person_id
    connection.execute(sa.update(mailings).where(last).values(cursor=person_id - 1))
    listed = stories.c.listed_to == person_id
    connection.execute(sa.update(stories).where(listed).values(listed_to=person_id - 1))


def old_letters(before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of what was told before then and is over."""
    over = outbox.c.status.in_(_OVER)
    return over, outbox.c.not_before < before, outbox.c.queued_at < before


def mailings_over(
    connection: Connection, before: datetime, limit: int | None = None
) -> Sequence[tuple[int, datetime]]:
    """Return (id, finished_at) of mailings that ended before then, the oldest first.

    Of those of which it is still known who got them.
    """
    known = [
        sa.exists().where(table.c.mailing_id == mailings.c.id)
        for table in (deliveries, mailing_recipients)
    ]
    statement = (
        sa.select(mailings.c.id, mailings.c.finished_at)
        .where(mailings.c.finished_at < before, sa.or_(*known))
        .order_by(mailings.c.finished_at, mailings.c.id)
        .limit(limit)
    )
    return [(row.id, row.finished_at) for row in connection.execute(statement)]


def count_recipients(connection: Connection, mailing_id: int) -> int:
    """Return how many rows tell who got a mailing, or was to get it."""
    total = 0
    for table in (deliveries, mailing_recipients):
        statement = sa.select(sa.func.count()).where(table.c.mailing_id == mailing_id)
        total += connection.execute(statement).scalar_one()
    return total


def delete_recipients(connection: Connection, mailing_id: int, most: int) -> int:
    """Delete at most so many of those rows; return how many."""
    for table in (deliveries, mailing_recipients):
        this = table.c.mailing_id == mailing_id
        page = sa.select(table.c.person_id).where(this).order_by(table.c.person_id).limit(most)
        people = connection.execute(page).scalars().all()
        if people:
            gone = sa.delete(table).where(this, table.c.person_id <= people[-1])
            return connection.execute(gone).rowcount
    return 0


def _parts(values: Sequence[int] | Sequence[str]) -> Iterable[Sequence[int] | Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
