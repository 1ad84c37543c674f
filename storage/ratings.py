"""Statements that write rounds of the rating, maslikhats, deputies and corrections."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.ratings import (
    deputies,
    maslikhats,
    rating_corrections,
    rating_indicators,
    rating_lines,
    rating_rounds,
    rating_values,
)
from storage.upsert import upsert

Rows = Iterable[Mapping[str, Any]]


def put_maslikhat(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add or change a maslikhat."""
    upsert(connection, maslikhats, ["code"], values, update=[n for n in values if n != "code"])


def put_deputy(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add or change a deputy, who is among the officials already."""
    upsert(connection, deputies, ["code"], values, update=[n for n in values if n != "code"])


def put_round(
    connection: Connection,
    values: Mapping[str, Any],
    indicators: Sequence[Mapping[str, Any]],
    lines: Sequence[Mapping[str, Any]],
    numbers: Sequence[Mapping[str, Any]],
) -> None:
    """Write a round with all that belongs to it, instead of one of the same code."""
    code = values["code"]
    for table in (rating_values, rating_lines, rating_indicators):
        connection.execute(sa.delete(table).where(table.c.round == code))
    known = [name for name in values if name != "code"]
    upsert(connection, rating_rounds, ["code"], values, update=known)
    for table, rows in (
        (rating_indicators, indicators),
        (rating_lines, lines),
        (rating_values, numbers),
    ):
        if rows:
            connection.execute(sa.insert(table), [dict(row) for row in rows])


def change_round(connection: Connection, code: str, seen: int, values: Mapping[str, Any]) -> bool:
    """Change a round and raise its version; False where it is another one."""
    table = rating_rounds.c
    statement = (
        sa.update(rating_rounds)
        .where(table.code == code, table.version == seen)
        .values(**values, version=table.version + 1)
    )
    return connection.execute(statement).rowcount == 1


def change_line(connection: Connection, code: str, deputy: str, score: object, place: int) -> None:
    """Write another score and place into a line."""
    table = rating_lines.c
    statement = sa.update(rating_lines).where(table.round == code, table.deputy == deputy)
    connection.execute(statement.values(score=score, place=place))


def change_value(
    connection: Connection, code: str, deputy: str, indicator: str, value: object
) -> None:
    """Write another value of an indicator into a line."""
    table = rating_values.c
    statement = sa.update(rating_values).where(
        table.round == code, table.deputy == deputy, table.indicator == indicator
    )
    connection.execute(statement.values(value=value))


def add_correction(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Return the correction of this key; a known one stays as it is."""
    upsert(connection, rating_corrections, ["key"], values, update=())
    statement = sa.select(rating_corrections).where(rating_corrections.c.key == values["key"])
    return connection.execute(statement).mappings().one()


def decide_correction(
    connection: Connection,
    correction: int,
    values: Mapping[str, Any],
    by: int,
    now: datetime,
) -> bool:
    """Decide on a correction that waits; False where it waits no more."""
    table = rating_corrections.c
    statement = (
        sa.update(rating_corrections)
        .where(table.id == correction, table.status == "asked")
        .values(**values, decided_by=by, decided_at=now)
    )
    return connection.execute(statement).rowcount == 1
