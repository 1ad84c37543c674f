"""Reading sealed values in SQL of a test's own."""

from typing import Any, cast

from sqlalchemy import Connection

from storage import vault


def let_sql_open(connection: Connection) -> None:
    """Give SQL on a SQLite connection the function `opened`, for sealed texts."""
    raw = cast("Any", connection.connection.driver_connection)
    raw.create_function("opened", 1, vault.open_text, deterministic=True)
