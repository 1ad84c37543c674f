"""Which keys of DATA_KEY the database needs, kept as facts: their names, never the keys."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage import vault
from storage.facts import read_fact, write_fact
from storage.schema.conversations import facts
from storage.schema.people import people

_PREFIX = "data_key:"
_SOME, _ALL = "some", "all"


def missing_keys(connection: Connection) -> Sequence[str]:
    """Return the names of keys that values may be under and that the ring lacks."""
    return [name for name in _noted(connection) if name not in vault.key_names()]


def note_key(connection: Connection, now: datetime) -> None:
    """Remember that values are sealed under the newest key from now on. Key: the key's name."""
    name = vault.newest_key()
    if name is None or read_fact(connection, _PREFIX + name) is not None:
        return
    empty = connection.execute(sa.select(people.c.id).limit(1)).first() is None
    write_fact(connection, _PREFIX + name, _ALL if empty else _SOME, now)


def all_under_newest(connection: Connection) -> bool:
    """Tell whether everything has been sealed under the newest key, or there is no key."""
    name = vault.newest_key()
    return name is None or (
        _noted(connection) == [name] and read_fact(connection, _PREFIX + name) == _ALL
    )


def note_all_sealed(connection: Connection, now: datetime) -> None:
    """Remember that nothing needs an older key any more. Key: the newest key's name."""
    name = vault.newest_key()
    if name is None or all_under_newest(connection):
        return
    write_fact(connection, _PREFIX + name, _ALL, now)
    others = facts.c.name.startswith(_PREFIX, autoescape=True), facts.c.name != _PREFIX + name
    connection.execute(sa.delete(facts).where(*others))


def _noted(connection: Connection) -> list[str]:
    names = sa.select(facts.c.name).where(facts.c.name.startswith(_PREFIX, autoescape=True))
    return [name.removeprefix(_PREFIX) for name in connection.execute(names).scalars()]
