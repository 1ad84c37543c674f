"""Shares, scales, orders, differences and trends, and how they are printed."""

import ast
from datetime import date
from pathlib import Path

import pytest

from services.polls import statistics
from services.polls.statistics.cells import Cell
from services.polls.statistics.differences import compare
from services.polls.statistics.printing import Detail, detail, printed_base, printed_share
from services.polls.statistics.ranking import Ranked, ranking
from services.polls.statistics.scales import scale
from services.polls.statistics.shares import Share, group_and_rest, shares
from services.polls.statistics.tabulation import Missing, tabulate
from services.polls.statistics.trends import Wave, Way, steps, trend, wording_hash

HERE, THERE = ("75",), ("71",)
EQUAL: dict[Cell, float] = {HERE: 1.0, THERE: 1.0}
WAY = Way("wording", "telegram", "2023")


def several(share: float, effective: float) -> Share:
    """Return a share of as many respondents as they are worth."""
    return Share(share, int(effective), effective)


def test_shares_of_a_multiple_choice_are_of_respondents() -> None:
    """Shares sum to more than all; who skipped or was not asked is in no base."""
    answers = [
        (HERE, frozenset({0, 1})),
        (HERE, frozenset({1})),
        (THERE, frozenset({1})),
        (THERE, Missing.SKIPPED),
        (HERE, Missing.NOT_ASKED),
    ]
    first, second = shares(tabulate(2, answers), {HERE: 1.0, THERE: 2.0})

    assert (0.25, 1.0) == (first.share, second.share)
    assert 3 == first.respondents
    assert pytest.approx(16 / 6) == first.effective
    assert first.interval.low < 0.25 < first.interval.high


def test_a_question_that_nobody_answered() -> None:
    """Without answers every share is none of nobody, of which nothing is known."""
    (share,) = shares(tabulate(1, [(HERE, Missing.SKIPPED)]), EQUAL)

    assert Share(0.0, 0, 0.0) == share
    assert (0.0, 1.0) == (share.interval.low, share.interval.high)


def test_an_option_that_is_not_there() -> None:
    """An answer that names no option of the question is refused."""
    for given in (frozenset({2}), frozenset[int]()):
        with pytest.raises(ValueError, match="no such options"):
            tabulate(2, [(HERE, given)])


def test_a_group_and_its_rest() -> None:
    """A group is compared with all others, not with everybody."""
    answers = [(HERE, frozenset({0}))] * 30 + [(THERE, frozenset({0}))] * 10
    answers += [(THERE, frozenset({1}))] * 30

    group, rest = group_and_rest(tabulate(2, answers), EQUAL, lambda cell: cell == HERE)

    assert (1.0, 30) == (group[0].share, group[0].respondents)
    assert (0.25, 40) == (rest[0].share, rest[0].respondents)


def test_what_is_marked() -> None:
    """Only what is significant among all comparisons and at least 5 points is marked."""
    clear = (several(0.60, 1000), several(0.50, 1000))
    slight = (several(0.54, 100_000), several(0.50, 100_000))
    doubtful = (several(0.57, 700), several(0.515, 700))

    assert [True] == [each.marked for each in compare([doubtful])]
    assert [True, False] == [each.marked for each in compare([clear, slight])]
    assert [True, False, False] == [each.marked for each in compare([clear, doubtful, doubtful])]


def test_five_points_are_enough() -> None:
    """A difference of exactly 5 points is marked whatever binary fractions make of it."""
    (found,) = compare([(several(0.35, 10_000), several(0.30, 10_000))])

    assert found.marked


def test_nothing_to_compare() -> None:
    """Where all answered alike, or nobody did, there is no difference."""
    pairs = [(several(1.0, 50), several(1.0, 60)), (several(0.4, 50), Share(0.0, 0, 0.0))]

    assert [1.0, 1.0] == [each.corrected for each in compare(pairs)]


@pytest.mark.parametrize(
    ("respondents", "expected", "base"),
    [
        (49, Detail.NONE, 45),
        (50, Detail.LOW_BASE, 50),
        (99, Detail.LOW_BASE, 95),
        (100, Detail.FULL, 100),
    ],
)
def test_small_bases(respondents: int, expected: Detail, base: int) -> None:
    """Under 50 no percentages, under 100 a low base; bases are rounded down to 5."""
    assert expected is detail(respondents)
    assert base == printed_base(respondents)


