"""What a citizen brings after the appeal was sent: words, files, a place, corrections."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.additions import (
    FILES_LIMIT,
    Addition,
    add_to_appeal,
    open_to_add,
    own_by_number,
    revise_message,
)
from services.appeals.answering import answer_appeal
from services.appeals.asking import ask_citizen, reply_to_question
from services.appeals.model import Attachment, AttachmentKind
from services.appeals.reading import appeal_card
from services.appeals.search import search_appeals
from services.appeals.verdict import dispute_appeal
from services.appeals.withdrawing import withdraw_appeal
from services.refusal import Refusal
from storage.appeal_entries import entries_of, revisions_of
from storage.schema.appeals import appeals, attachments
from tests.appeals_intake.conftest import CITIZEN, FRIDAY, NEIGHBOUR, OPERATOR, row, told

PHOTO = Attachment(AttachmentKind.PHOTO, "file", "unique", size=9)
LATER = FRIDAY + timedelta(minutes=90)


def test_words_files_and_a_place_are_added_once(connection: Connection, appeal_id: int) -> None:
    """The same message again changes nothing; the card shows what was added."""
    addition = Addition(20, "Көршіде де жоқ", PHOTO, (43.3, 77.2))
    for _ in range(2):
        add_to_appeal(connection, appeal_id, CITIZEN, addition, LATER)

    card = appeal_card(connection, appeal_id, CITIZEN, LATER.date())
    assert ("Көршіде де жоқ\n📍 43.30000, 77.20000",) == card.additions
    assert (43.3, 77.2, (PHOTO,)) == (card.latitude, card.longitude, card.attachments)
    assert [appeal_id] == search_appeals(connection, ["көршіде"])


def test_only_the_citizen_adds_and_only_to_an_open_appeal(
    connection: Connection, appeal_id: int
) -> None:
    """Anybody else's appeal and one that is over are refused."""
    number = row(connection, appeal_id).number
    with pytest.raises(Refusal):
        add_to_appeal(connection, appeal_id, NEIGHBOUR, Addition(20, "Бұл да бар"), LATER)
    assert own_by_number(connection, number, NEIGHBOUR) is None
    assert open_to_add(connection, appeal_id, CITIZEN) == own_by_number(
        connection, number, CITIZEN
    )
    withdraw_appeal(connection, appeal_id, 1, CITIZEN, LATER)
    with pytest.raises(Refusal):
        add_to_appeal(connection, appeal_id, CITIZEN, Addition(20, "Бұл да бар"), LATER)


def test_what_was_added_before_the_end(connection: Connection, appeal_id: int) -> None:
    """The same message again is no refusal, though nothing can be added any more."""
    words, photo = Addition(20, "Бұл да бар"), Addition(21, file=PHOTO)
    first = [add_to_appeal(connection, appeal_id, CITIZEN, each, LATER) for each in (words, photo)]
    withdraw_appeal(connection, appeal_id, 1, CITIZEN, LATER)

    assert first == [
        add_to_appeal(connection, appeal_id, CITIZEN, each, LATER) for each in (words, photo)
    ]


def test_files_have_a_limit(connection: Connection, appeal_id: int) -> None:
    """One file too many is refused; one that is there already is not."""
    for number in range(FILES_LIMIT):
        add_to_appeal(connection, appeal_id, CITIZEN, Addition(100 + number, file=PHOTO), LATER)
    add_to_appeal(connection, appeal_id, CITIZEN, Addition(100, file=PHOTO), LATER)
    with pytest.raises(Refusal), connection.begin_nested():
        add_to_appeal(connection, appeal_id, CITIZEN, Addition(999, file=PHOTO), LATER)

    assert FILES_LIMIT == connection.scalar(sa.select(sa.func.count()).select_from(attachments))


def test_whoever_works_on_it_is_told_once_an_hour(connection: Connection, appeal_id: int) -> None:
    """An album of ten photos does not ring ten times."""
    connection.execute(sa.update(appeals).values(assignee=OPERATOR))
    for number in (20, 21, 22):
        add_to_appeal(connection, appeal_id, CITIZEN, Addition(number, "Тағы"), LATER)

    assert [OPERATOR] == told(connection, "appeal_added")


