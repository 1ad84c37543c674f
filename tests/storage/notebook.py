"""A table for tests of the engine, and commands that behave in every way a command can."""

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text
from sqlalchemy.dialects import postgresql, sqlite

metadata = MetaData()
notes = Table(
    "notes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)
counts = Table(
    "counts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
MAKE = {
    "sqlite": sqlite.insert(notes).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(notes).on_conflict_do_nothing(),
}
WRITE = sa.insert(notes)
COUNT = (
    sa.update(counts)
    .where(counts.c.number == sa.bindparam("of_number"))
    .values(count=counts.c.count + 1)
)


class Refused(Exception):  # noqa: N818 - it names a refusal
    """A refusal that a caller expects."""


def make(connection: Connection) -> None:
    """Make the notebook."""
    metadata.create_all(connection)


def note(connection: Connection, number: int, text: str = "") -> int:
    """Write a note once and return its number; a second time violates the key."""
    connection.execute(WRITE, {"number": number, "text": text})
    return number


def keep(connection: Connection, number: int) -> bool:
    """Write a note unless it is there, and tell whether it was not."""
    if connection.scalar(sa.select(notes.c.number).where(notes.c.number == number)) is not None:
        return False
    note(connection, number)
    return True


def refuse(connection: Connection, number: int) -> None:
    """Read and refuse."""
    connection.execute(sa.select(notes).where(notes.c.number == number)).all()
    raise Refused(number)


def note_and_refuse(connection: Connection, number: int) -> None:
    """Write and refuse."""
    note(connection, number)
    raise Refused(number)


def made(connection: Connection, number: int) -> int:
    """Write a note unless it is there, and return how many rows that made."""
    return connection.execute(
        MAKE[connection.dialect.name], {"number": number, "text": ""}
    ).rowcount


def add(connection: Connection, number: int) -> None:
    """Count one more under a number, in a row that many commands want at once."""
    connection.execute(COUNT, {"of_number": number})


def note_twice(connection: Connection, number: int) -> None:
    """Write the same number twice, which the key forbids."""
    note(connection, number)
    note(connection, number)


def note_and_commit(connection: Connection, number: int) -> None:
    """Do what no command may."""
    note(connection, number)
    connection.commit()


def swallow(connection: Connection, number: int) -> None:
    """Go on after a failed statement."""
    note(connection, number)
    try:
        note(connection, number)
    except sa.exc.IntegrityError:
        return


def retry_in_savepoint(connection: Connection, number: int) -> str:
    """Go on after a failed statement as a command may: in a savepoint."""
    try:
        with connection.begin_nested():
            note(connection, number)
            note(connection, number)
    except sa.exc.IntegrityError:
        note(connection, number, "second")
    return "second"


def numbers(connection: Connection) -> list[int]:
    """Return the numbers of all notes in order."""
    return list(connection.scalars(sa.select(notes.c.number).order_by(notes.c.number)))


def text_of(connection: Connection, number: int) -> str | None:
    """Return the text of a note."""
    return connection.scalar(sa.select(notes.c.text).where(notes.c.number == number))


def counted(connection: Connection) -> dict[int, int]:
    """Return the counts by their numbers."""
    rows = connection.execute(sa.select(counts.c.number, counts.c.count))
    return {row[0]: row[1] for row in rows}
