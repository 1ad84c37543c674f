"""What one person must be told, written in the transaction of the fact it tells."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.delivery import outbox
from storage.schema.people import people
from storage.upsert import upsert


class OutboxStatus(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    GONE = "gone"
    REFUSED = "refused"
    GIVEN_UP = "given_up"


def tell(
    connection: Connection,
    person_id: int,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> None:
    """Queue a message for one person; the same key is told once, however often queued.

    kind names the renderer in handlers/notices.py; payload is JSON that the renderer turns into
    text in the reader's language at the moment of sending. not_before in the past lets it be sent
    before everything that was queued since then.
    """
    values = {
        "key": key,
        "person_id": person_id,
        "kind": kind,
        "payload": dict(payload),
        "status": OutboxStatus.WAITING.value,
        "not_before": not_before or now,
        "queued_at": now,
    }
    upsert(connection, outbox, ["key"], values, update=())


def due(
    connection: Connection, now: datetime, ordered_tries: int, limit: int
) -> Sequence[RowMapping]:
    """Return messages to send now, with the language of their readers; the oldest first.

    At most one for a person, and none while an earlier one of theirs is being sent or waits to
    be tried again (up to so many tries): order is kept for each person, save that what is to be
    sent before everything else comes first.
    """
    wanted = {"of_now": now, "of_tries": ordered_tries, "of_limit": limit}
    return connection.execute(_due(), wanted).mappings().all()


# Made once, like those below: building a statement costs more than running it.
@cache
def _due() -> sa.Select[Any]:
    now = sa.bindparam("of_now", type_=outbox.c.not_before.type)
    earlier = outbox.alias("earlier")
    in_the_way = sa.or_(
        earlier.c.status == OutboxStatus.SENDING.value,
        sa.and_(
            earlier.c.status == OutboxStatus.WAITING.value,
            sa.or_(
                sa.and_(
                    earlier.c.id < outbox.c.id, sa.or_(_pressing(earlier), ~_pressing(outbox))
                ),
                sa.and_(_pressing(earlier), ~_pressing(outbox)),
            ),
            sa.or_(
                earlier.c.not_before <= now,
                earlier.c.attempts.between(1, sa.bindparam("of_tries")),
            ),
        ),
    )
    return (
        sa.select(
            outbox.c.id,
            outbox.c.person_id,
            outbox.c.kind,
            outbox.c.payload,
            outbox.c.attempts,
            people.c.language,
        )
        .outerjoin(people, people.c.id == outbox.c.person_id)
        .where(
            outbox.c.status == OutboxStatus.WAITING.value,
            outbox.c.not_before <= now,
            ~sa.exists().where(earlier.c.person_id == outbox.c.person_id, in_the_way),
        )
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(sa.bindparam("of_limit"))
    )


def any_due(connection: Connection, kind: str, now: datetime) -> bool:
    """Tell whether a message of this kind waits to be sent now."""
    statement = sa.select(outbox.c.id).where(*_due_of(kind, now)).limit(1)
    return connection.execute(statement).first() is not None


def postpone(connection: Connection, kind: str, until: datetime, now: datetime) -> int:
    """Let the messages of this kind that wait to be sent now wait until then; how many."""
    statement = sa.update(outbox).where(*_due_of(kind, now)).values(not_before=until)
    return connection.execute(statement).rowcount


def take(connection: Connection, message_id: int) -> bool:
    """Mark a waiting message as being sent; False where it no longer waits."""
    return connection.execute(_take(), {"of_message": message_id}).rowcount == 1


@cache
def _take() -> sa.Update:
    return (
        sa.update(outbox)
        .where(
            outbox.c.id == sa.bindparam("of_message"),
            outbox.c.status == OutboxStatus.WAITING.value,
        )
        .values(status=OutboxStatus.SENDING.value, attempts=outbox.c.attempts + 1)
    )


def find(connection: Connection, message_id: int) -> RowMapping | None:
    """Return the row of a message."""
    return connection.execute(_find(), {"of_message": message_id}).mappings().one_or_none()


@cache
def _find() -> sa.Select[Any]:
    return sa.select(outbox).where(outbox.c.id == sa.bindparam("of_message"))


def change(connection: Connection, message_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a message that is being sent; of any other nothing."""
    connection.execute(_change(), {"of_message": message_id, **values})


@cache
def _change() -> sa.Update:
    return sa.update(outbox).where(
        outbox.c.id == sa.bindparam("of_message"), outbox.c.status == OutboxStatus.SENDING.value
    )


def ahead(connection: Connection, now: datetime) -> Sequence[RowMapping]:
    """Return messages that wait and were queued, or are to be tried again, later than now."""
    tried = outbox.c.attempts > 0
    statement = sa.select(
        outbox.c.id, outbox.c.attempts, outbox.c.queued_at, outbox.c.not_before
    ).where(
        outbox.c.status == OutboxStatus.WAITING.value,
        outbox.c.not_before > now,
        sa.or_(tried, outbox.c.queued_at > now),
    )
    return connection.execute(statement).mappings().all()


def reschedule(connection: Connection, message_id: int, values: Mapping[str, datetime]) -> bool:
    """Change the moments of a message that waits; tell whether it did."""
    statement = sa.update(outbox).where(
        outbox.c.id == message_id, outbox.c.status == OutboxStatus.WAITING.value
    )
    return connection.execute(statement.values(**values)).rowcount == 1


def drop_waiting(connection: Connection, person_id: int, kinds: Collection[str]) -> int:
    """Take back what waits to be sent to somebody and is of one of these kinds; how many."""
    statement = sa.delete(outbox).where(
        outbox.c.person_id == person_id,
        outbox.c.status == OutboxStatus.WAITING.value,
        outbox.c.kind.in_(kinds),
    )
    return connection.execute(statement).rowcount


def put_back(connection: Connection, in_flight: Collection[int]) -> int:
    """Let messages wait again that are marked as being sent but are not in flight; how many."""
    statement = (
        sa.update(outbox)
        .where(outbox.c.status == OutboxStatus.SENDING.value, outbox.c.id.not_in(in_flight))
        .values(status=OutboxStatus.WAITING.value)
    )
    return connection.execute(statement).rowcount


def _pressing(messages: sa.FromClause) -> sa.ColumnElement[bool]:
    """Tell which messages were queued to be sent before everything else, and not tried yet."""
    pressing: sa.ColumnElement[bool] = messages.c.not_before < messages.c.queued_at
    return pressing


def _due_of(kind: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    waiting = outbox.c.status == OutboxStatus.WAITING.value
    return waiting, outbox.c.not_before <= now, outbox.c.kind == kind
