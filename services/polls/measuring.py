"""One question in one group as a table: shares, means and ranks, rounded where it is a cut."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.polls.disclosure import PERCENT_FROM
from services.polls.model import Question, QuestionType
from services.polls.results import NATIONAL, Figure, Table
from services.polls.statistics.cells import Cell
from services.polls.statistics.numbers import mean_of
from services.polls.statistics.printing import printed_base
from services.polls.statistics.ranking import Ranked, ranking
from services.polls.statistics.scales import Mean, scale
from services.polls.statistics.shares import Share, shares
from services.polls.statistics.tabulation import Missing, Tabulation
from services.polls.tally import Mark

_WHOLE_POINTS = 2  # decimals of a share in a cut: with more of them its exact base would follow
_OF_A_MEAN = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's answers by cell, and as given: orders of a ranking, numbers."""

    tabulation: Tabulation
    marks: Mapping[tuple[Cell, tuple[int, ...]], int]

    def of(self, cells: frozenset[Cell]) -> "Asked":
        """Return the same of these cells."""
        own = {key: number for key, number in self.marks.items() if key[0] in cells}
        return Asked(self.tabulation.of(cells.__contains__), own)


def asked_of(question: Question, marks: Mapping[tuple[Cell, Mark], int]) -> Asked:
    """Return the answers to a question, in an order that does not depend on theirs."""
    options = _options(question)
    counted: dict[str, Counter[Cell]] = {}
    chosen: tuple[Counter[Cell], ...] = tuple(Counter() for _ in range(options))
    given: dict[tuple[Cell, tuple[int, ...]], int] = {}
    for (cell, mark), number in sorted(marks.items(), key=lambda item: repr(item[0])):
        if isinstance(mark, Missing):
            counted.setdefault(mark.value, Counter())[cell] += number
            continue
        counted.setdefault("", Counter())[cell] += number
        if question.type in {QuestionType.RANKING, QuestionType.NUMBER}:
            given[cell, mark] = number
        if options:
            picked = mark[:1] if question.type is QuestionType.RANKING else mark
            for option in picked:
                chosen[option][cell] += number
    answered, skipped, not_asked = (
        counted.get(name, Counter())
        for name in ("", Missing.SKIPPED.value, Missing.NOT_ASKED.value)
    )
    return Asked(Tabulation(options, answered, chosen, skipped, not_asked), given)


def table_of(
    question: Question,
    cut: str,
    group: str,
    asked: Asked,
    weights: Mapping[Cell, float],
    *,
    weighted: bool,
) -> Table:
    """Return the table of a group that may be told; of a cut with rounded bases and shares."""
    tabulation = asked.tabulation
    base = tabulation.base
    exact = cut == NATIONAL
    bases = (base.answered, base.skipped, base.not_asked)
    answered, skipped, not_asked = bases if exact else map(printed_base, bases)
    if base.answered < PERCENT_FROM:
        votes = [sum(chosen.values()) if exact else None for chosen in tabulation.chosen]
        figures = tuple(Figure(number) for number in votes)
        return Table(question.position, cut, group, answered, skipped, not_asked, figures)
    mean = _mean(question, asked, weights)
    ranked = _ranked(question, asked, weights)
    digits = None if exact else _OF_A_MEAN
    return Table(
        question=question.position,
        cut=cut,
        group=group,
        answered=answered,
        skipped=skipped,
        not_asked=not_asked,
        figures=_figures(tabulation, weights, weighted=weighted, exact=exact),
        mean=_rounded(mean.mean, digits) if mean else None,
        mean_low=_rounded(mean.interval.low, digits) if mean else None,
        mean_high=_rounded(mean.interval.high, digits) if mean else None,
        ranks=tuple(_rounded(one.mean_rank, digits) for one in ranked),
        borda=tuple(_rounded(one.borda, digits and _WHOLE_POINTS) for one in ranked),
    )


def _options(question: Question) -> int:
    match question.type:
        case QuestionType.SCALE if question.scale is not None:
            points = question.scale.high - question.scale.low + 1
            return points + len(question.options)
        case QuestionType.SINGLE | QuestionType.MULTIPLE | QuestionType.RANKING:
            return len(question.options)
    return 0


def _figures(
    tabulation: Tabulation, weights: Mapping[Cell, float], *, weighted: bool, exact: bool
) -> tuple[Figure, ...]:
    equal = dict.fromkeys(tabulation.answered, 1.0)
    plain = shares(tabulation, equal)
    told = shares(tabulation, weights) if weighted else plain
    digits = None if exact else _WHOLE_POINTS

    def figure(votes: int, one: Share, shown: Share) -> Figure:
        return Figure(
            votes if exact else None,
            _rounded(one.share, digits),
            _rounded(shown.share, digits) if weighted else None,
            _rounded(shown.interval.low, digits),
            _rounded(shown.interval.high, digits),
        )

    votes = (sum(chosen.values()) for chosen in tabulation.chosen)
    return tuple(figure(*parts) for parts in zip(votes, plain, told, strict=True))


def _mean(question: Question, asked: Asked, weights: Mapping[Cell, float]) -> Mean | None:
    if question.scale is not None:
        values = range(question.scale.low, question.scale.high + 1)
        return scale(asked.tabulation, weights, values).mean
    if question.type is QuestionType.NUMBER:
        numbers = {(cell, mark[0]): number for (cell, mark), number in asked.marks.items()}
        return mean_of(numbers, weights)
    return None


def _ranked(question: Question, asked: Asked, weights: Mapping[Cell, float]) -> list[Ranked]:
    """Return the options that can be put in order; who chose another one is in no order."""
    if question.type is not QuestionType.RANKING:
        return []
    placed = sum(not option.exclusive for option in question.options)
    orders = Counter({key: n for key, n in asked.marks.items() if max(key[1]) < placed})
    return ranking(placed, orders, weights)


def _rounded(value: float, digits: int | None) -> float:
    return value if digits is None else round(value, digits)
