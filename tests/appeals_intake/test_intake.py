"""What an appeal may have besides topic, place and words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import PARTICULAR_LIMIT, Step
from services.appeals.model import AppealType
from services.appeals.registration import register_appeal
from services.appeals.search import parse_query, search_appeals
from services.people.duty import set_duty
from services.refusal import Refusal
from storage.appeal_entries import entries_of
from storage.schema.delivery import outbox
from storage.schema.people import people
from tests.appeals_intake.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    OPERATOR,
    draft,
    row,
    told,
)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (None, date(2026, 4, 2)),
        (AppealType.PROPOSAL, date(2026, 4, 2)),
        (AppealType.COMPLAINT, date(2026, 4, 9)),
        # 15 calendar days end on Saturday 21 March; Nauryz lasts until Wednesday.
        (AppealType.REQUEST, date(2026, 3, 26)),
    ],
)
def test_the_term_follows_the_type(
    connection: Connection, kind: AppealType | None, due: date
) -> None:
    """A complaint has 20 working days, a request 15 calendar days, all others 15 working days."""
    appeal = register_appeal(connection, draft("d", 5, "Су жоқ").with_type(kind), CITIZEN, FRIDAY)

    assert due == appeal.due_on
    receipt = connection.execute(sa.select(outbox.c.payload)).scalar_one()
    assert (kind and kind.value, due.isoformat()) == (receipt["type"], receipt["due_on"])


def test_phone_seal_and_details_are_kept(connection: Connection) -> None:
    """Only answers to questions that the topic asks now become particulars."""
    written = (
        draft("d", 5, "Су жоқ")
        .with_question("where")
        .with_particular(6, "Абай көшесі")
        .with_question("gone")
        .with_particular(7, "ескі")
        .with_phone("+77011234567")
        .with_seal(confidential=True)
    )
    appeal = row(connection, register_appeal(connection, written, CITIZEN, FRIDAY).id)

    assert {"where": "Абай көшесі"} == appeal.particulars
    assert ("+77011234567", True, False) == (
        appeal.contact_phone,
        appeal.confidential,
        appeal.urgent,
    )


def test_each_message_is_an_entry(connection: Connection) -> None:
    """A message is found again by its author and its id when it is edited later."""
    written = draft("d", 5, "Су жоқ").with_text(9, "Екі апта болды")
    appeal = register_appeal(connection, written, CITIZEN, FRIDAY)

    assert [(f"{CITIZEN}:5", "Су жоқ"), (f"{CITIZEN}:9", "Екі апта болды")] == [
        (entry["key"], entry["text"]) for entry in entries_of(connection, appeal.id)
    ]


def test_the_words_and_the_details_are_found(connection: Connection) -> None:
    """What is registered is found by its words at once, the answers to questions included."""
    written = draft("d", 5, "Су жоқ").with_question("where").with_particular(6, "Жамбыл көшесі")
    appeal = register_appeal(connection, written, CITIZEN, FRIDAY)

    assert [appeal.id] == search_appeals(connection, parse_query("жамбыл").words)


def test_urgent_words_reach_those_on_duty(connection: Connection) -> None:
    """They mark the appeal and are told at once to everybody on duty, and to nobody else."""
    set_duty(connection, COLLEAGUE, FRIDAY, on=True)
    written = draft("d", 5, "Көршінің үйі өртеніп жатыр")
    first = register_appeal(connection, written, CITIZEN, FRIDAY)
    register_appeal(connection, written, CITIZEN, FRIDAY)

    assert row(connection, first.id).urgent
    assert [COLLEAGUE] == told(connection, "urgent_appeal")
    notice = sa.select(outbox.c.not_before, outbox.c.payload).where(
        outbox.c.kind == "urgent_appeal"
    )
    not_before, payload = connection.execute(notice).one()
    assert ["fire"] == payload["stops"]
    assert not_before < FRIDAY


def test_urgent_words_pass_over_who_cannot_be_reached(connection: Connection) -> None:
    """Who is on duty and has blocked the bot reads nothing, so the whole desk is told."""
    set_duty(connection, COLLEAGUE, FRIDAY, on=True)
    connection.execute(
        sa.update(people).where(people.c.id == COLLEAGUE).values(unreachable_since=FRIDAY)
    )
    register_appeal(connection, draft("d", 5, "Үй өртеніп жатыр"), CITIZEN, FRIDAY)

    assert [ADMINISTRATOR, OPERATOR] == told(connection, "urgent_appeal")


def test_urgent_words_reach_the_whole_desk_when_nobody_is_on_duty(connection: Connection) -> None:
    """Then all operators and administrators are told."""
    register_appeal(connection, draft("d", 5, "Үй өртеніп жатыр"), CITIZEN, FRIDAY)

    assert [ADMINISTRATOR, OPERATOR, COLLEAGUE] == told(connection, "urgent_appeal")


def test_a_topic_or_an_ordinary_stop_message_alarms_nobody(connection: Connection) -> None:
    """The message is shown, but only urgent words make an appeal urgent."""
    appeal = register_appeal(connection, draft("d", 5, "Көршімен дау"), CITIZEN, FRIDAY)

    assert not row(connection, appeal.id).urgent
    assert [] == told(connection, "urgent_appeal")


def test_a_flood_is_held_back_but_never_a_first_appeal(connection: Connection) -> None:
    """The fourth appeal of an hour is refused politely; repetitions of the third are not."""
    for number in range(3):
        register_appeal(connection, draft(f"d{number}", 5, "Су жоқ"), CITIZEN, FRIDAY)
    soon = FRIDAY + timedelta(minutes=5)
    with pytest.raises(Refusal):
        register_appeal(connection, draft("d3", 5, "Су жоқ"), CITIZEN, soon)

    assert (
        "d2"
        == row(
            connection, register_appeal(connection, draft("d2", 5, "Су жоқ"), CITIZEN, soon).id
        ).draft_id
    )


def test_an_answer_is_never_taken_for_the_text() -> None:
    """A message that answered a question changes that answer only, however often it comes."""
    asked = draft("d", 5, "Су жоқ").with_question("where")
    once = asked.with_particular(6, "Абай")
    next_asked = once.with_question("since")
    again = next_asked.with_particular(6, "Абай көшесі")

    assert ("Абай көшесі", "since") == (again.particulars["where"].words, again.asking)
    assert (6,) == again.heard
    assert "Су жоқ" == again.text
    assert PARTICULAR_LIMIT == len(asked.with_particular(6, "а" * 999).particulars["where"].words)


def test_another_topic_forgets_the_details_of_the_first() -> None:
    """Questions belong to a topic; choosing the same one again keeps the answers."""
    answered = draft("d", 5, "Су жоқ").with_question("where").with_particular(6, "Абай")

    assert answered.particulars == answered.with_topic("water-supply").particulars
    assert {} == answered.with_topic("roads-supply").particulars


def test_similar_appeals_are_offered_until_the_citizen_decides() -> None:
    """Other words, another topic or place let them be looked for again."""
    offered = draft("d", 5, "Су жоқ").with_similar(found=True)

    assert Step.SIMILAR is offered.next_step
    assert Step.CHECK is offered.with_own_matter().next_step
    assert Step.CHECK is draft("d", 5, "Су жоқ").with_similar(found=False).next_step
    assert offered.with_text(6, "Екі апта").alike is None
    assert offered.with_own_matter().with_topic("roads-supply").own is False
    assert replace(offered, own=True) == offered.with_own_matter()


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("У нас во дворе нет воды уже три дня", "ru"),
        ("Ауылда су жоқ, үйде де", "kk"),
        ("Аула, двор", "kk"),
    ],
)
def test_the_language_is_that_of_the_words(
    connection: Connection, words: str, language: str
) -> None:
    """Who reads the bot in Kazakh may write in Russian, and is answered in Russian."""
    written = register_appeal(connection, draft("second", 9, words), CITIZEN, FRIDAY)

    assert language == row(connection, written.id).language
