from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.reading import (
    appeal_card,
    list_own,
    remembered_place,
)
from services.appeals.registration import register_appeal
from services.refusal import Refusal
from storage.schema.appeals import appeals
from storage.schema.people import people
from tests.appeals.conftest import CITIZEN, NEIGHBOUR

MONDAY = datetime(2026, 2, 2, 5, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def register(connection: Connection, order: int, topic: str = "water-supply") -> int:
    """Register an appeal so many days after the first Monday."""
    draft = Draft(f"d{order}", topic=topic, region="19", district="196200")
    moment = MONDAY + timedelta(days=order)
    return register_appeal(connection, draft.with_text(1, "Су жоқ"), CITIZEN, moment).id


def test_own_appeals_are_paged_by_key(connection: Connection) -> None:
    """The newest come first, and a page begins where the last one ended."""
    ids = [register(connection, order) for order in range(5)]
    first = list_own(connection, CITIZEN, None, 3, TODAY)
    second = list_own(connection, CITIZEN, first[-1].id, 3, TODAY)

    assert ids[::-1] == [line.id for line in (*first, *second)]
    assert [] == list_own(connection, NEIGHBOUR, None, 3, TODAY)


def test_days_left_are_working_days(connection: Connection) -> None:
    """A line says how many working days are left, or how many it is late."""
    register(connection, 0)
    lines = [
        list_own(connection, CITIZEN, None, 1, day)[0]
        for day in (date(2026, 2, 2), date(2026, 2, 23), date(2026, 2, 25))
    ]

    assert [15, 0, -2] == [line.days_left for line in lines]


def test_a_card_is_for_its_citizen(connection: Connection) -> None:
    """A forged id shows nobody else's appeal."""
    appeal = register(connection, 0)

    with pytest.raises(Refusal):
        appeal_card(connection, appeal, NEIGHBOUR, TODAY)


def test_the_place_is_remembered(connection: Connection) -> None:
    """The last appeal's place is offered first, else the profile's, else none."""
    assert remembered_place(connection, CITIZEN) is None
    connection.execute(sa.update(people).where(people.c.id == CITIZEN).values(region="35"))
    profile = remembered_place(connection, CITIZEN)
    register(connection, 0)
    appeal = remembered_place(connection, CITIZEN)

    assert ("35", "196200") == (profile and profile.kato, appeal and appeal.kato)


def test_lists_use_their_indexes(connection: Connection) -> None:
    """Own appeals and overdue ones are read from an index, whatever the total."""
    own = sa.select(appeals.c.id).where(appeals.c.person_id == 1).order_by(appeals.c.id.desc())
    due = sa.select(appeals.c.id).where(
        appeals.c.section == "water",
        appeals.c.status == "registered",
        appeals.c.due_on < TODAY,
    )
    plans = [
        " ".join(
            row[3]
            for row in connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {query.compile(compile_kwargs={'literal_binds': True})}"
            )
        )
        for query in (own, due.order_by(appeals.c.due_on, appeals.c.id))
    ]

    assert "ix_appeals_person_id" in plans[0]
    assert "ix_appeals_section_status_due_on_id" in plans[1]
    assert not any("TEMP B-TREE" in plan for plan in plans)
