"""What has been kept long enough: how much of it there is since when, and deleting some of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.rights_letters import old_letters
from storage.schema.conversations import conversations, quarantine
from storage.schema.delivery import approvals, outbox
from storage.schema.digests import digests, errands
from storage.schema.people import bans, invitations, kept_bans
from storage.schema.polls import polls

_BANS = (bans.c.person_id, bans.c.number)


@dataclass(frozen=True, slots=True)
class Due:
    """How many rows are due, and since when the oldest of them is kept; None where none is."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table: their key, since when each is kept, and which are due."""

    table: sa.Table
    key: tuple[sa.Column[Any], ...]
    since: sa.ColumnElement[Any]
    which: tuple[sa.ColumnElement[bool], ...]


def drafts(before: datetime) -> Rows:
    """Return conversations that nobody touched since then."""
    table = conversations
    return Rows(table, (table.c.key,), table.c.updated_at, (table.c.updated_at < before,))


def unreadable(before: datetime) -> Rows:
    """Return updates that were set aside before then."""
    table = quarantine
    return Rows(table, (table.c.digest,), table.c.received_at, (table.c.received_at < before,))


def letters(before: datetime) -> Rows:
    """Return what was told to one person before then."""
    return Rows(outbox, (outbox.c.id,), outbox.c.queued_at, old_letters(before))


def ended_bans(before: datetime) -> Rows:
    """Return bans that ended before then, by the clock or by somebody."""
    end = sa.func.coalesce(bans.c.lifted_at, bans.c.until)
    over = sa.or_(bans.c.until < before, bans.c.lifted_at < before)
    return Rows(bans, _BANS, sa.type_coerce(end, bans.c.until.type), (over,))


def kept_bans_over(before: datetime) -> Rows:
    """Return marks of bans that ended before then."""
    table = kept_bans
    return Rows(table, (table.c.person_blind,), table.c.until, (table.c.until <= before,))


def old_invitations(before: datetime) -> Rows:
    """Return invitations to work here that expired before then."""
    table = invitations
    return Rows(table, (table.c.token_hash,), table.c.expires_at, (table.c.expires_at < before,))


def old_requests(before: datetime) -> Rows:
    """Return requests to a second person asked before then."""
    table = approvals
    return Rows(table, (table.c.id,), table.c.asked_at, (table.c.asked_at < before,))


def old_errands(before: datetime) -> Rows:
    """Return errands given before then."""
    table = errands
    return Rows(table, (table.c.id,), table.c.created_at, (table.c.created_at < before,))


def old_digests(before: datetime) -> Rows:
    """Return digests of days before then that no younger errand speaks of."""
    spoken_of = sa.exists().where(
        errands.c.digest_id == digests.c.id, errands.c.created_at >= before
    )
    which = (digests.c.day < before.date(), ~spoken_of)
    return Rows(digests, (digests.c.id,), digests.c.day, which)


def count(connection: Connection, rows: Rows) -> Due:
    """Return how many rows are due, and since when."""
    statement = sa.select(sa.func.count(), sa.func.min(rows.since)).where(*rows.which)
    number, oldest = connection.execute(statement).one()
    return Due(number, _moment(oldest))


def delete(connection: Connection, rows: Rows, limit: int) -> int:
    """Delete at most `limit` rows that are due, the oldest first; return how many."""
    page = sa.select(*rows.key).where(*rows.which).order_by(rows.since).limit(limit)
    found = connection.execute(page).all()
    if not found:
        return 0
    if len(rows.key) == 1:
        these = rows.key[0].in_([row[0] for row in found])
    else:
        these = sa.tuple_(*rows.key).in_([tuple(row) for row in found])
    # What has changed meanwhile is looked at again.
    return connection.execute(sa.delete(rows.table).where(these, *rows.which)).rowcount


def _moment(value: datetime | date | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), UTC)


def any_due(connection: Connection, rows: Rows) -> bool:
    """Tell whether a row is due."""
    statement = sa.select(*rows.key).where(*rows.which).limit(1)
    return connection.execute(statement).first() is not None


def by_poll(connection: Connection, table: sa.Table, ids: Sequence[int]) -> Due:
    """Return how many rows a table holds of these polls, and when the first of them froze."""
    joined = table.join(polls, polls.c.id == table.c.poll_id)
    statement = (
        sa.select(sa.func.count(), sa.func.min(polls.c.frozen_at))
        .select_from(joined)
        .where(table.c.poll_id.in_(ids))
    )
    number, oldest = connection.execute(statement).one()
    return Due(number, oldest)
