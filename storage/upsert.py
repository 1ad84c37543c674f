"""INSERT ... ON CONFLICT, which SQLite (3.24) and PostgreSQL (9.5) spell alike."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    keys: Iterable[str],
    values: Mapping[str, Any],
    *,
    update: Iterable[str],
) -> CursorResult[Any]:
    """Insert a row; where one with the same keys is there, change only the columns of update.

    With an empty update the present row stays as it is, and the result's rowcount is 0.
    """
    statement = _statement(connection.dialect.name, table, tuple(keys), tuple(update))
    return connection.execute(statement, dict(values))


# Built once: building costs ten times what running does.
@cache
def _statement(
    dialect: str, table: Table, keys: tuple[str, ...], update: tuple[str, ...]
) -> Executable:
    insert: Any = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    columns = {name: insert.excluded[name] for name in update}
    if columns:
        statement: Executable = insert.on_conflict_do_update(index_elements=keys, set_=columns)
    else:
        statement = insert.on_conflict_do_nothing(index_elements=keys)
    return statement
