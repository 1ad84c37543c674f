from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.changing import NOTICE
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.extending import extend_appeal
from services.appeals.merging import merge_appeal
from services.appeals.redirecting import redirect_appeal, redirect_until
from services.appeals.withdrawing import withdraw_appeal
from services.refusal import Refusal
from storage.appeal_merges import follow
from storage.schema.appeals import appeal_days, appeals, open_appeals
from tests.appeals_decisions.conftest import (
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    NEIGHBOUR,
    OPERATOR,
    reasons,
    row,
    told,
)

Registered = Callable[..., int]
LATER = FRIDAY + timedelta(hours=1)
BODY = "Қала әкімдігі"


def test_redirecting_says_where_and_what_next(
    connection: Connection, registered: Registered
) -> None:
    """The citizen reads the name of the body and the handler's advice, once."""
    appeal = registered()
    for _ in range(2):
        advice = "1414 нөміріне қоңырау шалыңыз."
        assert 2 == redirect_appeal(connection, appeal, 1, OPERATOR, BODY, advice, LATER)

    now_is = row(connection, appeal)
    assert ("redirected", LATER) == (now_is["status"], now_is["ended_at"])
    [(person, payload)] = told(connection, NOTICE)
    assert (CITIZEN, BODY, advice) == (person, payload["body"], payload["advice"])
    assert [f"{BODY}\n{advice}"] == reasons(connection, appeal)


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        # The 8th of March is a Sunday, so the 9th is a day off.
        (FRIDAY + timedelta(days=6), False),
        (FRIDAY + timedelta(days=7), True),
    ],
)
def test_three_working_days(
    connection: Connection, registered: Registered, moment: datetime, *, late: bool
) -> None:
    """Registered on Friday 6 March 2026, an appeal can be redirected until Thursday 12 March."""
    appeal = registered()
    assert date(2026, 3, 12) == redirect_until(connection, date(2026, 3, 6))

    if late:
        with pytest.raises(Refusal) as refused:
            redirect_appeal(connection, appeal, 1, OPERATOR, BODY, "", moment)
        assert {"date": "12.03.2026"} == refused.value.parameters
    else:
        assert 2 == redirect_appeal(connection, appeal, 1, OPERATOR, BODY, "", moment)


@pytest.mark.parametrize("body", ["", " 7 ", "ұ" * 201])
def test_a_body_has_a_name(connection: Connection, registered: Registered, body: str) -> None:
    """Nobody is sent to a body without a name."""
    with pytest.raises(Refusal):
        redirect_appeal(connection, registered(), 1, OPERATOR, body, "", LATER)


def test_declining_says_why(connection: Connection, registered: Registered) -> None:
    """The reason is told once, kept, and silence closes the appeal after seven days."""
    appeal = registered()
    for _ in range(2):
        reason = DeclineReason.REPEATED
        words = "26-000001-9 өтінішіне жауап берілген."
        assert 2 == decline_appeal(connection, appeal, 1, OPERATOR, reason, words, LATER)

    now_is = row(connection, appeal)
    assert ("declined", date(2026, 3, 13)) == (now_is["status"], now_is["closes_on"])
    [(person, payload)] = told(connection, NOTICE)
    assert (CITIZEN, "repeated", words) == (person, payload["reason"], payload["words"])
    assert 1 == connection.execute(sa.select(appeal_days.c.declined)).scalar_one()
    assert connection.execute(sa.select(open_appeals.c["count"])).scalar() is None


def test_another_reason_needs_words(connection: Connection, registered: Registered) -> None:
    """«Other» alone is no reason; the listed ones stand without words."""
    appeal = registered()
    with pytest.raises(Refusal):
        decline_appeal(connection, appeal, 1, OPERATOR, DeclineReason.OTHER, " ", LATER)
    assert 2 == decline_appeal(connection, appeal, 1, OPERATOR, DeclineReason.COURT, "", LATER)
    assert [] == reasons(connection, appeal)


def test_two_who_decide_at_once(connection: Connection, registered: Registered) -> None:
    """Declining and redirecting one version gives the first of both and a polite word."""
    appeal = registered()
    decline_appeal(connection, appeal, 1, OPERATOR, DeclineReason.COURT, "", LATER)

    with pytest.raises(Refusal) as refused:
        redirect_appeal(connection, appeal, 1, COLLEAGUE, BODY, "", LATER)
    assert {"name": "Айгүл"} == refused.value.parameters
    assert "declined" == row(connection, appeal)["status"]
    assert 1 == len(told(connection, NOTICE))


def test_withdrawing(connection: Connection, registered: Registered) -> None:
    """An own appeal is withdrawn once; those who joined are told as well."""
    appeal = registered()
    follow(connection, appeal, [NEIGHBOUR], FRIDAY)
    for _ in range(2):
        assert 2 == withdraw_appeal(connection, appeal, 1, CITIZEN, LATER)

    assert "withdrawn" == row(connection, appeal)["status"]
    assert [(CITIZEN, True), (NEIGHBOUR, False)] == [
        (person, payload["own"]) for person, payload in told(connection, NOTICE)
    ]


def test_withdrawing_what_cannot_be(connection: Connection, registered: Registered) -> None:
    """Nobody withdraws another's appeal, or one that ended; no name of the staff is told."""
    appeal = registered()
    with pytest.raises(Refusal):
        withdraw_appeal(connection, appeal, 1, NEIGHBOUR, LATER)
    decline_appeal(connection, appeal, 1, OPERATOR, DeclineReason.COURT, "", LATER)
    for version in (1, 2):
        with pytest.raises(Refusal) as refused:
            withdraw_appeal(connection, appeal, version, CITIZEN, LATER)
        assert {} == refused.value.parameters


def test_whose_answer_was_not_accepted_ends_nothing(
    connection: Connection, registered: Registered
) -> None:
    """They neither decline nor redirect nor extend nor join it; a colleague does."""
    appeal, other = registered(), registered()
    connection.execute(sa.update(appeals).values(barred=OPERATOR))
    until = row(connection, appeal)["due_on"] + timedelta(days=7)

    def decline(actor: int) -> int:
        return decline_appeal(connection, appeal, 1, actor, DeclineReason.COURT, "", LATER)

    for end in (
        lambda: decline(OPERATOR),
        lambda: redirect_appeal(connection, appeal, 1, OPERATOR, BODY, "", LATER),
        lambda: extend_appeal(connection, appeal, 1, OPERATOR, until, BODY, LATER),
        lambda: merge_appeal(connection, appeal, 1, OPERATOR, other, LATER),
    ):
        with pytest.raises(Refusal):
            end()
    assert 2 == decline(COLLEAGUE)
