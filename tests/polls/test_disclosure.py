"""What may be told of a result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.polls.disclosure import Disclosure, disclosure, figure, share


@pytest.mark.parametrize(
    ("votes", "shown"),
    [
        ((5, 4), Disclosure.BASE),
        ((0, 0), Disclosure.BASE),
        ((6, 4), Disclosure.COUNTS),
        ((30, 0), Disclosure.BASE),
        ((25, 24), Disclosure.COUNTS),
        ((50, 0), Disclosure.LOW_BASE),
        ((50, 49), Disclosure.LOW_BASE),
        ((60, 40), Disclosure.SHARES),
    ],
)
def test_how_much_is_shown(votes: tuple[int, ...], shown: Disclosure) -> None:
    """Under 10 nothing, under 50 counts, under 100 a low base; nothing where few all agree."""
    assert shown is disclosure(sum(votes), votes)


def test_nothing_is_shown_of_what_was_not_kept() -> None:
    """A result without votes by option shows its base only."""
    assert Disclosure.BASE is disclosure(500, None)


@pytest.mark.parametrize(
    ("votes", "base", "printed"),
    [
        (1, 8, "13 %"),
        (21, 50, "42 %"),
        (0, 199, "<5 %"),
        (199, 199, ">95 %"),
        (0, 200, "0 %"),
        (200, 200, "100 %"),
    ],
)
def test_shares_are_whole_numbers(votes: int, base: int, printed: str) -> None:
    """Shares have no decimals; all and none are blunted while the base is under 200."""
    assert printed == share(votes, base).replace("\N{NO-BREAK SPACE}", " ")


@given(st.lists(st.integers(0, 300), min_size=2, max_size=11))
def test_no_small_group_is_named(votes: list[int]) -> None:
    """Percentages never stand on fewer than 50 answers, counts never on fewer than 10."""
    base = sum(votes)
    shown = disclosure(base, votes)
    printed = [figure(number, base, shown) for number in votes] if base else []
    if shown is not Disclosure.BASE:
        assert base >= 10
        assert base >= 50 or not any("%" in text for text in printed)
