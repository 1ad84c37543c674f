import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.people.phone import normalise_phone


@pytest.mark.parametrize(
    "text",
    [
        "+77011234567",
        "87011234567",
        "77011234567",
        "7011234567",
        "8 (701) 123-45-67",
        "+7 701 123 45 67",
        " 8-701-123-45-67 ",
        "8.701.123.45.67",
        "+7\u00a0701\u00a0123\u201345\u201367",
        "８７０１１２３４５６７",
    ],
)
def test_mobile(text: str) -> None:
    """However a number is written, it is kept in one way."""
    assert "+77011234567" == normalise_phone(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("8 7172 74 55 66", "+77172745566"), ("727 250 10 20", "+77272501020")]
)
def test_at_home(text: str, expected: str) -> None:
    """Numbers with the code of a city are numbers too."""
    assert expected == normalise_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "112",
        "74-55-66",
        "+7 495 123 45 67",
        "8701123456",
        "870112345678",
        "+87011234567",
        "++77011234567",
        "тел 87011234567",
        "8701123456a",
        "900101300123",
        "26-000123-5",
    ],
)
def test_none(text: str) -> None:
    """Numbers of other countries, too short, too long, and other texts are none."""
    assert normalise_phone(text) is None


@given(st.text(max_size=30))
def test_any_text(text: str) -> None:
    """Whatever is typed, the outcome is a number of twelve signs that stays itself, or none."""
    found = normalise_phone(text)
    assert found is None or (12 == len(found) and found == normalise_phone(found))
