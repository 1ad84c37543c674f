"""Statements about joining one appeal to another: whose followers whose, and how many."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.appeals import appeal_followers, appeals
from storage.upsert import upsert


def follow(
    connection: Connection, appeal_id: int, people: Iterable[int], joined_at: datetime
) -> int:
    """Let people follow an appeal and return how many of them did not do so before."""
    keys = ["appeal_id", "person_id"]
    return sum(
        upsert(
            connection,
            appeal_followers,
            keys,
            {"appeal_id": appeal_id, "person_id": person_id, "joined_at": joined_at},
            update=(),
        ).rowcount
        for person_id in people
    )


def leave_all(connection: Connection, appeal_id: int) -> None:
    """Let nobody follow this appeal any more."""
    connection.execute(
        sa.delete(appeal_followers).where(appeal_followers.c.appeal_id == appeal_id)
    )


def add_joins(
    connection: Connection, appeal_id: int, more: int, statuses: Collection[str]
) -> bool:
    """Count so many more joins of an appeal in one of these states; False where it is in none."""
    statement = (
        sa.update(appeals)
        .where(appeals.c.id == appeal_id, appeals.c.status.in_(statuses))
        .values(joins=appeals.c.joins + more)
    )
    return connection.execute(statement).rowcount == 1


def find_id(connection: Connection, number: str) -> int | None:
    """Return the id of the appeal with this number."""
    statement = sa.select(appeals.c.id).where(appeals.c.number == number)
    found: int | None = connection.execute(statement).scalar()
    return found
