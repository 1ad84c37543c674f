"""Counting the ballots of a frozen poll, page by page; runs in worker processes.

What leaves a process is how many gave which answer in which cell, and the words of open answers
apart from everything else: never a ballot.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self, TypeAlias

from services.clock import local_date
from services.polls.answers import answered
from services.polls.ballot import BallotForm, NotABallot, answer_in, opener, whose
from services.polls.cells import cell_of
from services.polls.model import Answer, Question, QuestionType
from services.polls.statistics.cells import Cell
from services.polls.statistics.tabulation import Missing

# What is counted of an answer: options (a ranking: in their order), a number, or that there are
# words. Points of a scale count from 0 at its low end, «difficult to answer» comes after them.
Mark: TypeAlias = tuple[int, ...] | Missing
_WORDED = {QuestionType.TEXT, QuestionType.PHOTO}
_REMEMBERED = 10_000  # answers, and profiles, whose bytes are read once


@dataclass(slots=True)
class Tally:
    """Valid ballots by cell, by question how many gave which answer in each cell, and words.

    marks and texts are by the place of the question in the poll.
    """

    respondents: Counter[Cell]
    marks: tuple[Counter[tuple[Cell, Mark]], ...]
    texts: tuple[list[str], ...]
    spoiled: int = 0

    @classmethod
    def empty(cls, questions: int) -> Self:
        """Return the tally of no ballots."""
        return cls(
            Counter(),
            tuple(Counter() for _ in range(questions)),
            tuple([] for _ in range(questions)),
        )

    @property
    def base(self) -> int:
        """The number of valid ballots."""
        return self.respondents.total()

    def add(self, other: "Tally") -> None:
        """Count these ballots too."""
        self.respondents.update(other.respondents)
        for mine, theirs in zip(self.marks, other.marks, strict=True):
            mine.update(theirs)
        for words, more in zip(self.texts, other.texts, strict=True):
            words.extend(more)
        self.spoiled += other.spoiled


@dataclass(frozen=True, slots=True)
class Reading:
    """How the ballots of a poll are read; `ages` are the levels of age to count by."""

    questions: tuple[Question, ...]
    launched_at: datetime
    ages: tuple[str, ...]


def tally(secret_key: bytes, sealed: Sequence[bytes], reading: Reading) -> Tally:
    """Open these ballots and count them; one that cannot be opened is spoiled."""
    open_one = opener(secret_key)
    opened: list[bytes] = []
    for box in sealed:
        try:
            opened.append(open_one(box))
        except NotABallot:
            opened.append(b"")
    return tally_opened(opened, reading)


def tally_opened(opened: Iterable[bytes], reading: Reading) -> Tally:
    """Count opened ballots; one with an answer that cannot be given is spoiled as a whole."""
    form, reader = BallotForm(reading.questions), _Reader(reading)
    total = Tally.empty(len(reading.questions))
    for plain in opened:
        try:
            head, parts = form.split(plain)
            cell = reader.cell(head)
            marks = [reader.mark(place, part) for place, part in enumerate(parts)]
        except NotABallot:
            total.spoiled += 1
            continue
        total.respondents[cell] += 1
        for place, (mark, text) in enumerate(marks):
            total.marks[place][cell, mark] += 1
            if text:
                total.texts[place].append(text)
    return total


@dataclass(slots=True)
class _Reader:
    """Reads bytes that many ballots have in common once."""

    _reading: Reading
    _cells: dict[bytes, Cell] = field(default_factory=dict)
    _marks: dict[tuple[int, bytes], tuple[Mark, str]] = field(default_factory=dict)

    def cell(self, head: bytes) -> Cell:
        found = self._cells.get(head)
        if found is None:
            found = self._cell(head)
            if len(self._cells) < _REMEMBERED:
                self._cells[head] = found
        return found

    def mark(self, place: int, part: bytes) -> tuple[Mark, str]:
        found = self._marks.get((place, part))
        if found is None:
            found = self._mark(place, part)
            if len(self._marks) < _REMEMBERED and not found[1]:
                self._marks[place, part] = found
        return found

    def _cell(self, head: bytes) -> Cell:
        profile, stream = whose(head)
        year = local_date(self._reading.launched_at).year
        return cell_of(profile, stream, year, self._reading.ages)

    def _mark(self, place: int, part: bytes) -> tuple[Mark, str]:
        question = self._reading.questions[place]
        answer = answer_in(question, part)
        if answer is None:
            return Missing.NOT_ASKED, ""
        if answer.skipped and not question.required:
            return Missing.SKIPPED, ""
        if not answered(question, answer):
            raise NotABallot("no such answer")
        return _mark(question, answer), answer.text


def _mark(question: Question, answer: Answer) -> Mark:
    if question.type in _WORDED:
        return ()
    if answer.number is not None:
        return (answer.number,)
    if question.scale is not None:
        scale = question.scale
        return ((scale.high if answer.value is None else answer.value - 1) - scale.low + 1,)
    return answer.chosen
