"""The first sentence of a digest: the largest significant change, else what presses most."""

from dataclasses import replace
from datetime import date
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.digests.comparing import is_significant, usual_on, weeks_known
from services.digests.facts import DigestFacts, Headline, Signal, Usual
from services.digests.headline import headline
from services.digests.signals import is_signal, strongest

DAY = date(2026, 3, 12)
NOTHING = DigestFacts(
    official="mysalbaev",
    day=DAY,
    sections=("water",),
    since=date(2026, 3, 11),
    until=date(2026, 3, 11),
    new=0,
    answered=0,
    open=0,
    overdue=0,
    due_soon=0,
    soon=date(2026, 3, 15),
    oldest_overdue=None,
    next_due=None,
    topics_since=date(2026, 3, 5),
    topics=(),
    polls=(),
)
USUAL = Usual(4, new=9, answered=9, open=100, overdue=4)
AS_USUAL = replace(NOTHING, new=9, answered=9, open=100, overdue=4, usual=USUAL)
SIGNAL = Signal("water-supply", "61", "615200", 30, 4.0)


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        (Headline.SIGNAL, replace(AS_USUAL, overdue=40, signals=(SIGNAL,))),
        (Headline.MORE_OVERDUE, replace(AS_USUAL, overdue=8)),
        (Headline.MORE_NEW, replace(AS_USUAL, new=15)),
        (Headline.FEWER_NEW, replace(AS_USUAL, new=3)),
        (Headline.MORE_ANSWERED, replace(AS_USUAL, answered=20)),
        (Headline.FEWER_ANSWERED, replace(AS_USUAL, answered=2)),
        (Headline.MORE_OPEN, replace(AS_USUAL, open=121)),
        # Two changes: the larger one, in standard deviations.
        (Headline.MORE_NEW, replace(AS_USUAL, new=40, open=121)),
        (Headline.MORE_OPEN, replace(AS_USUAL, new=15, open=200)),
        # Chance is no change, and fewer overdue ones are no news: what presses most.
        (Headline.OVERDUE, replace(AS_USUAL, new=14, overdue=5)),
        (Headline.DUE_SOON, replace(AS_USUAL, overdue=0, due_soon=2)),
        (Headline.NEW, replace(AS_USUAL, overdue=0)),
        (Headline.DISPUTED, replace(NOTHING, disputed=1, named=1)),
        (Headline.NAMED, replace(NOTHING, named=1, unrouted=1)),
        (Headline.UNROUTED, replace(NOTHING, unrouted=1)),
        (Headline.ANSWERED, replace(NOTHING, answered=1)),
        # Nothing to compare with.
        (Headline.NEW, replace(NOTHING, new=500)),
        (Headline.NEW, replace(NOTHING, new=9, open=500, usual=Usual(1, 9, 0))),
    ],
)
def test_the_rule(said: Headline, facts: DigestFacts) -> None:
    """Signals, then changes by size, then what presses."""
    assert said is headline(facts)


COUNTS = st.integers(0, 400)
MEANS = st.floats(0, 400)


@given(COUNTS, MEANS)
def test_small_changes_are_chance(count: int, mean: float) -> None:
    """Nothing below three, nor below twice the square root of the mean, is called a change."""
    assert is_significant(count, mean) == (abs(count - mean) >= max(3, 2 * sqrt(mean)))
    assert not is_significant(round(mean), mean)


@given(st.builds(Usual, st.integers(1, 4), MEANS, MEANS, MEANS, MEANS), st.tuples(*[COUNTS] * 4))
def test_what_is_said_is_so(usual: Usual, counts: tuple[int, int, int, int]) -> None:
    """Who says «more» has more than usual, who says «fewer» has fewer, each significantly."""
    new, answered, still, overdue = counts
    facts = replace(NOTHING, new=new, answered=answered, open=still, overdue=overdue, usual=usual)
    compared = {
        Headline.MORE_NEW: (new, usual.new, 1),
        Headline.FEWER_NEW: (new, usual.new, -1),
        Headline.MORE_ANSWERED: (answered, usual.answered, 1),
        Headline.FEWER_ANSWERED: (answered, usual.answered, -1),
        Headline.MORE_OPEN: (still, usual.open or 0, 1),
        Headline.MORE_OVERDUE: (overdue, usual.overdue or 0, 1),
    }
    said = headline(facts)

    if said in compared:
        count, mean, sign = compared[said]
        assert is_significant(count, mean)
        assert (count - mean) * sign > 0
    else:
        changed = (new, usual.new), (answered, usual.answered)
        assert not any(is_significant(count, mean) for count, mean in changed)


@pytest.mark.parametrize(
    ("count", "mean", "expected"),
    [(10, 0, True), (9, 0, False), (30, 10, True), (29, 10, False), (12, 4.0, True)],
)
def test_a_signal_is_three_times_the_usual_and_ten(
    count: int,
    mean: float,
    expected: bool,  # noqa: FBT001
) -> None:
    """Both must hold; the strongest come first."""
    assert expected is is_signal(count, mean)
    weak = replace(SIGNAL, topic="heating", count=20)
    assert (SIGNAL, weak) == strongest([weak, SIGNAL], 3)
    assert (SIGNAL,) == strongest([weak, SIGNAL], 1)


def test_usual_is_of_the_same_days_of_the_week() -> None:
    """Means over the weeks that there are; without a week nothing is usual."""
    monday = date(2026, 3, 9)
    days = {date(2026, 3, 2): (8, 2), date(2026, 2, 23): (4, 0), date(2026, 3, 3): (99, 99)}
    stretch = (monday, monday)

    assert Usual(2, 6, 1) == usual_on(stretch, 2, days, [])
    assert Usual(4, 3, 0.5, 15, 3) == usual_on(stretch, 4, days, [(10, 2), (20, 4)])
    assert usual_on(stretch, 0, days, [(10, 2)]) is None


@given(st.integers(-9, 99))
def test_weeks_known_are_whole_ones(days: int) -> None:
    """From none to four, as many as fit between the first day of all and the day compared."""
    begun = date.fromordinal(DAY.toordinal() - days)

    assert max(0, min(4, days // 7)) == weeks_known(DAY, begun)
    assert 0 == weeks_known(DAY, None)
