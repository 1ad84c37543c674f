"""Rules of longer digests: which days, percentiles, what may be told, the target in time."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.digests.hiding import SMALLEST, told
from services.digests.model import Period
from services.digests.spread import at_tenths
from services.digests.stretch import Stretch, stretch_of
from services.digests.target import DEFAULT, read_target
from services.reports.quarter import Quarter

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("period", "day", "first", "last", "before"),
    [
        (Period.WEEKLY, (2026, 11, 23), (2026, 11, 16), (2026, 11, 22), (2026, 11, 9)),
        # The Monday was a day off: still the week that is over.
        (Period.WEEKLY, (2026, 3, 24), (2026, 3, 16), (2026, 3, 22), (2026, 3, 9)),
        (Period.MONTHLY, (2027, 1, 5), (2026, 12, 1), (2026, 12, 31), (2026, 11, 1)),
        (Period.QUARTERLY, (2027, 1, 5), (2026, 10, 1), (2026, 12, 31), (2026, 7, 1)),
    ],
)
def test_the_days_that_a_digest_looks_back_on(
    period: Period,
    day: tuple[int, int, int],
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    before: tuple[int, int, int],
) -> None:
    """It is the last whole week, month or quarter that was over."""
    expected = Stretch(date(*first), date(*last), date(*before))
    assert expected == stretch_of(period, date(*day))


@given(DAYS, st.sampled_from([Period.WEEKLY, Period.MONTHLY, Period.QUARTERLY]))
def test_stretches_follow_each_other(day: date, period: Period) -> None:
    """The stretch before ends where this one begins, and is one of the same kind."""
    stretch = stretch_of(period, day)
    earlier = stretch_of(period, stretch.first)

    assert stretch.first <= stretch.last < day
    assert (stretch.before, stretch.last_before) == (earlier.first, earlier.last)
    assert stretch.first == earlier.last + timedelta(days=1)


@given(DAYS)
def test_a_quarter_is_written_and_read(day: date) -> None:
    """«2026-3» and back; the day lies in it."""
    quarter = Quarter.of(day)

    assert quarter == Quarter.parse(str(quarter))
    assert quarter.first <= day <= quarter.last
    assert quarter == quarter.next.previous


@pytest.mark.parametrize("text", ["2026-5", "2026-0", "26-1", "2026-1 ", "2026", "", "2026-11"])
def test_what_is_no_quarter(text: str) -> None:
    """Only a year of this century and a number from 1 to 4."""
    with pytest.raises(ValueError, match="no quarter"):
        Quarter.parse(text)


@given(st.lists(st.integers(0, 60), max_size=40), st.integers(1, 10))
def test_the_nearest_rank(values: list[int], tenths: int) -> None:
    """The percentile is the value of rank ⌈p·n⌉ in the sorted list."""
    counts = {value: values.count(value) for value in values}
    ranked = sorted(values)
    expected = ranked[math.ceil(tenths * len(values) / 10) - 1] if values else None

    assert expected == at_tenths(counts, tenths)


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(0, 30))
def test_nothing_small_is_left_over(numbers: list[int], beyond: int) -> None:
    """What is not told is nothing or at least 10, unless all together is less."""
    counts = list(enumerate(numbers))
    total = sum(numbers) + beyond
    kept = told(counts, total)
    rest = total - sum(kept.values())

    assert all(number >= SMALLEST for number in kept.values())
    assert rest == 0 or rest >= SMALLEST or (not kept and rest == total)
    assert kept.items() <= dict(counts).items()


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0.95", 0.95),
        ("0,8", 0.8),
        ("85 %", 0.85),
        ("85\N{NO-BREAK SPACE}%", 0.85),
        ("", DEFAULT),
        ("90", DEFAULT),
        ("0", DEFAULT),
        ("nan", DEFAULT),
        ("много", DEFAULT),
    ],
)
def test_the_target_is_a_share(text: str, share: float) -> None:
    """A text that is none leaves the usual target."""
    assert share == read_target(text)
