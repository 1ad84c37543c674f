"""Taking in the Road Map from a table: all of it, or nothing and every reason why.

What a table does not name stays as it is; an indicator leaves the board by «retired». Who answers
for something already keeps their first day; somebody new begins on the day of the row, but not
before the one in force. Several rows of one code are its terms in the order of their days; terms
that no row names stay. The same table twice changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.roadmap.assigning import (
    follow_indicators,
    follow_sections,
    indicator_terms,
    section_terms,
)
from services.roadmap.editing import known_codes, put_indicators
from services.roadmap.indicators import all_indicators
from services.roadmap.table import FORMS
from services.roadmap.table_rows import Present, Understood, understand
from services.tables.model import Table, refuse
from storage import organisation


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were taken in, and how many things are not as they were before."""

    rows: int
    indicators: int
    indicator_officials: int
    section_officials: int

    @property
    def changes(self) -> int:
        """Return how many things are not as they were before."""
        return self.indicators + self.indicator_officials + self.section_officials


def check_table(connection: Connection, table: Table, today: date) -> Understood:
    """Return what a table says; raises BadTable with everything that is wrong with it."""
    found = understand(table, _present(connection), today)
    refuse(found.faults, FORMS)
    return found


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Bring the Road Map to what a table says; administrators only.

    Raises Refusal, and BadTable, after which nothing has changed.

    Key: codes and days in the table.
    """
    authorise(connection, actor, Deed.IMPORT_ROADMAP)
    done = put_table(connection, table, now)
    changed = done.indicators + done.indicator_officials + done.section_officials
    if changed:
        what, key = Deed.IMPORT_ROADMAP, now.isoformat()
        record(connection, who=actor, what=what, on="roadmap", now=now, key=key, changed=changed)
    return done


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line, where whoever may start the bot may do everything.

    Key: codes and days in the table.
    """
    today = local_date(now)
    found = check_table(connection, table, today)
    return Imported(
        len(table.rows),
        put_indicators(connection, found.indicators),
        follow_indicators(connection, found.indicator_officials, today),
        follow_sections(connection, found.section_officials, today),
    )


def _present(connection: Connection) -> Present:
    return Present(
        known_codes(connection),
        frozenset(row["code"] for row in organisation.officials(connection)),
        {each.code: each for each in all_indicators(connection, retired=True)},
        indicator_terms(connection),
        section_terms(connection),
    )
