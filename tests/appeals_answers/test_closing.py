"""What the clock does with answered appeals."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.closing import ask_about_promises, close_silent, remind_of_silence
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.verdict import confirm_appeal, dispute_appeal, keep_promise
from services.refusal import Refusal
from storage.schema.appeals import appeal_days
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, OFFICIAL
from tests.appeals_answers.conftest import (
    ANSWER,
    LATER,
    OPERATOR,
    answered,
    contents,
    register,
    row,
    told,
)

REMINDED = datetime(2026, 3, 17, 5, tzinfo=UTC)
CLOSED = datetime(2026, 3, 19, 5, tzinfo=UTC)
CHECKED = datetime(2026, 4, 9, 5, tzinfo=UTC)
STEPS = (remind_of_silence, close_silent, ask_about_promises)


def outcomes(connection: Connection, *appeals: int) -> list[tuple[str, str | None]]:
    """Return state and outcome of each appeal."""
    rows = [row(connection, appeal) for appeal in appeals]
    return [(each["status"], each["outcome"]) for each in rows]


def test_seven_days_close_each_in_its_way(connection: Connection) -> None:
    """What was confirmed, what nobody spoke of, and what was declined end apart."""
    silent, _ = answered(connection)
    good, decision = answered(connection)
    confirm_appeal(connection, good, decision, CITIZEN, LATER)
    declined = register(connection)
    decline_appeal(connection, declined, 1, OPERATOR, DeclineReason.REPEATED, "", LATER)
    waiting = register(connection)

    assert 0 == close_silent(connection, CLOSED - timedelta(days=1))
    assert 3 == close_silent(connection, CLOSED)

    assert [
        ("closed", "unconfirmed"),
        ("closed", "confirmed"),
        ("closed", "declined"),
        ("registered", None),
    ] == outcomes(connection, silent, good, declined, waiting)
    day = appeal_days.c.day == CLOSED.date()
    assert [1] == connection.scalars(sa.select(appeal_days.c.unconfirmed).where(day)).all()
    assert [("appeal_changed", "closed")] * 3 == told(connection, CITIZEN)[-3:]


def test_one_gentle_reminder(connection: Connection) -> None:
    """Two days before the end the citizen is asked once more, and only who has said nothing."""
    silent, _ = answered(connection)
    good, decision = answered(connection)
    confirm_appeal(connection, good, decision, CITIZEN, LATER)
    for moment in (REMINDED - timedelta(days=1), REMINDED, REMINDED, REMINDED + timedelta(days=1)):
        remind_of_silence(connection, moment)

    assert 1 == told(connection, CITIZEN).count(("silence_reminder", None))
    assert ("silence_reminder", None) not in told(connection, NEIGHBOUR)
    assert "answered" == row(connection, silent)["status"]


def test_batches_end(connection: Connection) -> None:
    """Each step does so many at a time and then the rest."""
    for _ in range(5):
        answered(connection)

    assert [2, 2, 1, 0] == [remind_of_silence(connection, REMINDED, 2) for _ in range(4)]
    assert [2, 2, 1, 0] == [close_silent(connection, CLOSED, 2) for _ in range(4)]


@pytest.mark.parametrize("hour", [0, 8, 21, 23])
def test_nothing_at_night(connection: Connection, hour: int) -> None:
    """Between 21:00 and 09:00 nobody is asked or told anything by the clock."""
    answered(connection, promised=date(2026, 3, 20))
    before = contents(connection)
    for day in (17, 19):
        night = datetime(2026, 3, day, hour, 59, tzinfo=UTC) - timedelta(hours=5)
        for step in STEPS:
            assert 0 == step(connection, night)
    assert before == contents(connection)


def test_a_promise_is_asked_about(connection: Connection) -> None:
    """28 days after the answer the citizen is asked; yes is kept and said to who joined."""
    appeal, decision = answered(connection, promised=date(2026, 3, 20))
    close_silent(connection, CLOSED)
    assert 0 == ask_about_promises(connection, CHECKED - timedelta(days=1))
    assert 1 == ask_about_promises(connection, CHECKED)
    assert 0 == ask_about_promises(connection, CHECKED)
    assert ("appeal_changed", "rechecked") == told(connection, CITIZEN)[-1]

    keep_promise(connection, appeal, decision, CITIZEN, CHECKED)
    before = contents(connection)
    keep_promise(connection, appeal, decision, CITIZEN, CHECKED)

    assert before == contents(connection)
    assert ("closed", True) == (
        row(connection, appeal)["status"],
        row(connection, appeal)["solved"],
    )
    with pytest.raises(Refusal, match="closed already"):
        dispute_appeal(connection, appeal, decision, CITIZEN, 7, "Жоқ екен", CHECKED)


def test_a_promise_that_was_not_kept(connection: Connection) -> None:
    """No opens the closed appeal again, one level higher."""
    appeal, decision = answered(connection, promised=date(2026, 3, 20))
    close_silent(connection, CLOSED)
    ask_about_promises(connection, CHECKED)
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, "Уәде орындалмады", CHECKED)

    found = row(connection, appeal)
    assert ("disputed", None, None, 1) == (
        found["status"],
        found["outcome"],
        found["ended_at"],
        found["level"],
    )


def test_a_dispute_ends_the_promise(connection: Connection) -> None:
    """A promise of a disputed answer is not asked about; that of the next one is."""
    appeal, decision = answered(connection, promised=date(2026, 3, 20))
    dispute_appeal(connection, appeal, decision, CITIZEN, 7, "Су жоқ", LATER)
    for step in STEPS:
        assert 0 == step(connection, CHECKED)
    version = row(connection, appeal)["version"]
    answer_appeal(connection, appeal, version, OPERATOR, ANSWER, CHECKED)
    assert (None, OFFICIAL) == (
        row(connection, appeal)["recheck_on"],
        row(connection, appeal)["barred"],
    )


def test_each_exactly_once(connection: Connection) -> None:
    """Every tick twice leaves the database as one tick does."""
    answered(connection, promised=date(2026, 3, 20))
    for moment in (REMINDED, CLOSED, CHECKED):
        for step in STEPS:
            step(connection, moment)
        before = contents(connection)
        for step in STEPS:
            step(connection, moment + timedelta(minutes=1))
        assert before == contents(connection)
