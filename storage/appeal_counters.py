"""Counters of appeals, kept in the transaction of what they count: nothing that reads them scans.

Each is a row that begins at nothing; to add to it is one statement.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema.appeals import answer_spans, appeal_days, official_days, open_appeals

Appeal = Mapping[str, Any] | RowMapping

_NONE_LEFT = sa.delete(open_appeals).where(
    *(column == sa.bindparam(f"of_{column.name}") for column in open_appeals.primary_key),
    open_appeals.c.count == 0,
)


def count_day(connection: Connection, appeal: Appeal, day: date, **more: int) -> None:
    """Add to columns of `appeal_days`, on this day, where the appeal belongs."""
    keys = {"section": appeal["section"], "day": day, "topic": appeal["topic"]}
    _add(connection, appeal_days, keys | _place(appeal), more)


def count_open(connection: Connection, appeal: Appeal, more: int) -> None:
    """Count so many more (or fewer) open appeals where this one belongs.

    Where none is left no row is: what is read of them does not grow with what is over.
    """
    keys = {"section": appeal["section"], "due_on": appeal["due_on"]} | _place(appeal)
    _add(connection, open_appeals, keys, {"count": more})
    if more < 0:
        connection.execute(_NONE_LEFT, {f"of_{name}": value for name, value in keys.items()})


def count_span(connection: Connection, appeal: Appeal, day: date, working_days: int) -> None:
    """Count one more answer of this day that took so many working days."""
    keys = {
        "section": appeal["section"],
        "day": day,
        "topic": appeal["topic"],
        "working_days": working_days,
    }
    _add(connection, answer_spans, keys | _place(appeal), {"count": 1})


def count_official(connection: Connection, official: str, day: date, **more: int) -> None:
    """Add to columns of `official_days`."""
    _add(connection, official_days, {"official": official, "day": day}, more)


def _place(appeal: Appeal) -> dict[str, Any]:
    """Return the place as counters keep it: district "" where the citizen named none."""
    return {"region": appeal["region"], "district": appeal["district"] or ""}


def _add(
    connection: Connection, table: Table, keys: Mapping[str, Any], more: Mapping[str, int]
) -> None:
    statement = _adding(connection.dialect.name, table, tuple(keys), tuple(more))
    connection.execute(statement, {**keys, **more})


# Made once for each: building a statement costs more than running it.
@cache
def _adding(dialect: str, table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    insert: Any = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    added = {name: table.c[name] + insert.excluded[name] for name in columns}
    return insert.on_conflict_do_update(index_elements=keys, set_=added)
