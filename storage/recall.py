"""Messages of a mailing that are taken back, or that are to be sent again."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.delivery import DeliveryStatus, change_status, count_results
from storage.schema.delivery import deliveries, mailings
from storage.schema.people import people


def arrived(
    connection: Connection, mailing_id: int, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return person_id, message_id and other_ids of messages that are still where they arrived.

    Those of the next people beyond this id, in the order of their ids.
    """
    statement = (
        sa.select(deliveries.c.person_id, deliveries.c.message_id, deliveries.c.other_ids)
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.status == DeliveryStatus.DELIVERED.value,
            deliveries.c.person_id > after,
        )
        .order_by(deliveries.c.person_id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def take_back(connection: Connection, mailing_id: int, ends: Mapping[int, DeliveryStatus]) -> None:
    """Write what became of messages that had arrived, by person, and count those taken back."""
    taken = 0
    for status in set(ends.values()):
        people_of_it = [person for person, end in ends.items() if end is status]
        statement = (
            sa.update(deliveries)
            .where(
                deliveries.c.mailing_id == mailing_id,
                deliveries.c.person_id.in_(people_of_it),
                deliveries.c.status == DeliveryStatus.DELIVERED.value,
            )
            .values(status=status.value)
        )
        changed = connection.execute(statement).rowcount
        taken += changed if status is DeliveryStatus.RECALLED else 0
    if taken:
        connection.execute(
            sa.update(mailings)
            .where(mailings.c.id == mailing_id)
            .values(recalled=mailings.c.recalled + taken)
        )


def try_again(
    connection: Connection, mailing_id: int, statuses: Collection[DeliveryStatus]
) -> int:
    """Let messages of these statuses wait to be sent again, with all tries anew; return how many.

    Only to people who can be reached now.
    """
    there = sa.select(people.c.id).where(
        people.c.id == deliveries.c.person_id, people.c.unreachable_since.is_(None)
    )
    statement = (
        sa.update(deliveries)
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.status.in_([status.value for status in statuses]),
            there.exists(),
        )
        .values(status=DeliveryStatus.AGAIN.value, attempts=0, error=None)
    )
    return connection.execute(statement).rowcount


def count_reachable(
    connection: Connection, mailing_id: int, statuses: Collection[DeliveryStatus]
) -> int:
    """Return how many people whose message has one of these statuses can be reached now."""
    statement = (
        sa.select(sa.func.count())
        .select_from(deliveries.join(people, people.c.id == deliveries.c.person_id))
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.status.in_([status.value for status in statuses]),
            people.c.unreachable_since.is_(None),
        )
    )
    counted: int = connection.execute(statement).scalar_one()
    return counted


def leave_waiting(connection: Connection, mailing_id: int) -> int:
    """Let messages that wait to be sent again be uncertain ones; return how many."""
    left = change_status(connection, mailing_id, DeliveryStatus.AGAIN, DeliveryStatus.UNCERTAIN)
    if left:
        count_results(connection, mailing_id, failed=left)
    return left
