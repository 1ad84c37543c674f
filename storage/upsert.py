"""INSERT ... ON CONFLICT, which SQLite (3.24) and PostgreSQL (9.5) spell alike."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    keys: Iterable[str],
    values: Mapping[str, Any],
    *,
    update: Iterable[str],
) -> sa.Executable:
    """Return an insert that on a row with the same keys changes only the columns of update.

    With an empty update the present row stays as it is.
    """
    if connection.dialect.name == "postgresql":
        insert: Any = postgresql.insert(table).values(**values)
    else:
        insert = sqlite.insert(table).values(**values)
    columns = {name: insert.excluded[name] for name in update}
    if not columns:
        return insert.on_conflict_do_nothing(index_elements=list(keys))  # type: ignore[no-any-return]
    return insert.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=list(keys), set_=columns
    )
