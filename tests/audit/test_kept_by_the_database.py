import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from services.audit.verifying import verify
from tests.audit.conftest import write

COUNT = "SELECT count(*) FROM audit"
FORBIDDEN = {
    "a row is changed": "UPDATE audit SET who = 1 WHERE number = 3",
    "a link is changed": "UPDATE audit SET link = '' WHERE number = 12",
    "a row is taken out": "DELETE FROM audit WHERE number = 3",
    "the last row is taken out": "DELETE FROM audit WHERE number = 12",
    "all rows are taken out": "DELETE FROM audit",
    "the end is moved back": "UPDATE audit_ends SET last = 11",
    "the end says another link": "UPDATE audit_ends SET last_link = 'x'",
    "the end is moved behind what is there": "UPDATE audit_ends SET last = 13, last_link = 'x'",
    "the beginning is moved on under a wrong link": "UPDATE audit_ends SET before = 3",
    "the beginning is moved behind the end": "UPDATE audit_ends SET before = 13",
    "the ends are taken out": "DELETE FROM audit_ends",
    "a row is put among the others": (
        "INSERT INTO audit SELECT 0, at, who, what, \"on\", details, 'other', link FROM audit "
        "WHERE number = 3"
    ),
    "a row is added under a key that is there": (
        'INSERT INTO audit SELECT 13, at, who, what, "on", details, key, link FROM audit '
        "WHERE number = 3"
    ),
}
ONLY = {
    "sqlite": {
        "a row is replaced": (
            'INSERT OR REPLACE INTO audit SELECT number, at, 1, what, "on", details, key, link '
            "FROM audit WHERE number = 3"
        ),
    },
    "postgresql": {
        "the audit is emptied": "TRUNCATE audit",
        "the ends are emptied": "TRUNCATE audit_ends",
    },
}


@pytest.mark.parametrize("what", [*FORBIDDEN, *ONLY["sqlite"], *ONLY["postgresql"]])
def test_the_database_forbids(written: Connection, what: str) -> None:
    """Neither a row of the audit nor its ends can be changed or taken out by a statement."""
    mine = FORBIDDEN | ONLY[written.dialect.name]
    if what not in mine:
        return
    with pytest.raises(DatabaseError, match="audit"), written.begin_nested():
        written.exec_driver_sql(mine[what])
    assert written.exec_driver_sql(COUNT).scalar() == 12
    assert verify(written).intact


def test_further_rows_are_added(written: Connection) -> None:
    """What is forbidden does not stand in the way of the next row."""
    write(written, 3, begin=13)
    assert verify(written).rows == 15


def test_a_repeated_deed_adds_nothing(written: Connection) -> None:
    """The same deed under the same key is written down once."""
    write(written, 12)
    assert written.scalar(sa.text(COUNT)) == 12
