from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.similar.finding import RECENT, SimilarAppeal, similar_open
from storage.similar_appeals import NEWEST
from tests.appeals.conftest import CITIZEN, NEIGHBOUR
from tests.appeals_similar.conftest import NOW, Put

TEXT = "Жолда шұңқыр көп, көлік сынып жатыр"
SAME = "На дороге ямы, ломаются машины"


def found(connection: Connection, **changes: Any) -> list[SimilarAppeal]:
    """Return what is offered to the citizen who writes of potholes."""
    place = {"topic": "roads-supply", "region": "19", "district": "196200"}
    asked = {**place, "text": TEXT, "exclude_person": CITIZEN, "now": NOW, **changes}
    return similar_open(connection, **asked)


def test_found(connection: Connection, put: Put) -> None:
    """An open appeal on the same matter is offered with its number, day, joins and beginning."""
    put("Көпір құлап қалды")
    appeal = put(f"{SAME}. Меня зовут Ержан, 87011234567", joins=4)
    expected = SimilarAppeal(
        id=appeal,
        number="26-000002-0",
        registered_on=NOW.date(),
        joins=4,
        excerpt=f"{SAME}. Меня зовут •••, •••",
    )
    assert [expected] == found(connection)


@pytest.mark.parametrize(
    "changes",
    [
        {"confidential": True},
        {"status": "answered"},
        {"status": "withdrawn"},
        {"status": "joined"},
        {"region": "27"},
        {"district": "191000"},
        {"district": None},
        {"topic": "water-supply"},
        {"person_id": CITIZEN},
        {"registered_at": NOW - RECENT - timedelta(minutes=1)},
    ],
    ids=str,
)
def test_not_offered(connection: Connection, put: Put, changes: dict[str, Any]) -> None:
    """Sealed, finished, old, one's own, and from another place or topic: none is offered."""
    put(SAME, **changes)
    assert [] == found(connection)


@pytest.mark.parametrize("status", ["registered", "in_work", "disputed"])
def test_open(connection: Connection, put: Put, status: str) -> None:
    """Whatever still waits for an answer is offered."""
    appeal = put(SAME, status=status)
    assert [appeal] == [each.id for each in found(connection)]


def test_without_district(connection: Connection, put: Put) -> None:
    """An appeal of the region as a whole is compared with such appeals."""
    appeal = put(SAME, district=None)
    assert [appeal] == [each.id for each in found(connection, district=None)]


def test_of_a_visitor(connection: Connection, put: Put) -> None:
    """What a reception desk filed for somebody without a chat is offered too."""
    appeal = put(SAME, person_id=None)
    assert [appeal] == [each.id for each in found(connection)]


def test_best_first(connection: Connection, put: Put) -> None:
    """The most alike come first, of equals the newest, and no more than asked for."""
    rough = put("Жолда шұңқыр көп, жаңбырда өту қиын")
    older, newer = put(TEXT), put(TEXT)
    assert [newer, older, rough] == [each.id for each in found(connection)]
    assert [newer] == [each.id for each in found(connection, limit=1)]


def test_many(connection: Connection, put: Put) -> None:
    """Only the newest of a busy place are compared."""
    oldest = put(SAME)
    for _ in range(NEWEST - 1):
        put("Көпір құлап қалды")
    assert [oldest] == [each.id for each in found(connection)]
    put("Көпір құлап қалды")
    assert [] == found(connection)


def test_other_people_only(connection: Connection, put: Put) -> None:
    """Whoever asks is not shown their own."""
    put(SAME)
    assert [] == found(connection, exclude_person=NEIGHBOUR)


def test_index(connection: Connection) -> None:
    """The place is found by its index, newest first, without sorting."""
    seen: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        seen.append((arguments[2], arguments[3]))

    sa.event.listen(connection, "before_cursor_execute", note)
    found(connection)
    sa.event.remove(connection, "before_cursor_execute", note)
    ((statement, parameters),) = seen
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [row.detail for row in plan]
    assert any("INDEX ix_appeals_topic_region_district_id (topic=?" in step for step in steps)
    assert not any(step.startswith("SCAN appeals") for step in steps)
