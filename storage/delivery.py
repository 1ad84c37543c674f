"""Mailings and what became of each of their messages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.delivery import deliveries, mailing_recipients, mailings
from storage.upsert import upsert

_ROWS_AT_ONCE = 500


class MailingStatus(StrEnum):
    """How far a mailing has come."""

    # It begins at its time.
    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    # What arrived is being taken back, and then was.
    RECALLING = "recalling"
    RECALLED = "recalled"


class DeliveryStatus(StrEnum):
    """How far one message of a mailing has come."""

    SENDING = "sending"
    # Waits to be sent again.
    AGAIN = "again"
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    GONE = "gone"
    REFUSED = "refused"
    # May or may not have arrived, and is not sent again.
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given_up"
    # Not sent: the person already had the most mailings of a week.
    HELD = "held"
    # Not sent: there was nothing in it for this person.
    NOTHING = "nothing"
    # Delivered, then deleted; or it was too late for that (48 hours).
    RECALLED = "recalled"
    STAYED = "stayed"


# Written once: a mailing at full speed runs these hundred times a second.
_FIND = sa.select(mailings).where(mailings.c.id == sa.bindparam("mailing"))
_IN_FLIGHT = sa.select(deliveries.c.person_id, deliveries.c.attempts).where(
    deliveries.c.mailing_id == sa.bindparam("mailing"),
    deliveries.c.person_id.in_(sa.bindparam("people", expanding=True)),
    deliveries.c.status == DeliveryStatus.SENDING.value,
)
_END = (
    sa.update(deliveries)
    .where(
        deliveries.c.mailing_id == sa.bindparam("mailing"),
        deliveries.c.person_id == sa.bindparam("person"),
    )
    .values(
        status=sa.bindparam("result"),
        message_id=sa.bindparam("message"),
        error=sa.bindparam("reason"),
    )
)
_COUNT = (
    sa.update(mailings)
    .where(mailings.c.id == sa.bindparam("mailing"))
    .values(
        delivered=mailings.c.delivered + sa.bindparam("more_delivered"),
        blocked=mailings.c.blocked + sa.bindparam("more_blocked"),
        failed=mailings.c.failed + sa.bindparam("more_failed"),
    )
)


def add_mailing(connection: Connection, values: Mapping[str, Any]) -> tuple[int, bool]:
    """Return the id of the mailing with this key, and whether it is new; a known one stays."""
    added = upsert(connection, mailings, ["key"], values, update=())
    found = sa.select(mailings.c.id).where(mailings.c.key == values["key"])
    return connection.execute(found).scalar_one(), added.rowcount == 1


def add_recipients(connection: Connection, mailing_id: int, people: Iterable[int]) -> None:
    """List the recipients of a new mailing."""
    rows = [{"mailing_id": mailing_id, "person_id": person} for person in sorted(set(people))]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        connection.execute(sa.insert(mailing_recipients), rows[start : start + _ROWS_AT_ONCE])


def find_mailing(connection: Connection, mailing_id: int) -> RowMapping | None:
    """Return the row of a mailing."""
    return connection.execute(_FIND, {"mailing": mailing_id}).mappings().one_or_none()


def find_by_key(connection: Connection, key: str) -> RowMapping | None:
    """Return the row of the mailing with this natural key."""
    statement = sa.select(mailings).where(mailings.c.key == key)
    return connection.execute(statement).mappings().one_or_none()


def mailings_with_status(connection: Connection, *statuses: MailingStatus) -> Sequence[RowMapping]:
    """Return mailings of these statuses in the order of their launch."""
    wanted = [status.value for status in statuses]
    statement = sa.select(mailings).where(mailings.c.status.in_(wanted)).order_by(mailings.c.id)
    return connection.execute(statement).mappings().all()


def mailings_to_show(connection: Connection) -> Sequence[RowMapping]:
    """Return mailings with an author who does not yet see their end."""
    statement = (
        sa.select(mailings)
        .where(mailings.c.progress_done.is_(sa.false()), mailings.c.created_by.is_not(None))
        .order_by(mailings.c.id)
    )
    return connection.execute(statement).mappings().all()


def change_mailing(
    connection: Connection, mailing_id: int, values: Mapping[str, Any], **expected: Any
) -> bool:
    """Change columns of a mailing that still has these expected values; False where not."""
    statement = sa.update(mailings).where(mailings.c.id == mailing_id)
    for column, value in expected.items():
        statement = statement.where(mailings.c[column] == value)
    return connection.execute(statement.values(**values)).rowcount == 1


def count_results(
    connection: Connection, mailing_id: int, *, delivered: int, blocked: int, failed: int
) -> None:
    """Add to the counters of a mailing."""
    more = {"more_delivered": delivered, "more_blocked": blocked, "more_failed": failed}
    connection.execute(_COUNT, {"mailing": mailing_id, **more})


def add_deliveries(connection: Connection, mailing_id: int, people: Iterable[int]) -> None:
    """Write the rows of messages that are about to be sent."""
    rows = [
        {
            "mailing_id": mailing_id,
            "person_id": person,
            "status": DeliveryStatus.SENDING.value,
        }
        for person in people
    ]
    if rows:
        connection.execute(sa.insert(deliveries), rows)


def deliveries_with_status(
    connection: Connection,
    mailing_id: int,
    status: DeliveryStatus,
    *,
    after: int = 0,
    limit: int | None = None,
) -> Sequence[int]:
    """Return the people beyond this id whose message of this mailing has this status."""
    statement = (
        sa.select(deliveries.c.person_id)
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.status == status.value,
            deliveries.c.person_id > after,
        )
        .order_by(deliveries.c.person_id)
        .limit(limit)
    )
    return connection.execute(statement).scalars().all()


def attempts_in_flight(
    connection: Connection, mailing_id: int, people: Collection[int]
) -> dict[int, int]:
    """Return the number of attempts by person, for messages of these people being sent."""
    found = connection.execute(_IN_FLIGHT, {"mailing": mailing_id, "people": list(people)})
    return {row.person_id: row.attempts for row in found}


def send_again(connection: Connection, mailing_id: int, people: Collection[int]) -> None:
    """Mark messages that waited to be sent again as being sent."""
    statement = (
        sa.update(deliveries)
        .where(
            deliveries.c.mailing_id == mailing_id,
            deliveries.c.person_id.in_(people),
            deliveries.c.status == DeliveryStatus.AGAIN.value,
        )
        .values(status=DeliveryStatus.SENDING.value, attempts=deliveries.c.attempts + 1)
    )
    connection.execute(statement)


def end_deliveries(
    connection: Connection, mailing_id: int, results: Sequence[Mapping[str, Any]]
) -> None:
    """Write results: person, result (a status), message (its id) and reason of each."""
    if results:
        connection.execute(_END, [{"mailing": mailing_id, **result} for result in results])


def change_status(
    connection: Connection, mailing_id: int, before: DeliveryStatus, after: DeliveryStatus
) -> int:
    """Move all messages of a mailing from one status to another; return how many."""
    statement = (
        sa.update(deliveries)
        .where(deliveries.c.mailing_id == mailing_id, deliveries.c.status == before.value)
        .values(status=after.value)
    )
    return connection.execute(statement).rowcount


def forget_recipients(connection: Connection, mailing_id: int) -> None:
    """Erase who a mailing went to; its counters stay."""
    for table in (mailing_recipients, deliveries):
        connection.execute(sa.delete(table).where(table.c.mailing_id == mailing_id))
