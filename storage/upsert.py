"""INSERT ... ON CONFLICT, which SQLite (3.24) and PostgreSQL (9.5) spell alike."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Outcome, Prepared


def upsert(
    connection: Connection,
    table: Table,
    keys: Iterable[str],
    values: Mapping[str, Any],
    *,
    update: Iterable[str],
) -> Outcome:
    """Insert a row of plain values, or change the columns of update where its keys are there.

    With an empty update the present row stays as it is, and the result's rowcount is 0.
    """
    return _statement(table, tuple(keys), tuple(update), tuple(values)).run(connection, values)


# Built once: building costs ten times what running does.
@cache
def _statement(
    table: Table, keys: tuple[str, ...], update: tuple[str, ...], values: tuple[str, ...]
) -> Prepared:
    return Prepared(
        values,
        sqlite=_form(sqlite.insert(table).inline(), keys, update),
        postgresql=_form(postgresql.insert(table).inline(), keys, update),
    )


def _form(insert: Any, keys: tuple[str, ...], update: tuple[str, ...]) -> Any:
    columns = {name: insert.excluded[name] for name in update}
    if columns:
        return insert.on_conflict_do_update(index_elements=keys, set_=columns)
    return insert.on_conflict_do_nothing(index_elements=keys)
