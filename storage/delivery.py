"""Mailings and what became of each of their messages."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.prepared import Prepared
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


WEEK = timedelta(days=7)

# Which counter of its mailing a message adds to when it ends so.
_COUNTER = {
    DeliveryStatus.DELIVERED: "delivered",
    DeliveryStatus.BLOCKED: "blocked",
    DeliveryStatus.GONE: "blocked",
    DeliveryStatus.REFUSED: "failed",
    DeliveryStatus.UNCERTAIN: "failed",
    DeliveryStatus.GIVEN_UP: "failed",
    DeliveryStatus.HELD: "held",
}
# What a person has of a mailing, or may have.
_HAD = (
    DeliveryStatus.DELIVERED,
    DeliveryStatus.SENDING,
    DeliveryStatus.AGAIN,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.STAYED,
)


def _prepared(statement: Any, values: Sequence[str] = ()) -> Prepared:
    return Prepared(values, sqlite=statement, postgresql=statement)


# Written once: a mailing at full speed runs these hundred times a second.
_FIND = sa.select(mailings).where(mailings.c.id == sa.bindparam("mailing"))
_MANNER = _prepared(
    sa.select(mailings.c.repeat_uncertain, mailings.c.trusted).where(
        mailings.c.id == sa.bindparam("mailing")
    )
)
_ADVANCE = _prepared(
    sa.update(mailings)
    .where(
        mailings.c.id == sa.bindparam("mailing"),
        mailings.c.cursor == sa.bindparam("before"),
        mailings.c.status == MailingStatus.RUNNING.value,
    )
    .values(cursor=sa.bindparam("after"))
)
_SENDING = sa.select(deliveries.c.person_id, deliveries.c.attempts).where(
    deliveries.c.mailing_id == sa.bindparam("mailing"),
    deliveries.c.status == DeliveryStatus.SENDING.value,
)
# A list as one parameter, however long: by its own key each, never a scan of the mailing.
_PEOPLE = sa.func.json_each(sa.bindparam("people", type_=sa.JSON)).table_valued("value")
_IN_FLIGHT = Prepared(
    sqlite=_SENDING.where(deliveries.c.person_id.in_(sa.select(_PEOPLE.c.value))),
    postgresql=_SENDING.where(
        deliveries.c.person_id == sa.any_(sa.bindparam("people", type_=sa.ARRAY(sa.BigInteger)))
    ),
)
_BEGIN = _prepared(
    sa.insert(deliveries).inline(), ["mailing_id", "person_id", "status", "variant"]
)
_END = _prepared(
    sa.update(deliveries)
    .where(
        deliveries.c.mailing_id == sa.bindparam("mailing"),
        deliveries.c.person_id == sa.bindparam("person"),
    )
    .values(
        status=sa.bindparam("result"),
        message_id=sa.bindparam("message"),
        other_ids=sa.bindparam("others", type_=deliveries.c.other_ids.type),
        error=sa.bindparam("reason"),
    )
)
_COUNT = _prepared(
    sa.update(mailings)
    .where(mailings.c.id == sa.bindparam("mailing"))
    .values(
        delivered=mailings.c.delivered + sa.bindparam("more_delivered"),
        blocked=mailings.c.blocked + sa.bindparam("more_blocked"),
        failed=mailings.c.failed + sa.bindparam("more_failed"),
        held=mailings.c.held + sa.bindparam("more_held"),
    )
)
_PAID = _prepared(sa.select(mailings.c.paid).where(mailings.c.id == sa.bindparam("mailing")))
_PAY = _prepared(
    sa.update(mailings)
    .where(mailings.c.id == sa.bindparam("mailing"))
    .values(paid=mailings.c.paid + sa.bindparam("more"))
)
_RECENT = _prepared(
    sa.select(mailings.c.id).where(
        mailings.c.started_at > sa.bindparam("since", type_=mailings.c.started_at.type),
        mailings.c.counts_weekly,
        mailings.c.status != MailingStatus.PLANNED.value,
    )
)
_STATUSES = sa.select(deliveries.c.person_id, deliveries.c.status).where(
    deliveries.c.mailing_id == sa.bindparam("mailing"),
    deliveries.c.person_id.in_(sa.bindparam("people", expanding=True)),
)
_VARIANTS = sa.select(deliveries.c.person_id, deliveries.c.variant).where(
    deliveries.c.mailing_id == sa.bindparam("mailing"),
    deliveries.c.person_id.in_(sa.bindparam("people", expanding=True)),
    deliveries.c.variant.is_not(None),
)
_HAD_ENOUGH = (
    sa.select(deliveries.c.person_id)
    .where(
        deliveries.c.mailing_id.in_(sa.bindparam("mailings", expanding=True)),
        deliveries.c.person_id.in_(sa.bindparam("people", expanding=True)),
        deliveries.c.status.in_([status.value for status in _HAD]),
    )
    .group_by(deliveries.c.person_id)
    .having(sa.func.count() >= sa.bindparam("most"))
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


def advance(connection: Connection, mailing_id: int, before: int, after: int) -> bool:
    """Move the cursor of a mailing that runs and stands there; False where it does not."""
    values = {"mailing": mailing_id, "before": before, "after": after}
    return _ADVANCE.run(connection, values).rowcount == 1


def manner(connection: Connection, mailing_id: int) -> tuple[bool, bool] | None:
    """Return whether a mailing repeats what is uncertain, and whether it is trusted."""
    row = _MANNER.run(connection, {"mailing": mailing_id}).first
    return (row[0], row[1]) if row is not None else None


def count_results(
    connection: Connection,
    mailing_id: int,
    *,
    delivered: int = 0,
    blocked: int = 0,
    failed: int = 0,
    held: int = 0,
) -> None:
    """Add to the counters of a mailing; a negative number takes away."""
    more = {
        "more_delivered": delivered,
        "more_blocked": blocked,
        "more_failed": failed,
        "more_held": held,
    }
    _COUNT.run(connection, {"mailing": mailing_id, **more})


def add_deliveries(
    connection: Connection,
    mailing_id: int,
    people: Mapping[int, DeliveryStatus],
    variants: Mapping[int, Sequence[int]],
) -> None:
    """Write the rows of messages that are about to be sent, or that shall not be, and count."""
    if not people:
        return
    rows = [
        {
            "mailing_id": mailing_id,
            "person_id": person,
            "status": status.value,
            "variant": list(variants.get(person, ())) or None,
        }
        for person, status in people.items()
    ]
    _BEGIN.run_many(connection, rows)
    _count(connection, mailing_id, people.values())


def statuses(
    connection: Connection, mailing_id: int, people: Collection[int]
) -> dict[int, DeliveryStatus]:
    """Return how far the message of a mailing is for those of these people who have a row."""
    found = connection.execute(_STATUSES, {"mailing": mailing_id, "people": list(people)})
    return {row.person_id: DeliveryStatus(row.status) for row in found}


def kept_variants(
    connection: Connection, mailing_id: int, people: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Return what of a mailing these people get, by person, where that was chosen before."""
    found = connection.execute(_VARIANTS, {"mailing": mailing_id, "people": list(people)})
    return {row.person_id: tuple(row.variant) for row in found}


