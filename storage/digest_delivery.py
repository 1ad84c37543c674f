"""Digests on their way: which have not arrived, which nobody has read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.delivery import outbox
from storage.schema.digests import digest_readers, digests
from storage.schema.people import people, roles

_TELEGRAM = "telegram"
_WHICH = (
    digests.c.id,
    digests.c.period,
    digests.c.official,
    digests.c.day,
    digests.c.person_id,
    digests.c.channel,
)


def holds_account() -> sa.ColumnElement[bool]:
    """Return the condition that the reader of a digest still holds the official's account."""
    return sa.exists().where(
        roles.c.person_id == digests.c.person_id,
        roles.c.official == digests.c.official,
        roles.c.until.is_(None),
    )


def on_their_way(connection: Connection, channel: str, since: date) -> Sequence[RowMapping]:
    """Return the digests of this channel since a day that may still arrive; the least tried first.

    With the language and the e-mail address of their readers. What is not with Telegram yet goes
    to nobody who holds the official's account no more.
    """
    statement = (
        sa.select(
            *_WHICH,
            digests.c.facts,
            digests.c.tries,
            digests.c.try_after,
            digests.c.trouble,
            people.c.language,
            digest_readers.c.email,
        )
        .join(people, people.c.id == digests.c.person_id)
        .outerjoin(digest_readers, digest_readers.c.person_id == digests.c.person_id)
        .where(
            digests.c.day >= since,
            digests.c.channel == channel,
            digests.c.delivered_at.is_(None),
            sa.or_(digests.c.trouble.is_(None), digests.c.try_after.is_not(None)),
            sa.true() if channel == _TELEGRAM else holds_account(),
        )
        .order_by(digests.c.tries, digests.c.id)
    )
    return connection.execute(statement).mappings().all()


def letter_of(connection: Connection, key: str) -> RowMapping | None:
    """Return status, attempts and ended_at of the message of a digest in Telegram."""
    statement = sa.select(outbox.c.status, outbox.c.attempts, outbox.c.ended_at).where(
        outbox.c.key == key
    )
    return connection.execute(statement).mappings().one_or_none()


def change_undelivered(
    connection: Connection, digest_id: int, tries: int, values: Mapping[str, Any]
) -> bool:
    """Change a digest that has not arrived and was tried so often; tell whether there is one."""
    statement = (
        sa.update(digests)
        .where(
            digests.c.id == digest_id,
            digests.c.delivered_at.is_(None),
            digests.c.tries == tries,
        )
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def stuck(connection: Connection, first: datetime, last: datetime) -> Sequence[RowMapping]:
    """Return digests composed first … last that have not arrived; the oldest first.

    Only those that raised no alarm so far, of who still holds the official's account.
    """
    statement = (
        sa.select(*_WHICH, digests.c.composed_at, digests.c.trouble)
        .where(
            digests.c.composed_at.between(first, last),
            digests.c.delivered_at.is_(None),
            digests.c.read_at.is_(None),
            digests.c.alarmed_at.is_(None),
            holds_account(),
        )
        .order_by(digests.c.composed_at, digests.c.id)
    )
    return connection.execute(statement).mappings().all()


def was_alarmed(connection: Connection, person_id: int, day: date) -> bool:
    """Tell whether a digest of this reader and day has raised an alarm."""
    statement = sa.select(digests.c.id).where(
        digests.c.day == day,
        digests.c.person_id == person_id,
        digests.c.alarmed_at.is_not(None),
    )
    return connection.execute(statement.limit(1)).first() is not None


def note_alarmed(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """Note that these digests have raised their alarm."""
    _note(connection, digests.c.alarmed_at, ids, now)


def unread(
    connection: Connection, since: date, until: date, *, reminded: bool = True
) -> Sequence[RowMapping]:
    """Return the digests of days since … until that arrived and nobody says to have read.

    Only of who still holds the official's account, and has read no later one of the same period.
    reminded: also those of which the reader was reminded.
    """
    later = digests.alias("later")
    read_later = sa.exists().where(
        later.c.day > digests.c.day,
        later.c.day <= until,
        later.c.person_id == digests.c.person_id,
        later.c.official == digests.c.official,
        later.c.period == digests.c.period,
        later.c.read_at.is_not(None),
    )
    statement = (
        sa.select(*_WHICH, digests.c.delivered_at)
        .where(
            digests.c.day.between(since, until),
            digests.c.delivered_at.is_not(None),
            digests.c.read_at.is_(None),
            sa.true() if reminded else digests.c.reminded_at.is_(None),
            holds_account(),
            ~read_later,
        )
        .order_by(digests.c.day, digests.c.id)
    )
    return connection.execute(statement).mappings().all()


def read_by_somebody(connection: Connection, official: str, since: date) -> bool:
    """Tell whether a reader of this official has read a digest of this day or a later one."""
    statement = sa.select(digests.c.id).where(
        digests.c.day >= since,
        digests.c.official == official,
        digests.c.read_at.is_not(None),
    )
    return connection.execute(statement.limit(1)).first() is not None


def note_reminded(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """Note that the readers of these digests were reminded of them."""
    _note(connection, digests.c.reminded_at, ids, now)


def _note(
    connection: Connection, column: sa.Column[Any], ids: Collection[int], now: datetime
) -> None:
    statement = sa.update(digests).where(digests.c.id.in_(ids), column.is_(None))
    connection.execute(statement.values({column: now}))
