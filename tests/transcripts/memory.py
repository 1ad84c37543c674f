"""What a play left in the database, freed of chance: ids of messages, random tokens, moments."""

import difflib
import json
import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.schema import metadata
from storage.schema.audit import audit

# Which message showed something, how often it was tried, and when, tells nothing of the facts.
_CHANCE = {
    "message_id",
    "other_ids",
    "progress_message_id",
    "attempts",
    "file_id",
    "file_unique_id",
    "heard",
    "pin",
    "asked_in",
}
# Rows that several queue side by side: which number each got is chance, what names it is not.
_NAMED_BY = {"outbox": "key"}
_IGNORED_TABLES = {"audit", "audit_ends", "facts", "parked", "quarantine"}
# Parts of JSON that hold ids of messages, or what is locked anew each time.
_BY_CHANCE = {"pictures", "heard", "taken", "poll_answer"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d)?")
# What somebody said in a message: "<person>:<message id>", with what it was about in between.
_MESSAGE = re.compile(r"^(\d+(?::(?:ask|give)[:\d]*)?):\d+$")
# What a second person lets out is asked for by a message.
_BY_MESSAGE = re.compile(r"(opening|export):")
_TOKEN = re.compile(r"\b(?:[0-9a-f]{16,64}|[A-Za-z0-9_-]{20,43})\b")


def remember(url: str) -> dict[str, list[str]]:
    """Return every row of every table as text, in a comparable form."""
    engine = sa.create_engine(url)
    names: dict[str, str] = {}
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    _row(dict(row), names)
                    for row in connection.execute(_in_order(table)).mappings()
                )
                for table in metadata.sorted_tables
                if table.name not in _IGNORED_TABLES
            } | {"audit": _deeds(connection, names)}
    finally:
        engine.dispose()


def _deeds(connection: sa.Connection, names: dict[str, str]) -> list[str]:
    """Return what the audit tells: each deed as often as it was done, each reading once.

    In how many ten minutes somebody read the same is a matter of when the play began.
    """
    columns = (audit.c.what, audit.c.on, audit.c.who, audit.c.details)
    read = audit.c.key.contains("|read:")
    told: dict[bool, list[str]] = {False: [], True: []}
    statement = sa.select(read.label("read"), *columns).order_by(audit.c.number)
    for row in connection.execute(statement).mappings():
        said = {name: value for name, value in row.items() if name != "read"}
        told[bool(row["read"])].append(_row(said, names))
    return sorted([*told[False], *set(told[True])])


def _in_order(table: sa.Table) -> sa.Select[Any]:
    """Return the statement that reads a table in an order that is the same in each play."""
    name = _NAMED_BY.get(table.name)
    if name is None:
        return sa.select(table).order_by(*table.primary_key.columns)
    columns = [column for column in table.columns if not column.primary_key]
    return sa.select(*columns).order_by(table.c[name])


def _row(row: dict[str, Any], names: dict[str, str]) -> str:
    if _BY_MESSAGE.match(str(row.get("subject", ""))):
        row["version"] = "chance"
    plain = {
        column: _plain(value, names) for column, value in row.items() if column not in _CHANCE
    }
    return repr(plain)


def _plain(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        value = json.loads(value)
    match value:
        case datetime():
            return "moment"
        case bytes():
            return f"{len(value)} bytes"
        case dict():
            return {
                key: "chance" if "message" in key or key in _BY_CHANCE else _plain(entry, names)
                for key, entry in value.items()
            }
        case list():
            return [_plain(entry, names) for entry in value]
        case str():
            still = _MESSAGE.sub(r"\1:chance", _MOMENT.sub("moment", value))
            return _TOKEN.sub(lambda match: names.setdefault(match[0], f"#{len(names)}"), still)
        case _:
            return value


def differences(once: dict[str, list[str]], twice: dict[str, list[str]]) -> list[str]:
    """Return the rows that are in one memory only, as lines of a difference."""
    lines = [
        [f"{table}: {row}" for table in memory for row in memory[table]]
        for memory in (once, twice)
    ]
    return list(difflib.unified_diff(*lines, "once", "twice", lineterm="", n=0))
