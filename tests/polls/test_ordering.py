"""The order in which people meet options."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.polls.model import OptionRole
from services.polls.ordering import order
from tests.polls.surveys import ROLES, SINGLE, options

CHOICE = replace(SINGLE, options=options("A", "B", "C", **ROLES))
TAGS = st.binary(min_size=32, max_size=32)
LAST = [OptionRole.OTHER, OptionRole.NONE, OptionRole.DIFFICULT]


@given(TAGS)
def test_every_option_once_and_the_last_ones_last(tag: bytes) -> None:
    """Nothing is lost or doubled, and «difficult to answer» stays at the end."""
    met = order(CHOICE, tag)
    assert sorted(CHOICE.options, key=lambda option: option.position) == sorted(
        met, key=lambda option: option.position
    )
    assert LAST == [option.role for option in met[-3:]]


@given(TAGS)
def test_one_person_always_meets_the_same_order(tag: bytes) -> None:
    """Coming back later shows nothing in another place."""
    assert order(CHOICE, tag) == order(CHOICE, tag)


@given(TAGS)
def test_where_the_order_means_something_it_stays(tag: bytes) -> None:
    """Without chance options stand as they were written."""
    met = order(replace(CHOICE, random=False), tag)
    assert [0, 1, 2, 3, 4, 5] == [option.position for option in met]


def test_every_order_is_as_likely() -> None:
    """Of 6,000 people each of the six orders of three options meets about a thousand."""
    met = Counter(
        tuple(option.position for option in order(CHOICE, number.to_bytes(32))[:3])
        for number in range(6000)
    )
    assert 6 == len(met)
    assert all(850 < number < 1150 for number in met.values())