def test_urgent_words_added_later_alarm_too(connection: Connection, appeal_id: int) -> None:
    """Whether added or written into a message by a correction."""
    add_to_appeal(connection, appeal_id, CITIZEN, Addition(20, "Үй өртеніп жатыр"), LATER)

    assert row(connection, appeal_id).urgent
    assert 3 == len(told(connection, "urgent_appeal"))


def test_urgent_words_in_a_reply_alarm_too(connection: Connection, appeal_id: int) -> None:
    """A reply to a question is heard like an addition, and found by its words."""
    ask_citizen(connection, appeal_id, 1, OPERATOR, "Қай көшеде?", LATER)
    for _ in range(2):
        reply_to_question(connection, appeal_id, 2, CITIZEN, 20, "Үй өртеніп жатыр", LATER)

    assert row(connection, appeal_id).urgent
    assert 3 == len(told(connection, "urgent_appeal"))
    assert [appeal_id] == search_appeals(connection, ["өртеніп"])


def test_urgent_words_of_a_dispute_alarm_too(connection: Connection, appeal_id: int) -> None:
    """Who says that nothing is solved may say what cannot wait."""
    answer = (appeal_id, 1, OPERATOR, "Құбыр тексерілді, 20 наурызда ауыстырылады.", LATER)
    decision = answer_appeal(connection, *answer).version
    for _ in range(2):
        said = (decision, CITIZEN, 20, "Үй өртеніп жатыр", LATER)
        dispute_appeal(connection, appeal_id, *said)

    assert row(connection, appeal_id).urgent
    assert 3 == len(told(connection, "urgent_appeal"))


def test_words_written_later_under_a_file_are_added(
    connection: Connection, appeal_id: int
) -> None:
    """A photo that was sent without words gets them by a correction, and further ones too."""
    number = row(connection, appeal_id).number
    add_to_appeal(connection, appeal_id, CITIZEN, Addition(20, file=PHOTO), LATER)
    said = [
        revise_message(connection, person, 20, words, LATER)
        for person, words in (
            (NEIGHBOUR, "Менікі"),
            (CITIZEN, "Біздің көше"),
            (CITIZEN, "Біздің көше"),
            (CITIZEN, "Абай көшесі"),
        )
    ]

    assert [(), (number,), (), (number,)] == said
    card = appeal_card(connection, appeal_id, CITIZEN, LATER.date())
    assert ("Абай көшесі",) == card.additions
    assert ["Біздің көше"] == [each["text"] for each in revisions_of(connection, appeal_id)]


def test_a_correction_keeps_the_wording_before(connection: Connection, appeal_id: int) -> None:
    """The newest wording counts; each earlier one stays, and the same words change nothing."""
    number = row(connection, appeal_id).number
    said = [
        revise_message(connection, CITIZEN, 5, words, LATER)
        for words in ("Ауылда екі апта су жоқ", "Ауылда екі апта су жоқ", "Ауылда су келді")
    ]

    assert [(number,), (), (number,)] == said
    assert "Ауылда су келді" == row(connection, appeal_id).text
    assert [("Ауылда су жоқ", 1), ("Ауылда екі апта су жоқ", 2)] == [
        (revision["text"], revision["number"]) for revision in revisions_of(connection, appeal_id)
    ]
    assert ["Ауылда су келді"] == [e["text"] for e in entries_of(connection, appeal_id)]


def test_a_message_of_nobody_or_of_somebody_else_corrects_nothing(
    connection: Connection, appeal_id: int
) -> None:
    """Messages are numbered in each chat anew, so the author counts."""
    assert () == revise_message(connection, NEIGHBOUR, 5, "Басқа сөз", LATER)
    assert () == revise_message(connection, CITIZEN, 6, "Басқа сөз", LATER)
    assert () == revise_message(connection, CITIZEN, 5, "  ", LATER)
    assert [] == list(revisions_of(connection, appeal_id))
