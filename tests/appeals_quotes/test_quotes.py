"""Quotes: proposed without personal data, released by a moderator, gone with the appeal."""

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.quoting import (
    LONGEST,
    approve_quote,
    checked_quote,
    proposal_of,
    propose_quote,
    take_back_quote,
)
from services.appeals.withdrawing import withdraw_appeal
from services.polls.masking import MASK, personal
from services.refusal import Refusal
from services.roadmap.scope import Area
from storage.database import Database
from storage.quotes import find_quote, newest, voices
from storage.schema.appeals import appeals
from tests.appeals_time.conftest import (
    CITIZEN,
    DUE,
    FRIDAY,
    OPERATOR,
    WATER,
    at,
    register,
    settle,
)

DAY = date(2026, 3, 6)
LATER = date(2026, 12, 31)
EVERYWHERE = (Area(),)
WORDS = "Ауылда су жоқ, қар ерітіп ішеміз."
QUOTE = {"text": WORDS, "language": "kk", "topic": "water-supply", "region": "61"}


def released(connection: Connection) -> int:
    """Release a quote and return its appeal."""
    appeal = register(connection)
    approve_quote(connection, appeal, OPERATOR, WORDS, FRIDAY)
    return appeal


def test_a_short_text_is_proposed_whole() -> None:
    """Nothing is cut where nothing is too much."""
    assert "Су жоқ. Құбыр жарылған." == proposal_of("Су жоқ.\n\nҚұбыр  жарылған.")


def test_sentences_with_personal_data_are_left_out() -> None:
    """And it shows that something is left out."""
    text = "Меня зовут Айгүл. Воды нет. Мой номер 8 701 123 45 67. Ездим за водой далеко!"
    assert "Воды нет. … Ездим за водой далеко!" == proposal_of(text)


def test_where_all_is_personal_it_is_covered() -> None:
    """A moderator sees what is left of it."""
    assert MASK in proposal_of("Меня зовут Айгүл и воды нет")


def test_a_long_text_is_cut_at_a_sentence() -> None:
    """The sentences that fit; where none does, whole words."""
    long = "Су келмейді, " * 20 + "көмектесіңіз."
    assert long.strip() == proposal_of(f"{long} Тағы бір сөйлем осында тұр, ол сыймайды бұған.")
    cut = proposal_of("су келмейді " * 60)
    assert cut.endswith(("су…", "келмейді…"))
    assert len(cut) <= LONGEST


@settings(max_examples=60)
@given(st.text(alphabet="абвГД .!?…»)\n87", max_size=700))
def test_a_proposal_is_never_too_long_nor_personal(text: str) -> None:
    """Whatever was written."""
    proposed = proposal_of(text)
    assert len(proposed) <= LONGEST
    assert not personal(proposed)


def test_a_released_quote_is_read_by_place_and_day(connection: Connection) -> None:
    """The newest for a digest, the voices for a review; nothing of other places and days."""
    released(connection)

    assert QUOTE == dict(newest(connection, EVERYWHERE, DAY, DAY) or {})
    assert [QUOTE] == [
        dict(each) for each in voices(connection, (Area(("water",), "61"),), DAY, DAY, 5)
    ]
    for areas in ((Area(("roads",)),), (Area(None, "10"),), ()):
        assert newest(connection, areas, DAY, DAY) is None
        assert [] == voices(connection, areas, DAY, DAY, 5)
    assert newest(connection, EVERYWHERE, date(2026, 3, 7), LATER) is None


def test_every_section_has_its_say(connection: Connection) -> None:
    """The newest words of each section come before the second ones of any."""
    for number in range(3):
        appeal = register(connection, f"d{number}")
        approve_quote(connection, appeal, OPERATOR, f"{WORDS} {number}", FRIDAY)
    topic = connection.execute(
        sa.text("SELECT code FROM topics WHERE section = 'roads' LIMIT 1")
    ).scalar_one()
    connection.execute(
        sa.text("UPDATE quotes SET section = 'roads', topic = :topic WHERE appeal_id = 1"),
        {"topic": topic},
    )

    said = voices(connection, EVERYWHERE, DAY, DAY, 3)
    assert [f"{WORDS} 2", f"{WORDS} 0", f"{WORDS} 1"] == [each["text"] for each in said]


