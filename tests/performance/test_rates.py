"""Shares and ratings: what raises them and what never does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.performance.rates import CASES, RATINGS, Counters, confirmed, on_time, rating

small = st.integers(0, 60)


@st.composite
def counted(draw: st.DrawFn) -> Counters:
    """Return what can come of some answers: each confirmed, disputed, silent or none of these."""
    answered = draw(small)
    in_time = draw(st.integers(0, answered))
    disputed_in_time = draw(st.integers(0, in_time))
    disputed = draw(st.integers(disputed_in_time, answered))
    solved = draw(st.integers(0, answered - disputed))
    silent = draw(st.integers(0, answered - disputed - solved))
    rated = draw(st.integers(0, answered))
    stars = draw(st.integers(rated, 5 * rated))
    return Counters(answered, in_time, solved, disputed, disputed_in_time, silent, rated, stars)


def _not_more(before: float | None, after: float | None) -> bool:
    return before is None or after is None or after <= before


@given(counted())
def test_a_closing_by_silence_raises_no_share(counters: Counters) -> None:
    """It is one more case without a word that it is solved."""
    after = replace(counters, unconfirmed=counters.unconfirmed + 1)
    assert on_time(counters) == on_time(after)
    assert _not_more(confirmed(counters), confirmed(after))
    assert rating(counters) == rating(after)


@given(counted(), st.booleans())
def test_a_dispute_raises_no_share(counters: Counters, was_in_time: bool) -> None:  # noqa: FBT001
    """Neither of an answer in time, nor of a late one."""
    less = counters.disputed_in_time + was_in_time
    after = replace(counters, disputed=counters.disputed + 1, disputed_in_time=less)
    assert _not_more(on_time(counters), on_time(after))
    assert _not_more(confirmed(counters), confirmed(after))


@given(counted())
def test_answering_again_does_not_wash_a_dispute_away(counters: Counters) -> None:
    """Disputed and answered again in time is less than answered in time once."""
    once = replace(counters, answered=counters.answered + 1, in_time=counters.in_time + 1)
    again = replace(
        once,
        answered=once.answered + 1,
        in_time=once.in_time + 1,
        disputed=once.disputed + 1,
        disputed_in_time=once.disputed_in_time + 1,
    )
    assert _not_more(on_time(once), on_time(again))


@given(st.builds(Counters, *[st.integers(0, 60)] * 8))
def test_shares_and_ratings_stay_within_their_bounds(counters: Counters) -> None:
    """Also of few days on which more was disputed, or changed, than was answered or rated."""
    for share in (on_time(counters), confirmed(counters)):
        assert share is None or 0 <= share
    found = rating(counters)
    assert found is None or 1 <= found <= 5


@pytest.mark.parametrize(("cases", "shown"), [(CASES - 1, False), (CASES, True)])
def test_shares_of_few_cases_are_not_shown(cases: int, shown: bool) -> None:  # noqa: FBT001
    """From twenty cases on."""
    counters = Counters(answered=cases, in_time=cases, confirmed=cases)
    assert shown is (on_time(counters) is not None)
    assert shown is (confirmed(counters) is not None)


@pytest.mark.parametrize(("ratings", "shown"), [(RATINGS - 1, False), (RATINGS, True)])
def test_ratings_of_few_are_not_shown(ratings: int, shown: bool) -> None:  # noqa: FBT001
    """From ten ratings on."""
    counters = Counters(rated=ratings, rating_sum=4 * ratings)
    assert shown is (rating(counters) == 4)
