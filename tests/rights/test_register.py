from sqlalchemy import Connection

from storage.database import Database
from storage.schema import metadata
from tests.rights.columns import NEUTRAL, NEUTRAL_TABLES, PERSON, STAFF, WORDS
from tests.rights.conftest import NAME, PHONE, SAID, live, traces
from tests.rights.conftest import PERSON as ID

# Of the staff, or under a mark that names nobody; tests/rights/test_erasing.py looks at each.
_OTHERWISE = {
    "roles",
    "staff_sessions",
    "duties",
    "kept_bans",
    "attachments",
    "appeal_entries",
    "poll_drafts",
    "ballots",
}


def test_every_column_was_looked_at() -> None:
    """A new table or column fails here until somebody says what of a person stands in it."""
    looked_at: dict[str, set[str]] = {}
    for register in (PERSON, WORDS, STAFF, NEUTRAL):
        for table, columns in register.items():
            looked_at.setdefault(table, set()).update(columns.split())
    schema = {
        table.name: {column.name for column in table.columns}
        for table in metadata.sorted_tables
        if table.name not in NEUTRAL_TABLES
    }
    assert schema == looked_at


async def test_the_life_is_whole(sqlite_database: Database) -> None:
    """The person of the tests stands in every table that is said to hold one."""

    def found(connection: Connection) -> set[str]:
        live(connection)
        return set(traces(connection, str(ID), NAME, PHONE, *SAID))

    assert set(PERSON) - _OTHERWISE <= await sqlite_database.write(found)
