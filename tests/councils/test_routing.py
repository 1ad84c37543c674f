"""Appeals that go to councils: by themselves, by hand, and back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from services.appeals.departures import follow_departures
from services.appeals.history import read_history
from services.appeals.sorting import Sorting, sort_appeal
from services.appeals.to_council import (
    councils_for,
    hand_to_council,
    take_from_council,
    who_would_answer,
)
from services.councils.importing import put_table
from services.refusal import Refusal
from storage.appeals import find_appeal
from storage.council_reading import taking
from storage.schema import metadata
from tests.councils.conftest import (
    ADMINISTRATOR,
    DEPUTY,
    MEMBERS,
    NOW,
    TODAY,
    table,
)
from tests.digests.conftest import OPERATOR, WATER, file_appeal

OUTBOX = metadata.tables["outbox"]


def appeal_of(connection: Connection, number: int) -> RowMapping:
    """Return the row of an appeal."""
    found = find_appeal(connection, number)
    assert found is not None
    return found


def told(connection: Connection, kind: str) -> Sequence[tuple[int, Any]]:
    """Return to whom something of this kind was told, and what."""
    statement = sa.select(OUTBOX.c.person_id, OUTBOX.c.payload).where(OUTBOX.c.kind == kind)
    return [tuple(row) for row in connection.execute(statement.order_by(OUTBOX.c.id))]


def test_a_field_takes_its_appeals(connection: Connection) -> None:
    """Where a council takes appeals, one of its topic from its territory goes to its chair."""
    own = appeal_of(connection, file_appeal(connection, 1, "water-supply", "615200", NOW))
    other = appeal_of(connection, file_appeal(connection, 2, "water-supply", "10", NOW))
    road = appeal_of(connection, file_appeal(connection, 3, "roads", "61", NOW))
    assert ("water-61", "aman") == (own["council"], own["official"])
    assert [None, None] == [other["council"], road["council"]]
    receipts = [payload.get("council") for _person, payload in told(connection, "receipt")]
    assert ["water-61", None, None] == receipts
    [moment, *_words] = read_history(connection, own["id"], OPERATOR, TODAY)
    assert "water-61" == moment.details["council"]


def test_the_narrowest_takes_it(connection: Connection) -> None:
    """A council of the district goes before that of the region; who has no account is no chair."""
    district = ("water-615200", "А", "А", "water", "61", "615200", "2026-01-01", "", "yes")
    seats = [
        ("water-615200", "erbol", "Ербол", "Ербол", "", "", "chair", "2026-01-01", ""),
        ("water-615200", "bota", "", "", "", "", "member", "2026-01-01", ""),
    ]
    put_table(connection, table(councils=[district], members=seats), NOW)
    found = appeal_of(connection, file_appeal(connection, 1, "water-supply", "615200", NOW))
    assert ("water-615200", "bota") == (found["council"], found["official"])


def test_no_statement_where_no_council_takes(connection: Connection) -> None:
    """Filing reads councils in one statement where one takes appeals, and in none elsewhere."""
    said: list[str] = []
    sa.event.listen(
        connection,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_more: said.append(statement),
    )
    file_appeal(connection, 1, "gas", "61", NOW)
    assert 0 == sum("council_members" in each for each in said)
    file_appeal(connection, 2, "water-quality", "10", NOW)
    assert 1 == sum("council_members" in each for each in said)


def test_handing_over_by_staff(connection: Connection) -> None:
    """The council has it, its chair answers, citizen and chair are told, the history says so."""
    number = file_appeal(connection, 1, "water-supply", "10", NOW)
    put_table(
        connection,
        table(members=[("water", "bota", "", "", "", "", "chair", "2026-01-01", "")]),
        NOW,
    )
    offer = councils_for(connection, number, OPERATOR, NOW)
    assert (["water"], []) == (
        [one.code for one in offer.fitting],
        [one.code for one in offer.others],
    )
    assert "bota" == who_would_answer(connection, number, OPERATOR, "water", NOW)[1]
    version = hand_to_council(connection, number, 1, OPERATOR, "water", NOW)
    again = hand_to_council(connection, number, 1, OPERATOR, "water", NOW)
    found = appeal_of(connection, number)
    assert (2, 2, "water", "bota", None) == (
        version,
        again,
        found["council"],
        found["official"],
        found["assignee"],
    )
    assert [DEPUTY] == [person for person, _payload in told(connection, "council_case")]
    [(_citizen, notice)] = told(connection, "appeal_changed")
    assert ("to_council", "Вода") == (notice["event"], notice["council_ru"])
    history = read_history(connection, number, OPERATOR, TODAY)
    assert ["registered", "to_council"] == [one.event for one in history if one.event]
    audit = metadata.tables["audit"]
    done = sa.select(sa.func.count()).where(audit.c.what == "appeal.to_council")
    assert 1 == connection.execute(done).scalar()


def test_it_cannot_go_anywhere(connection: Connection) -> None:
    """Not to a council elsewhere, nor to one of which nobody works here, nor by who has no say."""
    number = file_appeal(connection, 1, "roads", "10", NOW)
    inside = file_appeal(connection, 2, "roads", "61", NOW)
    for appeal, council, actor, reason in (
        (number, "water-61", OPERATOR, "outside of the council"),
        (inside, "roads-61", OPERATOR, "Nobody of this council"),
        (inside, "fish", OPERATOR, "no such council"),
        (inside, "water-61", WATER, "Somebody else answers"),
    ):
        with pytest.raises(Refusal, match=reason):
            hand_to_council(connection, appeal, 1, actor, council, NOW)


def test_taking_it_back(connection: Connection) -> None:
    """The usual route has it again; where no council has it there is nothing to take back."""
    number = file_appeal(connection, 1, "water-supply", "61", NOW)
    assert 2 == take_from_council(connection, number, 1, OPERATOR, NOW)
    found = appeal_of(connection, number)
    assert (None, "mysalbaev") == (found["council"], found["official"])
    with pytest.raises(Refusal, match="No public council"):
        take_from_council(connection, number, 2, ADMINISTRATOR, NOW)


def test_another_topic_leaves_the_council(connection: Connection) -> None:
    """An appeal that turns out to be about something else goes by its own route."""
    number = file_appeal(connection, 1, "water-supply", "61", NOW)
    sort_appeal(connection, number, 1, OPERATOR, Sorting(topic="gas"), NOW)
    found = appeal_of(connection, number)
    assert (None, "nobaeva") == (found["council"], found["official"])


def test_the_next_chair_gets_what_is_open(connection: Connection) -> None:
    """When the seat of a chair ends, the open appeals go to who leads the council then."""
    number = file_appeal(connection, 1, "water-supply", "61", NOW)
    left = [*MEMBERS[0]]
    left[-1] = "2026-03-05"
    next_chair = ("water-61", "bota", "", "", "", "", "chair", "2026-03-06", "")
    put_table(connection, table(members=[left, next_chair]), NOW)
    assert 0 == follow_departures(connection, NOW)
    assert 1 == follow_departures(connection, NOW + timedelta(days=3))
    assert "bota" == appeal_of(connection, number)["official"]


def test_taking_goes_by_indexes(connection: Connection) -> None:
    """The statement of the hot path walks through no table."""
    said: list[tuple[str, Any]] = []
    sa.event.listen(
        connection,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, values, *_more: said.append((statement, values)),
    )
    taking(connection, "water-supply", "61", "615200", TODAY)
    [(statement, values)] = said
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    steps = [row[-1] for row in plan]
    assert any("ix_council_terms_region_district" in step for step in steps)
    assert [] == [step for step in steps if step.startswith("SCAN")]
