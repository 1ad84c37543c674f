"""Mailings as their staff look at them: a page of them, and what one of them met with."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.delivery import DeliveryStatus
from storage.schema.delivery import deliveries, mailings

_UNREACHED = (
    DeliveryStatus.BLOCKED,
    DeliveryStatus.GONE,
    DeliveryStatus.REFUSED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.GIVEN_UP,
)


def mailings_before(
    connection: Connection, mailing_id: int | None, limit: int, without: Collection[str]
) -> Sequence[RowMapping]:
    """Return mailings older than this one, the newest first; without one, the newest of all."""
    statement = (
        sa.select(mailings)
        .where(mailings.c.kind.not_in(without))
        .order_by(mailings.c.id.desc())
        .limit(limit)
    )
    if mailing_id is not None:
        statement = statement.where(mailings.c.id < mailing_id)
    return connection.execute(statement).mappings().all()


def count_by_status(
    connection: Connection, mailing_id: int, statuses: Collection[DeliveryStatus]
) -> dict[DeliveryStatus, int]:
    """Return how many messages of a mailing have each of these statuses."""
    statement = (
        sa.select(deliveries.c.status, sa.func.count().label("messages"))
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.status.in_([status.value for status in statuses]),
        )
        .group_by(deliveries.c.status)
    )
    return {
        DeliveryStatus(row.status): row.messages for row in connection.execute(statement).all()
    }


def words_of_failures(
    connection: Connection,
    mailing_id: int,
    statuses: Collection[DeliveryStatus],
    limit: int | None = None,
) -> list[tuple[str, int]]:
    """Return Telegram's words and how many messages it said them of, the most frequent first."""
    messages = sa.func.count().label("messages")
    statement = (
        sa.select(deliveries.c.error, messages)
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.status.in_([status.value for status in statuses]),
            deliveries.c.error.is_not(None),
        )
        .group_by(deliveries.c.error)
        .order_by(messages.desc(), deliveries.c.error)
        .limit(limit)
    )
    return [(row.error, row.messages) for row in connection.execute(statement).all()]


def count_unreached(connection: Connection, mailing_id: int) -> int:
    """Return how many people a mailing did not reach."""
    statement = sa.select(sa.func.count()).select_from(deliveries).where(_unreached(mailing_id))
    return connection.execute(statement).scalar_one()


def unreached_of(connection: Connection, mailing_id: int, most: int) -> Sequence[RowMapping]:
    """Return person_id, status and Telegram's words for so many a mailing did not reach."""
    column = deliveries.c
    statement = sa.select(column.person_id, column.status, column.error)
    found = statement.where(_unreached(mailing_id)).order_by(column.status, column.person_id)
    return connection.execute(found.limit(most)).mappings().all()


def _unreached(mailing_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        deliveries.c.mailing_id == mailing_id,
        deliveries.c.status.in_([status.value for status in _UNREACHED]),
    )
