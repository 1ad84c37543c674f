"""A million people and a million appeals, made inside the database from one of each."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from services.appeals.model import AppealEvent, AppealStatus
from services.clock import SystemClock, local_date
from storage.database import Database
from storage.schema.appeals import appeal_events, appeals, open_appeals
from storage.schema.people import consents, people

MILLION = 1_000_000
SECTION = "roads"
TOPIC = "street-light"
OPEN = 10  # one appeal of so many still waits for its answer


async def crowd(db: Database) -> None:
    """Multiply person 1, their consents and one appeal of theirs, a million of each in all."""
    now = SystemClock().now()
    due = local_date(now) + timedelta(days=15)
    await db.write(multiply, people, "id", {"id": "n"})
    await db.write(multiply, consents, "person_id", {"person_id": "n"})
    await db.write(appeal_of_the_first, now, due)
    status = f"CASE n % {OPEN} WHEN 0 THEN 'registered' ELSE 'answered' END"
    own = {
        "id": "n",
        "draft_id": "printf('crowd-%d', n)",
        "number": "printf('25-%06d-0', n)",
        "person_id": "n",
        "status": status,
    }
    await db.write(multiply, appeals, "id", own)
    await db.write(multiply, appeal_events, "appeal_id", {"appeal_id": "n", "actor": "n"})
    await db.write(open_the_tenth, due)


def multiply(connection: Connection, table: Table, key: str, own: dict[str, str]) -> None:
    """Copy the row of number 1 to the numbers up to a million, with SQL for what is their own."""
    names = [column.name for column in table.columns]
    values = ", ".join(own.get(name, f"first.{name}") for name in names)
    connection.execute(
        sa.text(
            "WITH RECURSIVE numbers(n) AS "  # noqa: S608 - names of our own tables
            f"(SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {MILLION}) "
            f"INSERT INTO {table.name} ({', '.join(names)}) "
            f"SELECT {values} FROM numbers, {table.name} AS first WHERE first.{key} = 1"
        )
    )


def appeal_of_the_first(connection: Connection, now: datetime, due: date) -> None:
    """Write appeal 1, of person 1."""
    values = {
        "id": 1,
        "draft_id": "crowd-1",
        "number": "25-000001-0",
        "person_id": 1,
        "language": "kk",
        "topic": TOPIC,
        "section": SECTION,
        "region": "71",
        "text": "Біздің көшеде екі аптадан бері жарық жоқ.",
        "status": AppealStatus.ANSWERED.value,
        "version": 1,
        "registered_at": now - timedelta(days=30),
        "counted_from": due - timedelta(days=45),
        "due_on": due,
    }
    connection.execute(sa.insert(appeals).values(values))
    event = {
        "appeal_id": 1,
        "version": 1,
        "kind": AppealEvent.REGISTERED.value,
        "at": values["registered_at"],
        "actor": 1,
        "details": {},
    }
    connection.execute(sa.insert(appeal_events).values(event))


def open_the_tenth(connection: Connection, due: date) -> None:
    """Count the open appeals where digests look."""
    place = {"region": "71", "district": ""}
    row = {"section": SECTION, "due_on": due, **place, "count": MILLION // OPEN}
    connection.execute(sa.insert(open_appeals).values(row))