def test_the_same_again_changes_nothing_and_other_words_replace(connection: Connection) -> None:
    """A tap delivered twice is no second release."""
    appeal = released(connection)
    approve_quote(connection, appeal, OPERATOR, f" {WORDS}\n", at(DUE))
    kept = find_quote(connection, appeal)
    assert kept is not None
    assert FRIDAY == kept["at"]

    approve_quote(connection, appeal, OPERATOR, "Воды нет уже три дня.", at(DUE))
    shown = newest(connection, EVERYWHERE, DAY, DAY)
    assert shown is not None
    assert ("Воды нет уже три дня.", "ru") == (shown["text"], shown["language"])


def test_taken_back_it_is_gone(connection: Connection) -> None:
    """Its words are not even kept; it may be released again."""
    appeal = released(connection)
    for _ in range(2):
        take_back_quote(connection, appeal, OPERATOR, at(DUE))
    kept = find_quote(connection, appeal)
    assert kept is not None
    assert ("", at(DUE)) == (kept["text"], kept["withdrawn_at"])
    assert newest(connection, EVERYWHERE, DAY, DAY) is None
    assert propose_quote(connection, appeal, OPERATOR).standing is None

    approve_quote(connection, appeal, OPERATOR, WORDS, at(DUE))
    assert WORDS == propose_quote(connection, appeal, OPERATOR).standing


def test_it_goes_with_the_appeal(connection: Connection) -> None:
    """Whoever takes the appeal back takes the quote back, and it cannot be released again."""
    appeal = released(connection)
    for _ in range(2):
        withdraw_appeal(connection, appeal, 1, CITIZEN, at(DUE))

    assert newest(connection, EVERYWHERE, DAY, DAY) is None
    with pytest.raises(Refusal, match="withdrawn"):
        approve_quote(connection, appeal, OPERATOR, WORDS, at(DUE))


def test_what_is_declined_is_quoted_no_more(connection: Connection) -> None:
    """Its words were no matter to look into; the same once more undoes no later release."""
    appeal = released(connection)
    for _ in range(2):
        decline_appeal(connection, appeal, 1, WATER, DeclineReason.UNCLEAR, "", at(DUE))
        assert newest(connection, EVERYWHERE, DAY, DAY) is None


def test_a_confidential_appeal_is_never_quoted(connection: Connection) -> None:
    """Nor is it proposed."""
    appeal = register(connection)
    connection.execute(sa.update(appeals).values(confidential=True))

    with pytest.raises(Refusal, match="confidential"):
        propose_quote(connection, appeal, OPERATOR)
    with pytest.raises(Refusal, match="confidential"):
        approve_quote(connection, appeal, OPERATOR, WORDS, FRIDAY)


def test_what_a_desk_wrote_down_is_not_quoted(connection: Connection) -> None:
    """Those are not the words of the visitor."""
    appeal = register(connection)
    connection.execute(sa.update(appeals).values(person_id=None, channel="desk"))

    with pytest.raises(Refusal, match="themselves"):
        propose_quote(connection, appeal, OPERATOR)


@pytest.mark.parametrize(
    "wording",
    ["", "!!!", "су " * 101, "Менің атым Айгүл, су жоқ.", "Звоните: 8 701 123 45 67"],
)
def test_what_cannot_be_shown_is_refused(wording: str) -> None:
    """No words, too many, or personal data."""
    with pytest.raises(Refusal):
        checked_quote(wording)


def test_only_the_desk_releases(connection: Connection) -> None:
    """Not officials, whose own cases they are, nor citizens."""
    appeal = register(connection)
    for person in (WATER, CITIZEN):
        with pytest.raises(Refusal):
            approve_quote(connection, appeal, person, WORDS, FRIDAY)
        with pytest.raises(Refusal):
            take_back_quote(connection, appeal, person, FRIDAY)
    assert find_quote(connection, appeal) is None


async def test_on_both_databases(database: Database) -> None:
    """What is released is read on SQLite and on PostgreSQL."""
    await database.write(settle)
    appeal = await database.write(released)

    assert QUOTE == dict(await database.read(newest, EVERYWHERE, DAY, DAY) or {})
    assert 1 == len(await database.read(voices, EVERYWHERE, DAY, DAY, 5))
    await database.write(take_back_quote, appeal, OPERATOR, at(DUE))
    assert await database.read(newest, EVERYWHERE, DAY, DAY) is None