@pytest.mark.parametrize(
    ("chosen", "respondents", "share", "expected"),
    [
        (150, 150, 1.0, ">95"),
        (0, 199, 0.0, "<5"),
        (200, 200, 1.0, "100"),
        (0, 200, 0.0, "0"),
        (25, 200, 0.125, "13"),
        (149, 150, 0.999, "100"),
    ],
)
def test_printed_shares(chosen: int, respondents: int, share: float, expected: str) -> None:
    """All or none of a group under 200 is blunted; everything else is whole, half goes up."""
    assert f"{expected}\N{NO-BREAK SPACE}%" == printed_share(chosen, respondents, share)


def test_a_scale() -> None:
    """A scale has its two ends and a mean of those who are on it, «difficult» in the base only."""
    answers = [
        (HERE, frozenset({option})) for option in (0, 1, 2, 3, 4, 4, 4, 5) for _ in range(9)
    ]
    found = scale(tabulate(6, answers), EQUAL, (1, 2, 3, 4, 5))

    assert (0.25, 0.5) == (found.bottom, found.top)
    assert found.mean is not None
    assert pytest.approx(25 / 7) == found.mean.mean
    assert found.mean.interval.low < found.mean.mean < found.mean.interval.high


def test_no_mean_of_a_small_sample() -> None:
    """Under an effective sample of 30 on the scale there is no mean."""
    answers = [(HERE, frozenset({option % 2})) for option in range(29)]

    assert scale(tabulate(2, answers), EQUAL, (1, 2)).mean is None
    assert scale(tabulate(2, [*answers, *answers[:1]]), EQUAL, (1, 2)).mean is not None


def test_ranking() -> None:
    """First places, mean ranks and Borda shares; what an order leaves out shares the rest."""
    found = ranking(4, [(HERE, (0, 1, 2, 3)), (HERE, (0, 2))], EQUAL)

    assert [Ranked(1.0, 1.0, 1.0), Ranked(0.0, 2.75, 1.25 / 3)] == found[:2]
    assert [2.5, 3.75] == [option.mean_rank for option in found[2:]]
    assert [] == ranking(4, [], EQUAL)
    for wrong in ((0, 0), (4,), ()):
        with pytest.raises(ValueError, match="no order"):
            ranking(4, [(HERE, wrong)], EQUAL)


def test_waves_of_one_wording_are_one_line() -> None:
    """Waves are compared with the one before where wording, mode and margins are the same."""
    other = Way(WAY.wording, WAY.mode, None)
    waves = [
        Wave(date(2026, 3, 1), WAY, several(0.55, 900)),
        Wave(date(2026, 1, 1), WAY, several(0.40, 900)),
        Wave(date(2026, 5, 1), other, several(0.60, 900)),
    ]

    assert [[waves[1], waves[0]], [waves[2]]] == trend(waves)
    (step,) = steps(waves)
    assert (waves[1], waves[0], True) == (step.earlier, step.later, step.comparison.marked)
    assert pytest.approx(0.15) == step.comparison.difference.size


def test_wording() -> None:
    """White space makes no other wording; a letter, or the order of options, does."""
    same = wording_hash(["Жол қалай?", "Как дороги?"], [["Иә", "Да"], ["Жоқ", "Нет"]])

    assert same == wording_hash(["Жол  қалай? ", "Как дороги?"], [["Иә", "Да"], ["Жоқ", "Нет"]])
    assert same != wording_hash(["Жол қалай?", "Как дорога?"], [["Иә", "Да"], ["Жоқ", "Нет"]])
    assert same != wording_hash(["Жол қалай?", "Как дороги?"], [["Жоқ", "Нет"], ["Иә", "Да"]])


def test_it_stands_alone() -> None:
    """The statistics import nothing of the product but each other."""
    folder = Path(statistics.__path__[0])
    imported = {
        node.module or ""
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }
    product = ("bot", "handlers", "sandbox", "services", "storage")

    assert {"services.polls.statistics"} == {
        name.rpartition(".")[0] for name in imported if name.split(".")[0] in product
    }
