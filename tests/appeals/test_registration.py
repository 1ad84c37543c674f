from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.model import Attachment, AttachmentKind
from services.appeals.reading import appeal_card
from services.appeals.registration import find_registered, register_appeal
from services.refusal import Refusal
from storage.database import Database
from storage.schema.appeals import appeal_days, appeal_events, appeals, attachments, open_appeals
from storage.schema.delivery import outbox
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, seed

FRIDAY = datetime(2026, 3, 6, 5, tzinfo=UTC)
PHOTO = Attachment(AttachmentKind.PHOTO, "file", "unique", size=9)
DRAFT = (
    Draft("a1", topic="water-supply", region="19", district="196200")
    .with_text(5, "Су жоқ")
    .with_file(6, PHOTO)
)


def count(connection: Connection, table: sa.Table) -> int:
    """Return how many rows a table has."""
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_the_worked_case(connection: Connection) -> None:
    """Friday 6 March 2026 and 15 working days make Thursday 2 April 2026."""
    appeal = register_appeal(connection, DRAFT, CITIZEN, FRIDAY)

    assert (date(2026, 3, 6), date(2026, 4, 2)) == (appeal.registered_on, appeal.due_on)


def test_after_working_hours_the_next_working_day_counts(connection: Connection) -> None:
    """Registered after 18:00 on that Friday, the appeal is due on Friday 3 April 2026."""
    appeal = register_appeal(connection, DRAFT, CITIZEN, FRIDAY.replace(hour=13, minute=1))

    assert date(2026, 4, 3) == appeal.due_on


def test_a_repetition_changes_nothing(connection: Connection) -> None:
    """The same draft is registered once, with one receipt and counted once."""
    first = register_appeal(connection, DRAFT, CITIZEN, FRIDAY)
    second = register_appeal(connection, DRAFT, CITIZEN, FRIDAY)

    assert first == second == find_registered(connection, "a1", CITIZEN)
    tables = (appeals, attachments, appeal_events, outbox)
    assert [1, 1, 1, 1] == [count(connection, table) for table in tables]
    assert [(1, 0)] == connection.execute(
        sa.select(appeal_days.c.registered, appeal_days.c.answered)
    ).all()
    assert [(date(2026, 4, 2), 1)] == connection.execute(
        sa.select(open_appeals.c.due_on, open_appeals.c.count)
    ).all()


def test_it_names_who_answers(connection: Connection) -> None:
    """The section’s official of that day and the office of the place are kept with it."""
    appeal = register_appeal(connection, DRAFT, CITIZEN, FRIDAY)
    card = appeal_card(connection, appeal.id, CITIZEN, date(2026, 3, 6))

    assert ("water", "ulgi", "region-19") == (card.section, card.official, card.office)
    assert ("Су жоқ", (PHOTO,), 15) == (card.text, card.attachments, card.days_left)


def test_numbers_follow_each_other(connection: Connection) -> None:
    """Each year counts from one."""
    moments = (FRIDAY, FRIDAY, FRIDAY.replace(year=2027))
    numbers = [
        register_appeal(connection, replace(DRAFT, id=f"n{order}"), CITIZEN, moment).number[:9]
        for order, moment in enumerate(moments)
    ]

    assert ["26-000001", "26-000002", "27-000001"] == numbers


def test_the_receipt_is_queued(connection: Connection) -> None:
    """The receipt is written in the transaction of the registration."""
    appeal = register_appeal(connection, DRAFT, CITIZEN, FRIDAY)
    row = connection.execute(sa.select(outbox)).mappings().one()

    assert (f"receipt:{appeal.id}", CITIZEN, "receipt") == (
        row["key"],
        row["person_id"],
        row["kind"],
    )
    assert (appeal.number, "2026-04-02") == (row["payload"]["number"], row["payload"]["due_on"])


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, topic="old"),
        replace(DRAFT, topic="unheard-of"),
        replace(DRAFT, region="99"),
        replace(DRAFT, region="35"),
        replace(DRAFT, texts={5: "👍"}),
    ],
    ids=["retired topic", "unknown topic", "unknown region", "district elsewhere", "no words"],
)
def test_an_incomplete_draft_is_refused(connection: Connection, draft: Draft) -> None:
    """Whatever the screens let through, the use case checks again."""
    with pytest.raises(Refusal):
        register_appeal(connection, draft, CITIZEN, FRIDAY)

    assert 0 == count(connection, appeals)


def test_a_draft_belongs_to_one_person(connection: Connection) -> None:
    """Nobody learns of an appeal by the draft id of somebody else."""
    register_appeal(connection, DRAFT, CITIZEN, FRIDAY)

    with pytest.raises(Refusal):
        register_appeal(connection, DRAFT, NEIGHBOUR, FRIDAY)
    assert find_registered(connection, "a1", NEIGHBOUR) is None


async def test_both_databases_say_the_same(database: Database) -> None:
    """SQLite and PostgreSQL register alike, twice over."""
    await database.write(seed)
    first = await database.write(register_appeal, DRAFT, CITIZEN, FRIDAY)
    second = await database.write(register_appeal, DRAFT, CITIZEN, FRIDAY)

    assert first == second
    assert date(2026, 4, 2) == first.due_on
