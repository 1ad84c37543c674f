"""Small facts about this installation, each a text under a name."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.schema.conversations import facts
from storage.upsert import upsert


def read_fact(connection: Connection, name: str) -> str | None:
    """Return the text under a name, None if there is none."""
    return connection.scalar(select(facts.c.value).where(facts.c.name == name))


def write_fact(connection: Connection, name: str, value: str, now: datetime) -> None:
    """Put a text under a name, in place of an earlier one. Key: the name."""
    values = {"name": name, "value": value, "updated_at": now}
    update = ("value", "updated_at")
    upsert(connection, facts, ["name"], values, update=update)
