"""Drawing a sample: shares in proportion, and people whom only the seed chooses."""

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.polls.sampling import (
    LARGEST,
    SMALLEST,
    Drawing,
    Stratum,
    allocate,
    check_size,
    population,
    sample_of,
    seed_hash,
)
from services.refusal import Refusal

STRATA = sorted(population())
PRESENT = st.dictionaries(
    st.sampled_from(STRATA), st.integers(min_value=0, max_value=3000), max_size=len(STRATA)
)
SIZES = st.integers(min_value=SMALLEST, max_value=5000)
PLENTY = dict.fromkeys(STRATA, 10**6)


def test_the_population_is_the_official_one() -> None:
    """Twenty regions by two settlements add up to the republic of 1 January 2023."""
    found = population()
    urban = sum(number for (_, settlement), number in found.items() if settlement == "urban")
    assert sum(found.values()) == 19_765_004
    assert urban == 12_208_259


@given(size=SIZES, present=PRESENT)
@settings(max_examples=60, deadline=None)
def test_as_many_as_wanted_or_all(size: int, present: dict[Stratum, int]) -> None:
    """The shares add up to the size, or to everybody, and none is more than are there."""
    shares = allocate(size, population(), present)
    assert sum(shares.values()) == min(
        size, sum(number for one, number in present.items() if population()[one])
    )
    assert all(shares[stratum] <= present[stratum] for stratum in shares)


@given(size=SIZES)
@settings(max_examples=40, deadline=None)
def test_shares_are_in_proportion(size: int) -> None:
    """Where enough people are, each share is its quota of the population rounded down or up."""
    people = population()
    total = sum(people.values())
    for stratum, share in allocate(size, people, PLENTY).items():
        assert abs(share - size * people[stratum] / total) < 1


def test_the_rest_of_a_small_stratum_goes_to_the_others() -> None:
    """Of a stratum with too few people all are taken; the others share what is missing."""
    people = {("10", "urban"): 50, ("11", "urban"): 30, ("15", "rural"): 20}
    present = {("10", "urban"): 10, ("11", "urban"): 500, ("15", "rural"): 500}
    expected = {("10", "urban"): 10, ("11", "urban"): 54, ("15", "rural"): 36}
    assert allocate(100, people, present) == expected


def test_largest_remainders() -> None:
    """What is left after whole shares goes to the largest remainders."""
    people = {("10", "urban"): 416, ("11", "urban"): 338, ("15", "rural"): 246}
    shares = allocate(10, people, dict.fromkeys(people, 10))
    assert shares == {("10", "urban"): 4, ("11", "urban"): 3, ("15", "rural"): 3}


@given(seed=st.text("0123456789abcdef", min_size=64, max_size=64), order=st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_people_changes_nothing(seed: str, order: random.Random) -> None:
    """The same seed draws the same people, in whatever order and pages they come."""
    people = [(number, STRATA[number % 3]) for number in range(1, 200)]
    shares = {STRATA[0]: 5, STRATA[1]: 7, STRATA[2]: 0}
    once = Drawing(seed, shares)
    once.meet(people)
    shuffled = list(people)
    order.shuffle(shuffled)
    again = Drawing(seed, shares)
    again.meet(shuffled[:50])
    again.meet(shuffled[50:])
    assert once.drawn() == again.drawn()
    assert len(once.drawn()) == 12


def test_whom_a_seed_draws_never_changes() -> None:
    """The drawing can be repeated years later: the smallest SHA-256 of seed and person."""
    drawing = Drawing("seed", {STRATA[0]: 3})
    drawing.meet((number, STRATA[0]) for number in range(1, 101))
    ranked = sorted(range(1, 101), key=lambda one: hashlib.sha256(f"seed{one}".encode()).digest())
    assert drawing.drawn() == sorted(ranked[:3])


def test_everybody_is_drawn_equally_often() -> None:
    """Over many seeds each of twenty people is drawn about as often as the others."""
    met = [(number, STRATA[0]) for number in range(1, 21)]
    times = dict.fromkeys(range(1, 21), 0)
    for seed in range(400):
        drawing = Drawing(str(seed), {STRATA[0]: 5})
        drawing.meet(met)
        for person in drawing.drawn():
            times[person] += 1
    # Expected 100 with a standard deviation under 9.
    assert all(60 < number < 140 for number in times.values())


def test_the_hash_of_the_seed_is_what_is_told_before() -> None:
    """SHA-256 over the seed that is told with the result gives the hash that was told before."""
    sample = sample_of(500, b"k" * 32)
    assert sample["size"] == 500
    assert sample["seed_hash"] == hashlib.sha256(sample["seed"].encode()).hexdigest()
    assert sample["seed_hash"] == seed_hash(sample["seed"])
    assert sample["seed"] != sample_of(500, b"l" * 32)["seed"]


@pytest.mark.parametrize("size", [SMALLEST - 1, LARGEST + 1])
def test_sizes_have_bounds(size: int) -> None:
    """A sample that is too small to tell anything, or too large to be one, is refused."""
    with pytest.raises(Refusal):
        check_size(size)
    assert check_size(SMALLEST) == SMALLEST
