from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.changing import NOTICE
from services.appeals.extending import extend_appeal
from services.appeals.model import AppealType
from services.appeals.sorting import Sorting, sort_appeal
from services.appeals.terms import due_on, term_of
from services.calendar.working_days import Calendar
from services.places.atlas import atlas
from services.refusal import Refusal
from storage.schema.appeals import open_appeals
from tests.appeals.conftest import OFFICIAL
from tests.appeals_decisions.conftest import (
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    OPERATOR,
    row,
    told,
)

Registered = Callable[..., int]
LATER = FRIDAY + timedelta(hours=1)
COMPLAINT = Sorting(type=AppealType.COMPLAINT)


@pytest.mark.parametrize("kind", list(AppealType))
def test_the_type_sets_the_due_date(
    connection: Connection, registered: Registered, kind: AppealType
) -> None:
    """The term of the type is counted from the registration, and is told with the type."""
    appeal = registered()

    assert 2 == sort_appeal(connection, appeal, 1, OPERATOR, Sorting(type=kind), LATER)

    expected = due_on(date(2026, 3, 6), term_of(connection, kind), Calendar())
    assert (kind.value, expected) == (
        row(connection, appeal)["type"],
        row(connection, appeal)["due_on"],
    )
    [(person, payload)] = told(connection, NOTICE)
    assert (CITIZEN, kind.value, expected.isoformat()) == (
        person,
        payload["type"],
        payload["due_on"],
    )


def test_a_complaint_has_twenty_working_days(
    connection: Connection, registered: Registered
) -> None:
    """Registered on 6 March 2026, a complaint is due on 9 April 2026."""
    appeal = registered()
    sort_appeal(connection, appeal, 1, OPERATOR, COMPLAINT, LATER)

    assert date(2026, 4, 9) == row(connection, appeal)["due_on"]


def test_a_request_that_ends_on_a_day_off_ends_on_the_next_working_day(
    connection: Connection, registered: Registered
) -> None:
    """15 calendar days after 6 March 2026 are Nauryz, a Saturday: the request is due after it."""
    appeal = registered()
    sort_appeal(connection, appeal, 1, OPERATOR, Sorting(type=AppealType.REQUEST), LATER)

    due = row(connection, appeal)["due_on"]
    assert due > date(2026, 3, 21)
    assert Calendar().is_working(due)


def test_topic_and_place_bring_section_office_and_official(
    connection: Connection, registered: Registered
) -> None:
    """Another topic and place go to those who answer there today; the citizen reads nothing."""
    appeal = registered()
    place = atlas().find("10", None)

    sorting = Sorting(topic="roads-supply", place=place)
    assert 2 == sort_appeal(connection, appeal, 1, OPERATOR, sorting, LATER)

    now_is = row(connection, appeal)
    assert ("roads", "central", "synaq", "10", None) == tuple(
        now_is[name] for name in ("section", "office", "official", "region", "district")
    )
    assert [] == told(connection, NOTICE)


def test_counters_follow(connection: Connection, registered: Registered) -> None:
    """What is open by its due date stands under the new section and date, and only there."""
    appeal = registered()
    sort_appeal(connection, appeal, 1, OPERATOR, COMPLAINT, LATER)
    sort_appeal(connection, appeal, 2, OPERATOR, Sorting(topic="roads-supply"), LATER)

    counted = connection.execute(sa.select(open_appeals).where(open_appeals.c["count"] != 0))
    assert [("roads", date(2026, 4, 9), "19", "", 1)] == [tuple(each) for each in counted]


def test_the_same_twice_is_once(connection: Connection, registered: Registered) -> None:
    """A repetition gives the same version; what is so already makes no new one."""
    appeal = registered()
    for _ in range(2):
        assert 2 == sort_appeal(connection, appeal, 1, OPERATOR, COMPLAINT, LATER)
    assert 2 == sort_appeal(connection, appeal, 2, COLLEAGUE, COMPLAINT, LATER)

    assert 1 == len(told(connection, NOTICE))


def test_an_extension_is_not_cut_short(connection: Connection, registered: Registered) -> None:
    """Another type after an extension leaves the date that was promised."""
    appeal = registered()
    promised = date(2026, 4, 20)
    extend_appeal(connection, appeal, 1, OPERATOR, promised, "Зертхана күтілуде", LATER)
    sort_appeal(connection, appeal, 2, OPERATOR, COMPLAINT, LATER)

    assert promised == row(connection, appeal)["due_on"]


def test_the_second_is_told_who_was_first(connection: Connection, registered: Registered) -> None:
    """Of two who sort at once one does, and the other reads whose work it is."""
    appeal = registered()
    sort_appeal(connection, appeal, 1, OPERATOR, COMPLAINT, LATER)

    with pytest.raises(Refusal) as refused:
        sort_appeal(connection, appeal, 1, COLLEAGUE, Sorting(topic="roads-supply"), LATER)
    assert {"name": "Айгүл"} == refused.value.parameters


@pytest.mark.parametrize("sorting", [Sorting(topic="old"), Sorting(topic="nothing")])
def test_topics_out_of_use(
    connection: Connection, registered: Registered, sorting: Sorting
) -> None:
    """A topic that is retired or unknown is refused."""
    with pytest.raises(Refusal):
        sort_appeal(connection, registered(), 1, OPERATOR, sorting, LATER)


def test_citizens_do_not_sort(connection: Connection, registered: Registered) -> None:
    """Whoever does not handle an appeal cannot sort it."""
    with pytest.raises(Refusal):
        sort_appeal(connection, registered(), 1, CITIZEN, COMPLAINT, LATER)


def test_out_of_the_own_hands(connection: Connection, registered: Registered) -> None:
    """An official who gives an appeal to another section by it hears the same a second time."""
    appeal = registered()
    roads = Sorting(topic="roads-supply")

    assert [2, 2] == [sort_appeal(connection, appeal, 1, OFFICIAL, roads, LATER) for _ in range(2)]
    with pytest.raises(Refusal):
        sort_appeal(connection, appeal, 2, OFFICIAL, COMPLAINT, LATER)
