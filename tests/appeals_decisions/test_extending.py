from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from services.appeals.changing import NOTICE
from services.appeals.extending import extend_appeal, possible_extension, proposed_date
from services.refusal import Refusal
from tests.appeals_decisions.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    OPERATOR,
    reasons,
    row,
    told,
)

Registered = Callable[..., int]
LATER = FRIDAY + timedelta(days=3)
DUE = date(2026, 4, 2)
REASON = "Зертхананың қорытындысы күтілуде."


def test_what_is_offered(connection: Connection, registered: Registered) -> None:
    """5, 10 and 15 working days after the due date, and at most two months after it."""
    extension = possible_extension(connection, registered(), 1, OPERATOR, LATER)

    offered = (date(2026, 4, 9), date(2026, 4, 16), date(2026, 4, 23))
    assert (DUE, offered, date(2026, 6, 2)) == (
        extension.due_on,
        extension.offered,
        extension.last,
    )


def test_the_citizen_learns_date_and_reason(
    connection: Connection, registered: Registered
) -> None:
    """The new date, the one before and the reason are queued with the change itself."""
    appeal = registered()
    for _ in range(2):
        until = date(2026, 4, 9)
        assert 2 == extend_appeal(connection, appeal, 1, OPERATOR, until, REASON, LATER)

    now_is = row(connection, appeal)
    assert (date(2026, 4, 9), 1, "in_work") == (
        now_is["due_on"],
        now_is["extensions"],
        now_is["status"],
    )
    [(person, payload)] = told(connection, NOTICE)
    assert (CITIZEN, "2026-04-09", "2026-04-02", REASON) == (
        person,
        payload["due_on"],
        payload["before"],
        payload["reason"],
    )
    assert [REASON] == reasons(connection, appeal)


def test_a_day_off_means_the_next_working_day(
    connection: Connection, registered: Registered
) -> None:
    """Saturday 11 April becomes Monday 13 April."""
    appeal, saturday = registered(), date(2026, 4, 11)
    monday = date(2026, 4, 13)
    assert monday == proposed_date(connection, appeal, 1, OPERATOR, saturday, LATER)

    for _ in range(2):
        extend_appeal(connection, appeal, 1, OPERATOR, saturday, REASON, LATER)
    assert monday == row(connection, appeal)["due_on"]


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2026, 6, 3), REASON),
        (date.max, REASON),
        (DUE, REASON),
        (date(2026, 3, 1), REASON),
        (date(2026, 4, 9), " "),
        (date(2026, 4, 9), "7"),
        (date(2026, 4, 9), "ұ" * 1001),
    ],
)
def test_what_is_refused(
    connection: Connection, registered: Registered, until: date, reason: str
) -> None:
    """No date beyond two months, none that is not later, and none without a reason."""
    appeal = registered()
    with pytest.raises(Refusal):
        extend_appeal(connection, appeal, 1, OPERATOR, until, reason, LATER)
    assert (DUE, 1) == (row(connection, appeal)["due_on"], row(connection, appeal)["version"])


def test_the_second_needs_an_administrator(connection: Connection, registered: Registered) -> None:
    """An operator extends once; an administrator again, within the same two months."""
    appeal = registered()
    extend_appeal(connection, appeal, 1, OPERATOR, date(2026, 5, 12), REASON, LATER)

    with pytest.raises(Refusal):
        extend_appeal(connection, appeal, 2, OPERATOR, date(2026, 5, 20), REASON, LATER)
    with pytest.raises(Refusal):
        extend_appeal(connection, appeal, 2, ADMINISTRATOR, date(2026, 6, 3), REASON, LATER)
    last = date(2026, 6, 2)
    assert 3 == extend_appeal(connection, appeal, 2, ADMINISTRATOR, last, REASON, LATER)
    with pytest.raises(Refusal):
        possible_extension(connection, appeal, 3, ADMINISTRATOR, LATER)


def test_two_at_once_make_one(connection: Connection, registered: Registered) -> None:
    """Of two who extend the same version one does; the other reads who it was."""
    appeal = registered()
    extend_appeal(connection, appeal, 1, OPERATOR, date(2026, 4, 9), REASON, LATER)

    with pytest.raises(Refusal) as refused:
        extend_appeal(connection, appeal, 1, COLLEAGUE, date(2026, 4, 16), REASON, LATER)
    assert {"name": "Айгүл"} == refused.value.parameters
    assert 1 == len(told(connection, NOTICE))
