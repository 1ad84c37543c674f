"""Statements about what a citizen brings to an appeal that is registered already."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_entries, appeals, attachments
from storage.upsert import upsert


def mark_urgent(connection: Connection, appeal_id: int) -> bool:
    """Mark an appeal urgent; False where it was so before."""
    statement = (
        sa.update(appeals)
        .where(appeals.c.id == appeal_id, appeals.c.urgent.is_(False))
        .values(urgent=True)
    )
    return connection.execute(statement).rowcount == 1


def move_point(connection: Connection, appeal_id: int, latitude: float, longitude: float) -> None:
    """Put the appeal's point on the map, in degrees."""
    statement = sa.update(appeals).where(appeals.c.id == appeal_id)
    connection.execute(statement.values(latitude=latitude, longitude=longitude))


def reword(connection: Connection, appeal_id: int, text: str) -> None:
    """Give an appeal the newest wording of its text."""
    connection.execute(sa.update(appeals).where(appeals.c.id == appeal_id).values(text=text))


def add_attachment(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Write a file of an appeal; False where the same message has brought it before."""
    return (
        upsert(connection, attachments, ["appeal_id", "message_id"], values, update=()).rowcount
        == 1
    )


def has_attachment(connection: Connection, appeal_id: int, message_id: int) -> bool:
    """Tell whether this message has brought a file of an appeal."""
    statement = sa.select(attachments.c.message_id).where(
        attachments.c.appeal_id == appeal_id, attachments.c.message_id == message_id
    )
    return connection.execute(statement).first() is not None


def count_attachments(connection: Connection, appeal_id: int) -> int:
    """Return how many files an appeal has."""
    statement = sa.select(sa.func.count()).where(attachments.c.appeal_id == appeal_id)
    return connection.execute(statement).scalar_one()


def count_entries(connection: Connection, appeal_id: int, author: int) -> int:
    """Return how many entries of an appeal somebody has made."""
    statement = sa.select(sa.func.count()).where(
        appeal_entries.c.appeal_id == appeal_id, appeal_entries.c.author == author
    )
    return connection.execute(statement).scalar_one()


def own_by_number(connection: Connection, number: str, person_id: int) -> RowMapping | None:
    """Return the row of a person's own appeal with this number."""
    statement = sa.select(appeals).where(
        appeals.c.number == number, appeals.c.person_id == person_id
    )
    return connection.execute(statement).mappings().one_or_none()


def own_with_file(connection: Connection, person_id: int, message_id: int) -> Sequence[RowMapping]:
    """Return the rows of a person's own appeals to which this message of theirs brought a file."""
    statement = (
        sa.select(appeals)
        .join(attachments, attachments.c.appeal_id == appeals.c.id)
        .where(appeals.c.person_id == person_id, attachments.c.message_id == message_id)
        .order_by(appeals.c.id)
    )
    return connection.execute(statement).mappings().all()
