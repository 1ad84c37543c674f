"""What the citizen says of an answer, and what follows from it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.closing import close_silent
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.model import AppealStatus, Outcome
from services.appeals.verdict import (
    confirm_appeal,
    disputable,
    dispute_appeal,
    rate_appeal,
)
from services.refusal import Refusal
from storage.schema.appeals import appeal_days, open_appeals
from storage.schema.delivery import outbox
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, OFFICIAL
from tests.appeals_answers.conftest import (
    ANSWER,
    HEAD,
    LATER,
    OPERATOR,
    OTHER_OPERATOR,
    answered,
    contents,
    entries,
    register,
    row,
    told,
)

COMMENT = "Су әлі жоқ."
SOON = LATER + timedelta(hours=3)


def test_solved_and_how_good(connection: Connection) -> None:
    """A confirmation and a mark are kept side by side; who joined hears of the first."""
    appeal, decision = answered(connection)
    confirm_appeal(connection, appeal, decision, CITIZEN, SOON)
    said = rate_appeal(connection, appeal, decision, CITIZEN, 3, SOON)
    said = rate_appeal(connection, appeal, decision, CITIZEN, 5, SOON)

    assert (AppealStatus.CONFIRMED, 5, True) == (said.status, said.rating, said.solved)
    assert ("appeal_changed", "confirmed") == told(connection, NEIGHBOUR)[-1]
    assert ("appeal_changed", "answered") == told(connection, CITIZEN)[-1]
    assert [0, 1] == connection.scalars(
        sa.select(appeal_days.c.confirmed).order_by(appeal_days.c.day)
    ).all()


def test_only_the_citizen_judges(connection: Connection) -> None:
    """Nobody else does, those who joined included, nor before there is an answer."""
    waiting = register(connection)
    appeal, decision = answered(connection)
    for person in (NEIGHBOUR, OFFICIAL):
        with pytest.raises(Refusal, match="no such appeal"):
            confirm_appeal(connection, appeal, decision, person, SOON)
        with pytest.raises(Refusal, match="no such appeal"):
            rate_appeal(connection, appeal, decision, person, 5, SOON)
        with pytest.raises(Refusal, match="no such appeal"):
            dispute_appeal(connection, appeal, decision, person, 7, COMMENT, SOON)
    with pytest.raises(Refusal, match="not been answered"):
        confirm_appeal(connection, waiting, 1, CITIZEN, SOON)
    with pytest.raises(Refusal, match="1 to 5"):
        rate_appeal(connection, appeal, decision, CITIZEN, 6, SOON)


def test_not_solved_goes_one_level_higher(connection: Connection) -> None:
    """The office above and its head get it, never who answered; it is open again with a term."""
    appeal, decision = answered(connection)
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, f" {COMMENT} ", SOON)

    found = row(connection, appeal)
    assert ("disputed", 1, "central", "head", OFFICIAL, None) == (
        found["status"],
        found["level"],
        found["office"],
        found["official"],
        found["barred"],
        found["assignee"],
    )
    assert (date(2026, 3, 19), None) == (found["due_on"], found["closes_on"])
    assert [("answer", ANSWER), ("dispute", COMMENT)] == entries(connection, appeal)
    assert ("appeal_changed", "disputed") == told(connection, CITIZEN)[-1]
    assert ("appeal_changed", "disputed") == told(connection, NEIGHBOUR)[-1]
    for person in (HEAD, OPERATOR, OTHER_OPERATOR):
        assert [("appeal_returned", None)] == told(connection, person)
    assert [] == told(connection, OFFICIAL)
    still = connection.execute(sa.select(open_appeals.c.due_on, open_appeals.c.count)).all()
    assert (date(2026, 3, 19), 1) in still


def test_never_to_the_same_person(connection: Connection) -> None:
    """Who answered before does not answer again; where nobody is left, the operators find one."""
    appeal, decision = answered(connection)
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, COMMENT, SOON)
    version = row(connection, appeal)["version"]
    with pytest.raises(Refusal, match="somebody else answers"):
        answer_appeal(connection, appeal, version, OFFICIAL, ANSWER, SOON)
    second = answer_appeal(connection, appeal, version, HEAD, f"{ANSWER} Енді", SOON)
    dispute_appeal(connection, appeal, second.version, CITIZEN, 8, COMMENT, SOON)

    found = row(connection, appeal)
    assert (2, "central", None, HEAD) == (
        found["level"],
        found["office"],
        found["official"],
        found["barred"],
    )
    kinds = [kind for kind, _ in entries(connection, appeal)]
    assert ["answer", "dispute", "answer", "dispute"] == kinds


def test_an_operators_answer_is_disputed(connection: Connection) -> None:
    """The operator who answered is not told; the others are."""
    appeal = register(connection)
    sent = answer_appeal(connection, appeal, 1, OPERATOR, ANSWER, LATER)
    dispute_appeal(connection, appeal, sent.version, CITIZEN, 7, COMMENT, SOON)

    assert [] == told(connection, OPERATOR)
    assert [("appeal_returned", None)] == told(connection, OTHER_OPERATOR)


@pytest.mark.parametrize("comment", ["", "👎👎", "я" * 1001])
def test_a_dispute_needs_a_comment(connection: Connection, comment: str) -> None:
    """Without words that say what is wrong nothing is opened again."""
    appeal, decision = answered(connection)
    with pytest.raises(Refusal):
        dispute_appeal(connection, appeal, decision, CITIZEN, 7, comment, SOON)
    assert "answered" == row(connection, appeal)["status"]


def test_thinking_better_of_it(connection: Connection) -> None:
    """A confirmed appeal can be disputed until it is closed."""
    appeal, decision = answered(connection)
    confirm_appeal(connection, appeal, decision, CITIZEN, SOON)
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, COMMENT, SOON)

    assert ("disputed", False) == (
        row(connection, appeal)["status"],
        row(connection, appeal)["solved"],
    )


def test_the_next_answer_begins_anew(connection: Connection) -> None:
    """Buttons under an older answer say nothing about a newer one, and its mark is its own."""
    appeal, decision = answered(connection)
    confirm_appeal(connection, appeal, decision, CITIZEN, SOON)
    rate_appeal(connection, appeal, decision, CITIZEN, 2, SOON)
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, COMMENT, SOON)
    with pytest.raises(Refusal, match="looked at again"):
        confirm_appeal(connection, appeal, decision, CITIZEN, SOON)
    with pytest.raises(Refusal, match="looked at again"):
        disputable(connection, appeal, decision, CITIZEN)
    version = row(connection, appeal)["version"]
    answer_appeal(connection, appeal, version, HEAD, f"{ANSWER} Енді", SOON)

    assert (None, None) == (row(connection, appeal)["rating"], row(connection, appeal)["solved"])
    with pytest.raises(Refusal, match="newer answer"):
        confirm_appeal(connection, appeal, decision, CITIZEN, SOON)


@pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.UNCONFIRMED])
def test_what_is_closed_stays_closed(connection: Connection, outcome: Outcome) -> None:
    """A closed appeal can be rated, but it is not opened again."""
    appeal, decision = answered(connection)
    if outcome is Outcome.CONFIRMED:
        confirm_appeal(connection, appeal, decision, CITIZEN, SOON)
    after = LATER + timedelta(days=7)
    close_silent(connection, after)

    assert outcome == row(connection, appeal)["outcome"]
    with pytest.raises(Refusal, match="closed already"):
        dispute_appeal(connection, appeal, decision, CITIZEN, 7, COMMENT, after)
    assert 4 == rate_appeal(connection, appeal, decision, CITIZEN, 4, after).rating


def test_a_refusal_to_deal_with_it_is_disputed(connection: Connection) -> None:
    """Who declined does not decide again; the office above does."""
    appeal = register(connection)
    version = decline_appeal(connection, appeal, 1, OPERATOR, DeclineReason.REPEATED, "", LATER)
    with pytest.raises(Refusal, match="closed already"):
        confirm_appeal(connection, appeal, version, CITIZEN, SOON)
    dispute_appeal(connection, appeal, version, CITIZEN, 7, COMMENT, SOON)

    found = row(connection, appeal)
    assert ("disputed", "head", OPERATOR, None) == (
        found["status"],
        found["official"],
        found["barred"],
        found["ended_at"],
    )


def test_every_word_twice(connection: Connection) -> None:
    """A repeated press changes nothing."""
    appeal, decision = answered(connection)
    for say in (
        lambda now: confirm_appeal(connection, appeal, decision, CITIZEN, now),
        lambda now: rate_appeal(connection, appeal, decision, CITIZEN, 4, now),
        lambda now: dispute_appeal(connection, appeal, decision, CITIZEN, 7, COMMENT, now),
    ):
        say(SOON)
        before = contents(connection)
        say(SOON + timedelta(minutes=1))
        assert before == contents(connection)


def test_a_comment_is_told_to_nobody_by_the_way(connection: Connection) -> None:
    """The words of a dispute stand in the entries only, not in messages to others."""
    appeal, decision = answered(connection)
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, COMMENT, SOON)

    payloads = connection.scalars(sa.select(outbox.c.payload)).all()
    assert not [payload for payload in payloads if COMMENT in str(payload)]
