"""Answers: by whom, how they look before they are sent, what is kept of them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.answer_gate import Doubt
from services.appeals.answering import answer_appeal, answer_sheet, review_answer
from services.appeals.model import AppealStatus
from services.appeals.reading import appeal_card
from services.language import Language
from services.refusal import Refusal
from storage.schema.appeals import appeal_days, appeal_events, open_appeals
from storage.schema.organisation import section_assignments
from tests.appeals.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    NEIGHBOUR,
    OFFICIAL,
    OTHER_OFFICIAL,
)
from tests.appeals_answers.conftest import (
    ANSWER,
    LATER,
    OPERATOR,
    TEMPLATE_KK,
    contents,
    entries,
    register,
    row,
    told,
)

EMPTY = "Өтінішіңіз қаралды."
REASON = "Азаматпен телефонда сөйлестік."


@pytest.mark.parametrize("actor", [OFFICIAL, OPERATOR, ADMINISTRATOR])
def test_whoever_handles_it_answers(connection: Connection, appeal: int, actor: int) -> None:
    """The citizen and who joined get the answer, and the appeal is no longer open."""
    answered = answer_appeal(connection, appeal, 1, actor, ANSWER, LATER)
    card = appeal_card(connection, appeal, CITIZEN, date(2026, 3, 12))

    assert (AppealStatus.ANSWERED, ANSWER, 2) == (card.status, card.answer, card.version)
    assert (CITIZEN, 2, 2) == (answered.person_id, answered.version, card.decision)
    assert ("appeal_changed", "answered") == told(connection, CITIZEN)[-1]
    assert [("appeal_changed", "answered")] == told(connection, NEIGHBOUR)


def test_counters_follow(connection: Connection, appeal: int) -> None:
    """An answer is counted on its own day and leaves the open appeals."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)

    days = sa.select(appeal_days.c.day, appeal_days.c.registered, appeal_days.c.answered)
    assert [(date(2026, 3, 6), 1, 0), (date(2026, 3, 12), 0, 1)] == connection.execute(
        days.order_by(appeal_days.c.day)
    ).all()
    assert [] == connection.execute(sa.select(open_appeals.c.count)).scalars().all()


def test_the_same_answer_again_changes_nothing(connection: Connection, appeal: int) -> None:
    """A repeated update of the same official is not a second answer."""
    first = answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)
    before = contents(connection)

    again = answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER + timedelta(hours=1))
    assert first == again
    assert before == contents(connection)


def test_a_second_answer_is_refused(connection: Connection, appeal: int) -> None:
    """Two who press at once produce one answer and one polite refusal."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)

    with pytest.raises(Refusal, match="already been answered"):
        answer_appeal(connection, appeal, 1, ADMINISTRATOR, ANSWER, LATER)


def test_a_stale_version_is_refused(connection: Connection, appeal: int) -> None:
    """Who saw another version must look again."""
    with pytest.raises(Refusal, match="changed meanwhile"):
        answer_appeal(connection, appeal, 7, OFFICIAL, ANSWER, LATER)


@pytest.mark.parametrize("actor", [CITIZEN, NEIGHBOUR, OTHER_OFFICIAL])
def test_others_may_neither_read_nor_answer(
    connection: Connection, appeal: int, actor: int
) -> None:
    """Only who handles the case sees it; the use case checks, for buttons can be forged."""
    with pytest.raises(Refusal):
        answer_sheet(connection, appeal, actor, LATER)
    with pytest.raises(Refusal):
        review_answer(connection, appeal, actor, ANSWER, LATER)
    with pytest.raises(Refusal):
        answer_appeal(connection, appeal, 1, actor, ANSWER, LATER)


def test_the_duty_passes_on(connection: Connection) -> None:
    """After a hand-over of the section the successor answers too."""
    table = section_assignments
    appeal = register(connection)
    connection.execute(
        sa.update(table).where(table.c.section == "water").values(until=date(2026, 3, 10))
    )
    connection.execute(
        sa.insert(table).values(section="water", official="synaq", since=date(2026, 3, 10))
    )

    assert 2 == answer_appeal(connection, appeal, 1, OTHER_OFFICIAL, ANSWER, LATER).version


@pytest.mark.parametrize("text", ["", "👍", "я" * 3501])
def test_an_answer_needs_words(connection: Connection, appeal: int, text: str) -> None:
    """An answer without words, or too long for one message, is refused."""
    with pytest.raises(Refusal):
        answer_appeal(connection, appeal, 1, OFFICIAL, text, LATER, reason=REASON)


def test_a_doubtful_answer_needs_a_reason(connection: Connection, appeal: int) -> None:
    """Without a reason it is not sent; with one it is, and both are kept."""
    review = review_answer(connection, appeal, OFFICIAL, EMPTY, LATER)
    assert (Doubt.NO_FACT, Doubt.NO_DATE, Doubt.NO_NEXT_STEP) == review.doubts
    for reason in ("", "!!"):
        with pytest.raises(Refusal, match="look at the answer again"):
            answer_appeal(connection, appeal, 1, OFFICIAL, EMPTY, LATER, reason=reason)

    answer_appeal(connection, appeal, 1, OFFICIAL, EMPTY, LATER, reason=REASON)

    assert [("answer", EMPTY), ("reason", REASON)] == entries(connection, appeal)
    details = connection.scalar(
        sa.select(appeal_events.c.details).where(appeal_events.c.kind == "answered")
    )
    assert ["no_fact", "no_date", "no_next_step"] == details["doubts"]
    assert REASON not in str(details)


def test_a_good_answer_needs_none(connection: Connection, appeal: int) -> None:
    """Where nothing is doubtful, a reason is not kept."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER, reason=REASON)

    assert [("answer", ANSWER)] == entries(connection, appeal)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_the_gate_never_blocks_with_a_reason(connection: Connection, text: str) -> None:
    """Any words that are words at all can be sent with a reason."""
    appeal = register(connection)
    text = f"{text} сөз"
    sent = answer_appeal(connection, appeal, 1, OFFICIAL, text, LATER, reason=REASON)
    assert 2 == sent.version


def test_templates_are_recognised(connection: Connection, appeal: int) -> None:
    """The templates of the organisation are known to the gate."""
    bare = TEMPLATE_KK.replace("«…»", "")
    review = review_answer(connection, appeal, OFFICIAL, bare, LATER)
    assert Doubt.TEMPLATE in review.doubts


def test_the_language_of_the_appeal(connection: Connection) -> None:
    """Words in the other language are noticed; the answer may be sent."""
    appeal = register(connection, Language.RUSSIAN)
    assert review_answer(connection, appeal, OFFICIAL, ANSWER, LATER).other_language
    assert 2 == answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER).version


@pytest.mark.parametrize(
    ("promised", "checked"),
    [
        (None, None),
        (date(2026, 3, 20), date(2026, 4, 9)),
        (date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_a_promise_is_checked_later(
    connection: Connection, appeal: int, promised: date | None, checked: date | None
) -> None:
    """28 days after the answer, or on the promised day where that is later."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER, promised=promised)

    found = row(connection, appeal)
    assert (checked, date(2026, 3, 19)) == (found["recheck_on"], found["closes_on"])


@pytest.mark.parametrize("promised", [date(2026, 3, 11), date(2030, 1, 1)])
def test_a_promise_for_no_such_day(connection: Connection, appeal: int, promised: date) -> None:
    """A day that is past, or years away, is refused."""
    with pytest.raises(Refusal, match="promise"):
        answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER, promised=promised)
