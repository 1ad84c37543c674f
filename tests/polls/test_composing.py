"""What a question, its answers and its closing time may be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import ALMATY
from services.polls.composing import (
    LONGEST,
    SHORTEST,
    check_options,
    check_question,
    check_translation,
    clean,
    closing_after,
    parse_closing,
)
from services.refusal import Refusal

# Monday, 12:00 in Asia/Almaty.
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def almaty(*parts: int) -> datetime:
    """Return a moment in Asia/Almaty."""
    return datetime(*parts, tzinfo=ALMATY)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "???", "\u202e\u200f", "1234", "ә" * 301])
def test_a_question_needs_words(text: str) -> None:
    """Blank, emoji-only, wordless and too long questions are refused."""
    with pytest.raises(Refusal):
        check_question(text)


def test_a_question_is_kept_as_it_was_said() -> None:
    """What looks like HTML stays text; spaces are single and nothing turns the line around."""
    assert "Су <b>бар</b> ма?" == check_question("  Су \u202e<b>бар</b>\n ма? ")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A clean text is one line and stays as it is."""
    once = clean(text)
    assert once == clean(once)
    assert "\n" not in once


@pytest.mark.parametrize(
    "text", ["Иә\nЖоқ", "1. Иә\n2. Жоқ", "- Иә\n\n- Жоқ", " •  Иә \r\n Жоқ\n"]
)
def test_answers_stand_one_on_a_line(text: str) -> None:
    """Numbers and bullets that people put before answers are not part of them."""
    assert ("Иә", "Жоқ") == check_options(text)


@pytest.mark.parametrize("text", ["5 рет\n10 рет", "2026 жыл\n2027 жыл", "1,5\n2,5"])
def test_answers_may_begin_with_numbers(text: str) -> None:
    """A number that belongs to the answer stays."""
    assert tuple(text.split("\n")) == check_options(text)


@pytest.mark.parametrize(
    "text",
    [
        "Иә",
        "\n\n",
        "\n".join(map(str, range(11))),
        "Иә\nиә",
        "Иә\n" + "ә" * 101,
    ],
)
def test_bad_answers_are_refused(text: str) -> None:
    """Fewer than 2, more than 10, two alike, or one over 100 characters."""
    with pytest.raises(Refusal):
        check_options(text)


def test_both_languages_have_as_many_answers() -> None:
    """A translation with another number of lines is refused with both numbers."""
    with pytest.raises(Refusal) as refused:
        check_translation(("Иә", "Жоқ"), ("Да",))
    assert {"wanted": 2, "number": 1} == refused.value.parameters


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("25.11 18:00", almaty(2026, 11, 25, 18, 0)),
        ("25.11", almaty(2026, 11, 25, 18, 0)),
        ("5.12, 9:05", almaty(2026, 12, 5, 9, 5)),
        ("25.11.2026 18.30", almaty(2026, 11, 25, 18, 30)),
        ("25.11.26 18:00", almaty(2026, 11, 25, 18, 0)),
        ("10.01 12:00", almaty(2027, 1, 10, 12, 0)),
    ],
)
def test_a_typed_closing_time(text: str, moment: datetime) -> None:
    """Day and month suffice; a day of January said in November is next year's."""
    assert moment == parse_closing(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "ертең",
        "31.02 10:00",
        "25.11 25:00",
        "22.11 18:00",
        "23.11 12:05",
        "01.06.2027",
        "25.11 18",
    ],
)
def test_a_bad_closing_time_is_refused(text: str) -> None:
    """Words, days that do not exist, the past, the next minutes and the far future."""
    with pytest.raises(Refusal):
        parse_closing(text, NOW)


@given(st.text(max_size=20), st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001  # hypothesis takes naive bounds
def test_a_typed_time_is_refused_or_possible(text: str, naive: datetime) -> None:
    """Whatever is typed ends in a refusal or in a moment at which a poll may close."""
    now = naive.replace(tzinfo=UTC)
    try:
        moment = parse_closing(text, now)
    except Refusal:
        return
    assert now + SHORTEST <= moment <= now + LONGEST


def test_days_end_at_six_in_the_evening() -> None:
    """A poll of so many days closes at 18:00 in Asia/Almaty."""
    late = NOW + timedelta(hours=10)
    assert almaty(2026, 11, 26, 18, 0) == closing_after(3, late)
