from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal, rate_appeal
from services.appeals.dossier import read_dossier
from services.appeals.draft import Draft
from services.appeals.model import AppealStatus
from services.appeals.reading import appeal_card
from services.appeals.registration import register_appeal
from services.refusal import Refusal
from storage.schema.appeals import appeal_days, appeal_events, open_appeals
from storage.schema.delivery import outbox
from storage.schema.organisation import section_assignments
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, NEIGHBOUR, OFFICIAL, OTHER_OFFICIAL

NOW = datetime(2026, 3, 6, 5, tzinfo=UTC)
LATER = datetime(2026, 3, 12, 5, tzinfo=UTC)
ANSWER = "Құбыр 20 наурызда жөнделеді."


@pytest.fixture
def appeal(connection: Connection) -> int:
    """Register an appeal about water."""
    draft = Draft("a1", topic="water-supply", region="19").with_text(5, "Су жоқ")
    return register_appeal(connection, draft, CITIZEN, NOW).id


def test_the_responsible_official_answers(connection: Connection, appeal: int) -> None:
    """The citizen gets the answer, and the appeal is no longer open."""
    answered = answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)
    card = appeal_card(connection, appeal, CITIZEN, date(2026, 3, 12))

    assert (AppealStatus.ANSWERED, ANSWER, 2) == (card.status, card.answer, card.version)
    assert (CITIZEN, 2) == (answered.person_id, answered.version)
    keys = connection.execute(sa.select(outbox.c.key).order_by(outbox.c.id)).scalars().all()
    assert [f"receipt:{appeal}", f"answer:{appeal}:2"] == keys


def test_counters_follow(connection: Connection, appeal: int) -> None:
    """An answer is counted on its own day and leaves the open appeals."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)

    days = sa.select(appeal_days.c.day, appeal_days.c.registered, appeal_days.c.answered)
    assert [(date(2026, 3, 6), 1, 0), (date(2026, 3, 12), 0, 1)] == connection.execute(
        days.order_by(appeal_days.c.day)
    ).all()
    assert [0] == connection.execute(sa.select(open_appeals.c.count)).scalars().all()


def test_the_same_answer_again_changes_nothing(connection: Connection, appeal: int) -> None:
    """A repeated update of the same official is not a second answer."""
    first = answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)

    assert first == answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)
    assert 2 == len(connection.execute(sa.select(appeal_events)).all())


def test_a_second_answer_is_refused(connection: Connection, appeal: int) -> None:
    """Two who press at once produce one answer and one polite refusal."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)

    with pytest.raises(Refusal, match="already been answered"):
        answer_appeal(connection, appeal, 1, ADMINISTRATOR, "Басқа жауап", LATER)


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
        read_dossier(connection, appeal, actor, LATER.date())
    with pytest.raises(Refusal):
        answer_appeal(connection, appeal, 1, actor, ANSWER, LATER)


def test_the_duty_passes_on(connection: Connection, appeal: int) -> None:
    """After a hand-over the successor answers; the predecessor still sees the case."""
    table = section_assignments
    connection.execute(
        sa.update(table).where(table.c.section == "water").values(until=date(2026, 3, 10))
    )
    connection.execute(
        sa.insert(table).values(section="water", official="synaq", since=date(2026, 3, 10))
    )

    assert appeal == read_dossier(connection, appeal, OFFICIAL, LATER.date()).card.id
    with pytest.raises(Refusal):
        answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)
    assert 2 == answer_appeal(connection, appeal, 1, OTHER_OFFICIAL, ANSWER, LATER).version


@pytest.mark.parametrize("text", ["", "👍", "я" * 3501])
def test_an_answer_needs_words(connection: Connection, appeal: int, text: str) -> None:
    """An answer without words, or too long for one message, is refused."""
    with pytest.raises(Refusal):
        answer_appeal(connection, appeal, 1, OFFICIAL, text, LATER)


def test_the_citizen_rates_the_answer(connection: Connection, appeal: int) -> None:
    """A rating and “solved” are kept side by side, and each can be changed."""
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)
    rate_appeal(connection, appeal, CITIZEN, LATER, rating=5)
    rate_appeal(connection, appeal, CITIZEN, LATER, solved=True)
    rated = rate_appeal(connection, appeal, CITIZEN, LATER, rating=3)

    assert (3, True) == (rated.rating, rated.solved)
    assert rated == rate_appeal(connection, appeal, CITIZEN, LATER, rating=3)
    assert 5 == len(connection.execute(sa.select(appeal_events)).all())


def test_only_own_answers_are_rated(connection: Connection, appeal: int) -> None:
    """Nobody rates for somebody else, or before there is an answer, or out of range."""
    with pytest.raises(Refusal, match="not been answered"):
        rate_appeal(connection, appeal, CITIZEN, LATER, rating=5)
    answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER)
    with pytest.raises(Refusal, match="no such appeal"):
        rate_appeal(connection, appeal, NEIGHBOUR, LATER, rating=5)
    with pytest.raises(Refusal, match="1 to 5"):
        rate_appeal(connection, appeal, CITIZEN, LATER, rating=6)
