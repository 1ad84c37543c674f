"""From counted ballots to what may be told: tables of every question, weighted and suppressed.

Nothing here depends on the order in which anybody answered: cells are taken in their own order,
words in the order of letters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.polls.cells import STREAM, UNKNOWN, cuts_of
from services.polls.disclosure import PERCENT_FROM, SMALLEST, keepable
from services.polls.measuring import Asked, asked_of, table_of
from services.polls.model import Launched, Question, Stream
from services.polls.results import NATIONAL, Result, Table
from services.polls.statistics.cells import Cell, at
from services.polls.statistics.differences import compare
from services.polls.statistics.shares import Share, group_and_rest
from services.polls.statistics.suppression import Group, publish
from services.polls.statistics.suppression import Table as Breakdown
from services.polls.tally import Tally
from services.polls.weights import Official, weigh_poll

MERGED = "other"  # the group of those who were merged
_POINTS = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """The result, and by question what was said in words, in the order of letters."""

    result: Result
    texts: Mapping[int, Sequence[str]]
    spoiled: int


@dataclass(frozen=True, slots=True)
class _Compared:
    """A table of a group, and its shares with those of the rest by option."""

    table: Table
    shares: tuple[tuple[Share, Share], ...] = ()


def count(launched: Launched, invited: int | None, tally: Tally, margins: Official) -> Counted:
    """Return what may be told of a frozen poll; raises ValueError where it takes answers yet."""
    if launched.frozen_at is None:
        raise ValueError("a poll that takes answers has no result")
    respondents = {cell: tally.respondents[cell] for cell in sorted(tally.respondents, key=repr)}
    weights = weigh_poll(respondents, launched.poll.target, margins)
    counter = _Counter(weights.by_cell, weighted=weights.told.weighted)
    compared = [
        one
        for question, marks in zip(launched.poll.questions, tally.marks, strict=True)
        for one in counter.tables(question, asked_of(question, marks))
    ]
    tables = _marked(compared)
    told = {table.question for table in tables}
    result = Result(
        poll=launched.poll,
        base=tally.base,
        streams=_streams(respondents),
        invited=invited,
        weighing=weights.told,
        tables=tuple(sorted(tables, key=lambda one: (one.question, one.cut, one.group))),
        ended_at=launched.frozen_at,
    )
    texts = {
        question.position: sorted(words)
        for question, words in zip(launched.poll.questions, tally.texts, strict=True)
        if words and question.position in told
    }
    return Counted(result, texts, tally.spoiled)


class _Counter:
    """Makes tables with the weights of one poll."""

    def __init__(self, weights: Mapping[Cell, float], *, weighted: bool) -> None:
        self._weights = weights
        self._weighted = weighted
        # Questions that the same people answered are broken down alike, and once.
        self._breakdowns: dict[frozenset[tuple[Cell, int]], list[Breakdown]] = {}

    def tables(self, question: Question, asked: Asked) -> list[_Compared]:
        """Return the table of everybody and those of groups; none under 10 answers."""
        tabulation = asked.tabulation
        answered = tabulation.base.answered
        votes = [sum(chosen.values()) for chosen in tabulation.chosen]
        if answered < SMALLEST or (votes and not keepable(answered, votes)):
            return []
        whole = table_of(question, NATIONAL, "", asked, self._weights, weighted=self._weighted)
        found = [_Compared(whole)]
        if answered < PERCENT_FROM:
            return found
        found += [
            self._group(question, breakdown.name, group, asked)
            for breakdown in self._broken_down(tabulation.answered)
            for group in breakdown.groups
            if group.labels != (UNKNOWN,)
        ]
        return found

    def _broken_down(self, answered: Mapping[Cell, int]) -> list[Breakdown]:
        key = frozenset(answered.items())
        if key not in self._breakdowns:
            self._breakdowns[key] = publish(answered, cuts_of(answered))
        return self._breakdowns[key]

    def _group(self, question: Question, cut: str, group: Group, asked: Asked) -> _Compared:
        label = MERGED if group.merged else group.labels[0]
        own = asked.of(group.cells)
        table = table_of(question, cut, label, own, self._weights, weighted=self._weighted)
        rest = asked.tabulation.base.answered - group.respondents
        if group.merged or min(group.respondents, rest) < PERCENT_FROM:
            return _Compared(table)
        pairs = group_and_rest(asked.tabulation, self._weights, group.cells.__contains__)
        return _Compared(table, tuple(zip(*pairs, strict=True)))


def _marked(compared: Sequence[_Compared]) -> list[Table]:
    """Return the tables with the differences that hold among all comparisons of the poll."""
    tests = iter(compare([pair for one in compared for pair in one.shares]))
    tables = []
    for one in compared:
        figures = list(one.table.figures)
        for option in range(len(one.shares)):
            test = next(tests)
            if test.marked:
                points = float(round(test.difference.size * _POINTS))
                figures[option] = replace(figures[option], differs=points)
        tables.append(replace(one.table, figures=tuple(figures)))
    return tables


def _streams(respondents: Mapping[Cell, int]) -> dict[Stream, int]:
    counted = at(respondents, STREAM)
    return {stream: counted[stream] for stream in Stream if stream in counted}
