"""What a play left in the database, freed of chance: ids of messages, random tokens, moments."""

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.schema import metadata

# Which message showed something, how often it was tried, and when, tells nothing of the facts.
_CHANCE = {"message_id", "progress_message_id", "attempts", "file_id", "file_unique_id"}
_IGNORED_TABLES = {"facts", "parked", "quarantine"}
_TOKEN = re.compile(r"\b(?:[0-9a-f]{16,64}|[A-Za-z0-9_-]{20,43})\b")


def remember(url: str) -> dict[str, list[str]]:
    """Return every row of every table as text, in a comparable form."""
    engine = sa.create_engine(url)
    names: dict[str, str] = {}
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    _row(table, dict(row), names)
                    for row in connection.execute(
                        sa.select(table).order_by(*table.primary_key.columns)
                    ).mappings()
                )
                for table in metadata.sorted_tables
                if table.name not in _IGNORED_TABLES
            }
    finally:
        engine.dispose()


def _row(table: sa.Table, row: dict[str, Any], names: dict[str, str]) -> str:
    plain = {
        column: _plain(value, names)
        for column, value in row.items()
        if not (column in _CHANCE and not table.columns[column].primary_key)
    }
    return repr(plain)


def _plain(value: Any, names: dict[str, str]) -> Any:
    match value:
        case datetime():
            return "moment"
        case bytes():
            return f"{len(value)} bytes"
        case dict():
            return {
                key: "chance" if "message" in key else _plain(entry, names)
                for key, entry in value.items()
            }
        case list():
            return [_plain(entry, names) for entry in value]
        case str():
            return _TOKEN.sub(lambda match: names.setdefault(match[0], f"#{len(names)}"), value)
        case _:
            return value
