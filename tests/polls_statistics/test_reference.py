"""The reference numbers, each to 1e-9."""

import pytest

from services.polls.statistics.differences import holm, two_proportions
from services.polls.statistics.kish import kish
from services.polls.statistics.margins import Margin
from services.polls.statistics.raking import rake
from services.polls.statistics.shares import Share
from services.polls.statistics.tabulation import Missing, tabulate
from services.polls.statistics.trimming import trimmed_weights
from services.polls.statistics.wilson import wilson

# R, survey::rake, the example of its documentation: respondents and the sum of api00 by cell.
CLUSTERS = {
    ("E", "No"): (12, 7156),
    ("E", "Yes"): (132, 86281),
    ("H", "No"): (3, 1978),
    ("H", "Yes"): (11, 6682),
    ("M", "No"): (8, 4851),
    ("M", "Yes"): (17, 10935),
}
MARGINS = (
    Margin("stype", {"E": 4421, "H": 755, "M": 1018}),
    Margin("sch.wide", {"No": 1072, "Yes": 5122}),
)
WEIGHTS = {
    ("E", "No"): 39.839236246935,
    ("E", "Yes"): 29.870675492628,
    ("H", "No"): 67.125529241263,
    ("H", "Yes"): 50.329401116241,
    ("M", "No"): 49.069072164124,
    ("M", "Yes"): 36.791024864380,
}
COUNTS = {cell: number for cell, (number, _) in CLUSTERS.items()}


def test_weights_of_r() -> None:
    """Raking gives the weights of R's survey package."""
    fitted = rake(COUNTS, MARGINS)
    weights = {cell: fitted[cell] / number for cell, number in COUNTS.items()}

    assert pytest.approx(WEIGHTS, abs=1e-9) == weights


def test_weights_of_r_need_no_trimming() -> None:
    """Weights that are within bounds are those of raking alone."""
    assert pytest.approx(WEIGHTS, abs=1e-9) == trimmed_weights(COUNTS, MARGINS)


def test_mean_design_effect_and_effective_sample_of_r() -> None:
    """The weighted mean, Kish's design effect and the effective sample are R's."""
    fitted = rake(COUNTS, MARGINS)
    weights = {cell: fitted[cell] / number for cell, number in COUNTS.items()}
    mean = sum(weights[cell] * api for cell, (_, api) in CLUSTERS.items()) / 6194
    worth = kish((number, weights[cell]) for cell, number in COUNTS.items())

    assert pytest.approx(641.2303209268, abs=1e-9) == mean
    assert pytest.approx(1.0516566956049, abs=1e-9) == worth.design_effect
    assert pytest.approx(174.01115855089, abs=1e-9) == worth.effective


def test_four_by_four() -> None:
    """The 4 x 4 table of the textbooks is fitted to its rows and columns."""
    seeds = ((40, 30, 20, 10), (35, 50, 100, 75), (30, 80, 70, 120), (20, 30, 40, 50))
    names = ("1", "2", "3", "4")
    rows = Margin("rows", dict(zip(names, (150, 300, 400, 150), strict=True)))
    columns = Margin("columns", dict(zip(names, (200, 300, 400, 100), strict=True)))
    cells = {
        (row, column): seeds[int(row) - 1][int(column) - 1] for row in names for column in names
    }
    expected = (
        (64.5585, 46.2325, 35.3843, 3.8247),
        (49.9679, 68.1594, 156.4985, 25.3742),
        (56.7219, 144.4282, 145.0825, 53.7673),
        (28.7516, 41.1800, 63.0347, 17.0337),
    )

    fitted = rake(cells, (rows, columns))

    for cell, total in fitted.items():
        assert expected[int(cell[0]) - 1][int(cell[1]) - 1] == round(total, 4)


def test_kish() -> None:
    """Eight weights are worth six and an eighth."""
    worth = kish((1, weight) for weight in (1, 1, 1, 1, 2, 2, 2, 4))

    assert 8 == worth.respondents
    assert 6.125 == worth.effective
    assert 1.306122449 == round(worth.design_effect, 9)


def test_wilson() -> None:
    """7 of 20 has the interval of R's prop.test without correction."""
    interval = wilson(7 / 20, 20)

    assert pytest.approx(0.181191824101, abs=1e-9) == interval.low
    assert pytest.approx(0.567145723315, abs=1e-9) == interval.high


def test_difference() -> None:
    """152 of 361 against 168 of 480 has R's z and p."""
    test = two_proportions(Share(152 / 361, 361, 361), Share(168 / 480, 480, 480))

    assert 2.100673 == round(test.z, 6)
    assert 0.03566965 == round(test.p, 8)


def test_holm() -> None:
    """Four p-values are corrected as R's p.adjust corrects them, in their order."""
    assert pytest.approx([0.03, 0.06, 0.06, 0.02]) == holm([0.01, 0.04, 0.03, 0.005])


def test_bases_of_a_question() -> None:
    """Who was not asked, who skipped, and who answered stand apart; both options count."""
    here, there = ("75",), ("71",)
    found = tabulate(
        2,
        [
            (here, frozenset({0, 1})),
            (here, frozenset({1})),
            (there, frozenset({1})),
            (there, Missing.SKIPPED),
            (there, Missing.NOT_ASKED),
        ],
    )

    assert (3, 1, 1, 4) == (
        found.base.answered,
        found.base.skipped,
        found.base.not_asked,
        found.base.asked,
    )
    assert ({here: 1}, {here: 2, there: 1}) == found.chosen
