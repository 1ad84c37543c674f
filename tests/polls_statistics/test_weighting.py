"""From the sample and the margins to weights, or to the reason why there are none."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.places.atlas import rows
from services.polls.statistics.cells import Cell, at, compress
from services.polls.statistics.collapsing import collapse, moved_counts
from services.polls.statistics.kish import kish_of
from services.polls.statistics.margins import Margin, MarginsDoNotFit, Misfit
from services.polls.statistics.official import (
    ADULTS,
    UnreadableMargins,
    default_margins,
    read_margins,
)
from services.polls.statistics.raking import rake
from services.polls.statistics.trimming import trimmed_weights
from services.polls.statistics.weighting import Unweighted, weigh

SEX = Margin("sex", {"men": 480.0, "women": 520.0})
AGE = Margin("age", {"18-44": 500.0, "45-59": 300.0, "60+": 200.0})
EVEN = {
    ("men", "18-44"): 60,
    ("men", "45-59"): 50,
    ("men", "60+"): 40,
    ("women", "18-44"): 70,
    ("women", "45-59"): 50,
    ("women", "60+"): 50,
}


@pytest.mark.parametrize(
    ("cells", "margins", "misfit", "level"),
    [
        (EVEN, (SEX, Margin("age", {"18-44": 1, "45-59": 1, "60+": 1})), "totals_differ", ""),
        ({("men",): 30}, (SEX,), "empty_in_sample", "women"),
        ({("men",): 30, ("women",): 30, ("x",): 1}, (SEX,), "unknown_to_target", "x"),
        ({("men",): 30}, (Margin("sex", {"men": 0.0}),), "not_positive", "men"),
    ],
)
def test_refused(
    cells: dict[Cell, int], margins: tuple[Margin, ...], misfit: str, level: str
) -> None:
    """Margins that do not fit each other or the sample are refused with their name."""
    with pytest.raises(MarginsDoNotFit) as refused:
        rake(cells, margins)

    assert (Misfit(misfit), level) == (refused.value.misfit, refused.value.level)


def test_no_end() -> None:
    """Margins that no weights fulfil are refused after a thousand sweeps."""
    cells = {("men", "18-44"): 5, ("women", "45-59"): 5}

    with pytest.raises(MarginsDoNotFit) as refused:
        rake(cells, (SEX, Margin("age", {"18-44": 600.0, "45-59": 400.0})))

    assert Misfit.NO_END is refused.value.misfit


def test_an_unknown_level_is_not_raked() -> None:
    """Who left something unsaid gets the weight of what they did say."""
    some = EVEN | {("men", None): 6}
    fitted = rake(some, (SEX, AGE))
    men = sum(total for cell, total in fitted.items() if cell[0] == "men")
    known = sum(total for cell, total in fitted.items() if cell[1] is not None)
    old = sum(total for cell, total in fitted.items() if cell[1] == "60+")

    assert pytest.approx(480.0) == men
    assert pytest.approx(0.2) == old / known


def test_too_many_incomplete_profiles() -> None:
    """Over 5 % of incomplete profiles the poll is unweighted."""
    assert weigh(EVEN | {("men", None): 16}, (SEX, AGE)).unweighted is None
    found = weigh(EVEN | {("men", None): 17}, (SEX, AGE))

    assert Unweighted.INCOMPLETE_PROFILES is found.unweighted
    assert {1.0} == set(found.weights.values())


def test_a_small_sample() -> None:
    """Under an effective sample of 100 the poll is unweighted."""
    found = weigh({cell: number // 3 for cell, number in EVEN.items()}, (SEX, AGE))

    assert Unweighted.EFFECTIVE_SAMPLE is found.unweighted


def test_a_large_design_effect() -> None:
    """Over a design effect of 2.5 the poll is unweighted, though its weights are within bounds."""
    found = weigh({("men",): 30, ("women",): 970}, (Margin("sex", {"men": 95, "women": 5}),))

    assert Unweighted.DESIGN_EFFECT is found.unweighted
    assert found.kish is not None
    assert found.kish.design_effect > 2.5
    assert {1.0} == set(found.weights.values())


def test_a_thin_region_becomes_its_macro_region() -> None:
    """Under 20 respondents, or under 2 %, a level and its neighbours become one level."""
    margin = Margin("region", {"35": 50.0, "62": 10.0, "79": 40.0}, {"35": "c", "62": "c"})
    cells = {("35",): 700, ("62",): 19, ("79",): 300}

    moved, left = collapse(cells, [margin])

    assert {"c": 60.0, "79": 40.0} == left[0].targets
    assert {("c",): 719, ("79",): 300} == moved_counts(cells, moved)
    assert margin.targets == collapse(cells | {("62",): 21}, [margin])[1][0].targets


def test_trimming() -> None:
    """Weights are cut to a fifth and five times of the mean as far as the margins let them."""
    region = Margin("region", {"a": 60.0, "b": 40.0})
    age = Margin("age", {"young": 50.0, "old": 50.0})
    cells = {("a", "young"): 900, ("a", "old"): 3, ("b", "young"): 40, ("b", "old"): 60}

    plain = rake(cells, (region, age))
    weights = trimmed_weights(cells, (region, age))
    before = kish_of(cells, {cell: plain[cell] / cells[cell] for cell in cells})

    assert kish_of(cells, weights).design_effect < before.design_effect
    assert pytest.approx(100.0) == sum(weights[cell] * cells[cell] for cell in cells)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 400), min_size=6, max_size=6),
    st.floats(0.3, 0.7),
    st.lists(st.floats(0.2, 1.0), min_size=3, max_size=3),
)
def test_weights_sum_to_the_margins(numbers: list[int], men: float, ages: list[float]) -> None:
    """Whatever the sample, the weights sum to the total and to each level that is left."""
    cells = dict(zip(EVEN, numbers, strict=True))
    sex = Margin("sex", {"men": men * 1e6, "women": (1 - men) * 1e6})
    age = Margin("age", dict(zip(AGE.targets, ages, strict=True))).scaled(1e6)

    weights = trimmed_weights(cells, (sex, age))

    def weighed(position: int, level: str) -> float:
        return math.fsum(
            weights[cell] * number for cell, number in cells.items() if cell[position] == level
        )

    for position, margin in enumerate((sex, age)):
        for level, target in margin.targets.items():
            assert pytest.approx(target, rel=1e-7) == weighed(position, level)


def test_default_margins_are_those_of_the_places() -> None:
    """The default margins are the official tables, in one total."""
    region, sex, age = default_margins()
    table = {row["kato"]: int(row["total_2023"]) for row in rows("regions")}
    everybody = sum(table.values())
    men = sum(int(row["urban_men"]) + int(row["rural_men"]) for row in rows("regions"))

    assert 19_765_004 == everybody
    assert table.keys() == region.targets.keys()
    for kato, people in table.items():
        assert pytest.approx(people / everybody) == region.targets[kato] / ADULTS
    assert pytest.approx(9_646_722 / everybody) == men / everybody
    assert pytest.approx(men / everybody) == (
        (sex.targets["male_urban"] + sex.targets["male_rural"]) / ADULTS
    )
    assert [7_220_903.0, 3_191_772.0, 2_616_115.0] == pytest.approx(list(age.targets.values()))
    assert {row["macro_region"] for row in rows("regions")} == set(region.neighbours.values())


def test_uploaded_margins() -> None:
    """A table of an administrator is read as it is, and refused with the line that is wrong."""
    head = "margin,level,people,neighbour\n"
    (sex,) = read_margins(f"{head}sex,men,48,\nsex,women,52,\n")

    assert {"men": 48.0, "women": 52.0} == sex.targets
    for text, line in (("margin,people\n", 1), (f"{head}sex,men,-1,\n", 2), (head, 1)):
        with pytest.raises(UnreadableMargins) as refused:
            read_margins(text)
        assert line == refused.value.line
    with pytest.raises(MarginsDoNotFit):
        read_margins(f"{head}sex,men,48,\nsex,women,52,\nage,all,99,\n")


def test_respondents_collapse_into_cells() -> None:
    """A respondent counts once, in an order that is always the same."""
    cells = compress([("b", None), ("a", "x"), ("b", None)])

    assert [(("a", "x"), 1), (("b", None), 2)] == list(cells.items())
    assert {"x": 1, None: 2} == at(cells, 1)
