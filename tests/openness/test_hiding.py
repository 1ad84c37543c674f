"""Nothing under ten is told, and nobody who subtracts finds anything under ten."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.openness.figures import COUNTRY, Cell, Figures, Measure, Month, Share
from services.openness.hiding import tell, told_of
from tests.openness.attacker import squeezed, worked_out

REGIONS = ("10", "11", "15", "19", "61", "75")
CHANCES = st.integers(0, 1_000_000).map(random.Random)
TOPICS = ("roads", "schools", "water-supply", "lighting")


def _figures(random: random.Random, registered: int) -> Figures:
    answered = random.randint(0, registered + 2)
    judged, rated = random.randint(0, answered), random.randint(0, answered)
    return Figures(
        registered,
        answered,
        answered - min(answered, random.choice((0, 1, 4, 12))),
        judged,
        random.randint(0, judged),
        rated,
        3 * rated,
        3,
        9,
    )


def _sum(parts: list[Figures]) -> Figures:
    names = ("registered", "answered", "in_time", "judged", "confirmed", "rated", "rating_sum")
    return Figures(**{name: sum(getattr(each, name) for each in parts) for name in names})


def _month(random: random.Random) -> dict[Cell, Figures]:
    """Return a month whose regions and topics are small and large, and add up."""
    parts = {
        (region, topic): _figures(random, random.choice((0, 0, 1, 3, 9, 10, 14, 60)))
        for region in REGIONS
        for topic in TOPICS
        if random.random() < 0.4
    }
    month = {COUNTRY: _sum(list(parts.values()))}
    for region in REGIONS:
        month[Cell(region)] = _sum([each for key, each in parts.items() if key[0] == region])
    for topic in TOPICS:
        month[Cell("", topic)] = _sum([each for key, each in parts.items() if key[1] == topic])
    return month


def _small(month: Month, told: dict[Cell, frozenset[Measure]]) -> list[object]:
    return [item for item in worked_out(month, told).items() if 0 < item[1] < 10]


@settings(max_examples=120, deadline=None)
@given(CHANCES)
def test_nobody_who_subtracts_finds_a_small_number(chance: random.Random) -> None:
    """Over regions, topics, the country, shares and bases at once, whatever the month is like."""
    month = _month(chance)

    told = told_of(month)
    assert [] == _small(month, told)
    assert [] == squeezed(month, told)


@settings(max_examples=40, deadline=None)
@given(CHANCES)
def test_a_correction_tells_nothing_that_was_hidden(chance: random.Random) -> None:
    """What was hidden stays so; no single one of a side goes: what stood there would betray it."""
    month = _month(chance)
    first = told_of(month)
    mended = {**month, Cell("61"): _figures(chance, chance.choice((4, 12, 80)))}
    mended[COUNTRY] = _sum([each for cell, each in mended.items() if cell.region])
    second = told_of(mended, first)

    assert all(second[cell] <= first[cell] for cell in month)
    assert [] == [
        item
        for item in worked_out(mended, second).items()
        if 0 < item[1] < 10 and not item[0][1].topic
    ]


def test_the_attacker_would_find_what_is_not_covered() -> None:
    """A single hidden region is its country less all others: the test itself can see."""
    month = {
        COUNTRY: Figures(registered=104),
        Cell("10"): Figures(registered=100),
        Cell("11"): Figures(registered=4),
    }
    told = {cell: frozenset({Measure.REGISTERED}) for cell in (COUNTRY, Cell("10"))}

    assert 4 == worked_out(month, told)["registered", Cell("11")]


def test_a_share_that_a_few_decide_is_a_bound() -> None:
    """Three late answers of 60 are not told: more than 83 % were in time; 15 late are."""
    bound = frozenset({Measure.ANSWERED, Measure.IN_TIME_BOUND})
    exact = frozenset({Measure.ANSWERED, Measure.IN_TIME})

    assert Share(over=83) == tell(Figures(answered=60, in_time=57), bound).in_time
    assert Share(under=17) == tell(Figures(answered=60, in_time=5), bound).in_time
    assert Share(exact=75) == tell(Figures(answered=60, in_time=45), exact).in_time
    assert tell(Figures(answered=60, in_time=57), {Measure.ANSWERED}).in_time is None


def _late(*counts: int) -> dict[str, Share | None]:
    """Return the share in time of regions that have so many late answers of 60 each."""
    month = {
        Cell(region): Figures(answered=60, in_time=60 - late)
        for region, late in zip(REGIONS, counts, strict=False)
    }
    month[COUNTRY] = _sum(list(month.values()))
    told = told_of(month)
    return {cell.region: tell(month[cell], told[cell]).in_time for cell in month if cell.region}


def test_a_bound_gives_no_count_away() -> None:
    """None where another one is hidden beside it, and none where the sum leaves no room."""
    over = Share(over=83)

    assert {"10": over, "11": over, "15": over} == _late(4, 3, 8)
    assert {"10": Share(80), "11": over, "15": over} == _late(12, 5, 7)
    assert {"10": None, "11": None, "15": Share(75)} == _late(10, 1, 15)
    assert {"10": None, "11": None} == _late(9, 9)


def test_nothing_of_a_small_country() -> None:
    """Nine appeals in all are told nowhere."""
    month = {COUNTRY: Figures(registered=9), Cell("61"): Figures(registered=9)}

    assert {COUNTRY: frozenset(), Cell("61"): frozenset()} == told_of(month)
