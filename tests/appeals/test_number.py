from hypothesis import given, settings
from hypothesis import strategies as st

from services.appeals.number import format_number, parse_number

NUMBERS = st.builds(format_number, st.integers(2026, 2099), st.integers(1, 20_000_000))


@settings(deadline=None)
@given(NUMBERS)
def test_a_number_is_read_back(number: str) -> None:
    """A number as the receipt shows it is its own usual form."""
    assert number == parse_number(number)


@settings(deadline=None)
@given(NUMBERS, st.data())
def test_a_wrong_digit_is_noticed(number: str, data: st.DataObject) -> None:
    """No single mistyped digit gives another valid number."""
    places = [index for index, character in enumerate(number) if character.isdigit()]
    place = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))

    assert parse_number(number[:place] + wrong + number[place + 1 :]) is None


@settings(deadline=None)
@given(NUMBERS, st.data())
def test_swapped_neighbours_are_noticed(number: str, data: st.DataObject) -> None:
    """No swap of two different neighbouring digits gives another valid number."""
    digits = number.replace("-", "")
    pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    place = data.draw(st.sampled_from(pairs)) if pairs else None
    if place is not None:
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

        assert parse_number(swapped) is None


def test_spaces_and_dashes_are_forgiven() -> None:
    """People write numbers as they like."""
    number = format_number(2026, 123)

    assert [number] * 3 == [
        parse_number(written)
        for written in (number.replace("-", ""), number.replace("-", " – "), f"№ {number} ")
    ]


def test_words_are_no_number() -> None:
    """What is not a number is not forced into one."""
    assert [None, None, None] == [parse_number(text) for text in ("", "су жоқ", "٢٦٠٠٠١٢٣٧")]