def had_enough(
    connection: Connection, recent: Collection[int], people: Collection[int], most: int
) -> set[int]:
    """Return those of these people who have, or may have, so many of these mailings."""
    if len(recent) < most:
        return set()
    values = {"mailings": list(recent), "people": list(people), "most": most}
    return set(connection.execute(_HAD_ENOUGH, values).scalars())


def paid_so_far(connection: Connection, mailing_id: int) -> int:
    """Return how many messages of a mailing were booked as paid for."""
    ((paid,),) = _PAID.run(connection, {"mailing": mailing_id}).rows
    return int(paid)


def book_paid(connection: Connection, mailing_id: int, messages: int) -> None:
    """Book so many more messages of a mailing as paid for."""
    _PAY.run(connection, {"mailing": mailing_id, "more": messages})


def counted_this_week(connection: Connection, now: datetime) -> Sequence[int]:
    """Return the mailings under the weekly ceiling that began in the last seven days."""
    return [mailing for (mailing,) in _RECENT.run(connection, {"since": now - WEEK}).rows]


def weekly_count(connection: Connection, now: datetime) -> int:
    """Return how many mailings under the ceiling went out in the last seven days (a query).

    One that was called off before anybody got it, or taken back whole, is none.
    """
    recent = counted_this_week(connection, now)
    going = mailings.c.status.in_([MailingStatus.RUNNING.value, MailingStatus.PAUSED.value])
    statement = sa.select(sa.func.count()).where(
        mailings.c.id.in_(recent), sa.or_(going, mailings.c.delivered > mailings.c.recalled)
    )
    counted: int = connection.execute(statement).scalar_one()
    return counted


def planned_by(connection: Connection, now: datetime) -> Sequence[RowMapping]:
    """Return planned mailings whose time has come.

    One of listed people without a time waits until all of them are listed.
    """
    timed = sa.or_(mailings.c.starts_at.is_not(None), mailings.c.listed.is_(sa.false()))
    statement = (
        sa.select(mailings)
        .where(
            mailings.c.status == MailingStatus.PLANNED.value,
            timed,
            sa.func.coalesce(mailings.c.starts_at, mailings.c.started_at) <= now,
        )
        .order_by(mailings.c.starts_at, mailings.c.id)
    )
    return connection.execute(statement).mappings().all()


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
    values = {"mailing": mailing_id, "people": list(people)}
    return {row[0]: row[1] for row in _IN_FLIGHT.run(connection, values).rows}


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
    """Write results and count them.

    Of each: person, result (a status), message (its id), others (ids of an album), reason.
    """
    if results:
        _END.run_many(connection, ({"mailing": mailing_id, **result} for result in results))
        _count(connection, mailing_id, (DeliveryStatus(one["result"]) for one in results))


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


def _count(connection: Connection, mailing_id: int, ended: Iterable[DeliveryStatus]) -> None:
    counters = Counter(_COUNTER[status] for status in ended if status in _COUNTER)
    if counters:
        count_results(connection, mailing_id, **counters)
