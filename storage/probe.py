"""Trying whether a database takes a write, without leaving anything in it."""

from datetime import UTC, datetime

from storage.engine.sqlite_database import path_of
from storage.facts import write_fact
from storage.migrations.connection import connected


def check_writable(url: str) -> None:
    """Write a row and take it back. Raises SQLAlchemyError where that cannot be done."""
    with connected(url) as connection:
        if path_of(url) is not None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        write_fact(connection, "probe", "", datetime.now(UTC))
        connection.rollback()
