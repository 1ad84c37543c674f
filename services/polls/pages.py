"""The pages of a result: each question's answers, its regions, its groups, and its trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.polls.disclosure import Disclosure
from services.polls.model import QuestionType
from services.polls.results import Result, Table
from services.polls.shown import disclosed

REGION = "region"
# The breakdowns of the page of groups, in their order.
GROUPS = ("sex", "age", "settlement", "stream")
OTHER_GROUP = "other"  # groups that were merged
_DRAWN = {
    QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE, QuestionType.RANKING,
}  # fmt: skip
_FEWEST = 2  # groups that are worth comparing


class View(StrEnum):
    """What a page shows of its question."""

    ANSWERS = "a"
    REGIONS = "r"
    GROUPS = "g"
    TREND = "t"


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `question` is the question's position."""

    question: int
    view: View = View.ANSWERS


def views(result: Result, question: int, waves: Sequence[Result] = ()) -> tuple[View, ...]:
    """Return what can be shown of a question; answers always, in words at least."""
    found = [View.ANSWERS]
    if not is_drawn(result, question):
        return tuple(found)
    if len(_percentages(result.cut(question, REGION))) >= _FEWEST:
        found.append(View.REGIONS)
    if any(len(_percentages(result.cut(question, cut))) >= _FEWEST for cut in GROUPS):
        found.append(View.GROUPS)
    if len(waves) >= _FEWEST:
        found.append(View.TREND)
    return tuple(found)


def is_drawn(result: Result, question: int) -> bool:
    """Tell whether the answers to a question have a picture."""
    drawn = result.poll.questions[question].type in _DRAWN
    return drawn and disclosed(result.table(question)) is not Disclosure.BASE


def pictures_of(result: Result) -> tuple[Page, ...]:
    """Return the pages that have a picture whatever was asked before: all but trends."""
    return tuple(
        Page(question.position, view)
        for question in result.poll.questions
        if is_drawn(result, question.position)
        for view in views(result, question.position)
    )


def _percentages(tables: Sequence[Table]) -> list[Table]:
    shown = {Disclosure.LOW_BASE, Disclosure.SHARES}
    return [table for table in tables if disclosed(table) in shown]
