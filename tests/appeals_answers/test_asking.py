"""Questions to the citizen, their replies, and notes of the staff."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.asking import ask_citizen, note_appeal, number_to_note, reply_to_question
from services.people.sessions import keep_hours
from services.refusal import Refusal
from storage.schema.appeals import appeals
from storage.schema.delivery import outbox
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, OFFICIAL, OTHER_OFFICIAL
from tests.appeals_answers.conftest import LATER, OPERATOR, contents, entries, row, told

QUESTION, REPLY = "Қай көшеде?", "Абай көшесі, 5-үй."


def test_a_question_and_its_reply(connection: Connection, appeal: int) -> None:
    """Who asks works on the appeal from then on and gets the reply."""
    version = ask_citizen(connection, appeal, 1, OPERATOR, QUESTION, LATER)
    found = row(connection, appeal)
    assert (2, "in_work", OPERATOR) == (version, found["status"], found["assignee"])
    assert ("appeal_changed", "asked") == told(connection, CITIZEN)[-1]

    reply_to_question(connection, appeal, version, CITIZEN, 9, REPLY, LATER)

    assert [("question", QUESTION), ("reply", REPLY)] == entries(connection, appeal)
    assert [("appeal_replied", None)] == told(connection, OPERATOR)


def test_no_words_for_an_ended_session(connection: Connection, appeal: int) -> None:
    """Who has to type their PIN first is told that there is a reply, not what it says."""
    version = ask_citizen(connection, appeal, 1, OPERATOR, QUESTION, LATER)
    keep_hours(connection, 12, LATER)
    reply_to_question(connection, appeal, version, CITIZEN, 9, REPLY, LATER)
    payload = connection.execute(
        sa.select(outbox.c.payload).where(outbox.c.kind == "appeal_replied")
    ).scalar_one()
    assert "text" not in payload
    assert ("reply", REPLY) in entries(connection, appeal)


def test_everything_twice(connection: Connection, appeal: int) -> None:
    """A question, a reply and a note that come twice are there once."""
    for say in (
        lambda now: ask_citizen(connection, appeal, 1, OPERATOR, QUESTION, now),
        lambda now: reply_to_question(connection, appeal, 2, CITIZEN, 9, REPLY, now),
        lambda now: note_appeal(connection, appeal, OPERATOR, 3, "Әкімдікке қоңырау", now),
    ):
        say(LATER)
        before = contents(connection)
        say(LATER + timedelta(minutes=1))
        assert before == contents(connection)


def test_notes_are_for_the_staff(connection: Connection, appeal: int) -> None:
    """A note is kept, and nobody is told."""
    before = told(connection, CITIZEN)
    note_appeal(connection, appeal, OFFICIAL, 3, "Әкімдікке қоңырау шалдым", LATER)

    assert [("note", "Әкімдікке қоңырау шалдым")] == entries(connection, appeal)
    assert before == told(connection, CITIZEN)


def test_whose_answer_was_not_accepted_leaves_a_note(connection: Connection, appeal: int) -> None:
    """They know the matter: they ask the citizen nothing more, and tell their colleagues."""
    connection.execute(sa.update(appeals).values(barred=OPERATOR))
    with pytest.raises(Refusal):
        ask_citizen(connection, appeal, 1, OPERATOR, QUESTION, LATER)

    assert row(connection, appeal)["number"] == number_to_note(connection, appeal, OPERATOR, LATER)
    note_appeal(connection, appeal, OPERATOR, 3, QUESTION, LATER)
    assert [("note", QUESTION)] == entries(connection, appeal)


def test_rights(connection: Connection, appeal: int) -> None:
    """Only who handles the appeal asks and notes; only its citizen replies, and with words."""
    for actor in (CITIZEN, OTHER_OFFICIAL):
        with pytest.raises(Refusal):
            ask_citizen(connection, appeal, 1, actor, QUESTION, LATER)
        with pytest.raises(Refusal):
            note_appeal(connection, appeal, actor, 3, QUESTION, LATER)
    version = ask_citizen(connection, appeal, 1, OPERATOR, QUESTION, LATER)
    with pytest.raises(Refusal):
        reply_to_question(connection, appeal, version, NEIGHBOUR, 9, REPLY, LATER)
    with pytest.raises(Refusal):
        reply_to_question(connection, appeal, version, CITIZEN, 9, "👍", LATER)
    with pytest.raises(Refusal):
        reply_to_question(connection, appeal, 1, CITIZEN, 9, REPLY, LATER)
