"""Who answered what in named polls."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.people import people
from storage.schema.polls import ballots, poll_named, polls


def sealed_under(
    connection: Connection, poll_id: int, tags: Sequence[bytes]
) -> Mapping[bytes, bytes]:
    """Return the sealed ballots kept under these tags; at most 5,000 at a time."""
    statement = sa.select(ballots.c.tag, ballots.c.sealed).where(
        ballots.c.poll_id == poll_id, ballots.c.tag.in_(tags)
    )
    return {row.tag: row.sealed for row in connection.execute(statement)}


def put_named(connection: Connection, poll_id: int, answers: Mapping[int, Any]) -> None:
    """Write who answered what, by person."""
    rows = [
        {"poll_id": poll_id, "person_id": person, "answers": given}
        for person, given in sorted(answers.items())
    ]
    if rows:
        connection.execute(sa.insert(poll_named), rows)


def named_of(connection: Connection, poll_id: int) -> Sequence[RowMapping]:
    """Return (id, name, region, district, answers) of who answered and is still known, by name."""
    person = (people.c.id, people.c.name, people.c.region, people.c.district)
    statement = (
        sa.select(*person, poll_named.c.answers)
        .join(people, people.c.id == poll_named.c.person_id)
        .where(poll_named.c.poll_id == poll_id)
    )
    rows = connection.execute(statement).mappings().all()
    return sorted(rows, key=lambda row: (row["name"], row["id"]))  # names are sealed


def count_named(connection: Connection, poll_id: int) -> int:
    """Return of how many people it is kept what they answered."""
    kept = sa.select(sa.func.count()).where(poll_named.c.poll_id == poll_id)
    return connection.execute(kept).scalar_one()


def polls_with_names(connection: Connection, closed_by: datetime) -> Sequence[int]:
    """Return the polls closed by then of which it is still kept who answered what."""
    kept = sa.exists().where(poll_named.c.poll_id == polls.c.id)
    statement = sa.select(polls.c.id).where(
        polls.c.frozen_at <= closed_by, polls.c.base.is_not(None), kept
    )
    return connection.execute(statement.order_by(polls.c.id)).scalars().all()


def delete_named(connection: Connection, poll_id: int, most: int) -> int:
    """Delete so many rows of a poll; return how many."""
    column = poll_named.c
    page = (
        sa.select(column.person_id)
        .where(column.poll_id == poll_id)
        .order_by(column.person_id)
        .limit(most)
    )
    last = connection.execute(page).scalars().all()
    if last:
        gone = sa.delete(poll_named).where(column.poll_id == poll_id, column.person_id <= last[-1])
        connection.execute(gone)
    return len(last)
