"""Numbers of certificates: what their last two digits find."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.programmes.certificate_number import make_number, plain_number, read_number

NUMBERS = st.builds(
    make_number, st.integers(2026, 2099), st.integers(1, 10**9), st.integers(1, 99)
)


@given(NUMBERS, st.sampled_from(["", " ", "-", " – ", "\u00a0"]), st.sampled_from(["", "№ "]))
def test_read_as_written(number: str, between: str, before: str) -> None:
    """A number is read however its parts are set off."""
    assert number == read_number(before + between.join(number.split("-")))
    assert number == read_number(plain_number(number))


@given(NUMBERS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit(number: str, place: int, more: int) -> None:
    """One wrong digit is always found."""
    digits = plain_number(number)
    wrong = str((int(digits[place]) + more) % 10)
    assert read_number(digits[:place] + wrong + digits[place + 1 :]) is None


@given(NUMBERS, st.integers(0, 10))
def test_two_swapped_digits(number: str, place: int) -> None:
    """Two neighbours that changed places are always found."""
    digits = plain_number(number)
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert (number if swapped == digits else None) == read_number(swapped)


@given(st.text(max_size=30))
def test_anything_else(text: str) -> None:
    """Whatever somebody types is a number in its usual form or none."""
    read = read_number(text)
    assert read is None or read == read_number(read)


def test_nobody_counts_on() -> None:
    """Numbers of neighbours have nothing in common, and the same one is made again."""
    made = [make_number(2026, signup, 1) for signup in range(1, 500)]
    assert len(made) == len(set(made))
    assert made[7] == make_number(2026, 8, 1)
    assert make_number(2026, 8, 1) != make_number(2026, 8, 2)
    steps = {int(plain_number(b)) - int(plain_number(a)) for a, b in pairwise(made)}
    assert len(steps) > 490
