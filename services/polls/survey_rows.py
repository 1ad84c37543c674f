"""From the rows of a file to questions; what is wrong is told by row."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from services.polls.checking import faults, faults_of
from services.polls.composing import check_question, clean
from services.polls.model import (
    END,
    Option,
    OptionRole,
    Question,
    QuestionType,
    Scale,
)
from services.polls.shaping import ROLE_TEXTS, USUAL_MOST, selectable, with_skip
from services.polls.survey_words import ENDS, NO, YES
from services.refusal import N_, Refusal

_SCALES = {"scale5": (1, 5), "scale10": (0, 10)}
_TYPES = {one.value: one for one in QuestionType} | dict.fromkeys(_SCALES, QuestionType.SCALE)
_OPTIONS = {
    "answer": OptionRole.PLAIN,
    "other": OptionRole.OTHER,
    "none": OptionRole.NONE,
    "difficult": OptionRole.DIFFICULT,
}
_DIGITS = 3
_BOTH = N_("Every answer is needed in both languages.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one line of a YAML file, as text; `kind` is a key of KINDS."""

    number: int
    kind: str
    kk: str = ""
    ru: str = ""
    code: str = ""
    least: str = ""
    most: str = ""
    random: str = ""
    optional: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one row; None: in the file as a whole."""

    row: int | None
    refusal: Refusal


class BadSurvey(Exception):  # noqa: N818  # an expected "no", told by row
    """The file is no survey yet; all that is wrong with it, by row."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.row}: {one.refusal.message}" for one in self.faults))


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file says."""

    title_kk: str
    title_ru: str
    questions: tuple[Question, ...]


@dataclass
class _Asked:
    """A question with the rows below it."""

    row: Row
    below: list[Row] = field(default_factory=list)


def survey_of(rows: Sequence[Row]) -> Survey:
    """Return the survey that the rows say; raises BadSurvey with all that is wrong."""
    wrong: list[RowFault] = []
    title = next((row for row in rows if row.kind == "title"), Row(0, "title"))
    asked: list[_Asked] = []
    for row in rows:
        if row.kind in _TYPES:
            asked.append(_Asked(row))
        elif row.kind != "title" and asked:
            asked[-1].below.append(row)
        elif row.kind != "title":
            wrong.append(RowFault(row.number, Refusal(N_("An answer stands above the question."))))
    if title.number:
        for words in (title.kk, title.ru):
            wrong += _tried(title, partial(check_question, words))
    codes = [_code(place, one.row) for place, one in enumerate(asked)]
    questions = tuple(_question(place, one, codes, wrong) for place, one in enumerate(asked))
    if wrong:
        wrong += _faults_of_each(asked, questions)
    else:
        wrong += _checked(title, asked, questions)
    if wrong:
        raise BadSurvey(sorted(wrong, key=lambda one: one.row or 0))
    return Survey(clean(title.kk), clean(title.ru), questions)


def _checked(
    title: Row, asked: Sequence[_Asked], questions: Sequence[Question]
) -> Iterator[RowFault]:
    for fault in faults(questions):
        row = None if fault.position is None else asked[fault.position].row.number
        yield RowFault(row, fault.refusal)
    if len(questions) > 1 and not title.number:
        yield RowFault(None, Refusal(N_("The title of the survey is missing.")))


def _faults_of_each(asked: Sequence[_Asked], questions: Sequence[Question]) -> Iterator[RowFault]:
    """Yield what is wrong inside of questions, where their ways cannot be looked at yet."""
    for one, question in zip(asked, questions, strict=True):
        for refusal in faults_of(question):
            if refusal.message != _BOTH:
                yield RowFault(one.row.number, refusal)


def _question(place: int, one: _Asked, codes: Sequence[str], wrong: list[RowFault]) -> Question:
    """Return the question of its rows, as far as they can be read; add what is wrong."""
    row = one.row
    chosen = sorted(
        (each for each in one.below if each.kind in _OPTIONS),
        key=lambda each: list(_OPTIONS).index(each.kind),
    )
    question = Question(
        position=place,
        code=codes[place],
        type=_TYPES[row.kind],
        text_kk=clean(row.kk),
        text_ru=clean(row.ru),
        options=tuple(_option(number, each) for number, each in enumerate(chosen)),
        scale=_scale(one),
    )
    for position, each in enumerate(chosen):
        if not question.options[position].text_kk or not question.options[position].text_ru:
            wrong.append(RowFault(each.number, Refusal(_BOTH)))
        if each.to:
            try:
                question = with_skip(question, position, _target(each.to, codes))
            except Refusal as refusal:
                wrong.append(RowFault(each.number, refusal))
    try:
        return replace(
            _bounded(question, row), random=_yes(row.random), required=not _yes(row.optional)
        )
    except Refusal as refusal:
        wrong.append(RowFault(row.number, refusal))
        return question


def _option(position: int, row: Row) -> Option:
    role = _OPTIONS[row.kind]
    kk, ru = ROLE_TEXTS.get(role, ("", ""))
    return Option(position, clean(row.kk) or kk, clean(row.ru) or ru, role)


def _scale(one: _Asked) -> Scale | None:
    bounds = _SCALES.get(one.row.kind)
    if bounds is None:
        return None
    ends = {row.kind: row for row in one.below}
    low, high = ends.get("low", Row(0, "low")), ends.get("high", Row(0, "high"))
    return Scale(*bounds, clean(low.kk), clean(low.ru), clean(high.kk), clean(high.ru))


def _bounded(question: Question, row: Row) -> Question:
    """Return the question with the bounds that the row says, or the usual ones."""
    least, most = _number(row.least), _number(row.most)
    together = selectable(question)
    match question.type:
        case QuestionType.MULTIPLE:
            usual = (1, min(USUAL_MOST, together))
        case QuestionType.RANKING:
            usual = (most or together, together)
        case _:
            usual = (1, 1)
    return replace(
        question,
        least=usual[0] if least is None else least,
        most=usual[1] if most is None else most,
    )


def _code(place: int, row: Row) -> str:
    return clean(row.code) or f"q{place + 1}"


def _target(said: str, codes: Sequence[str]) -> str:
    """Return the code that «to» means: a code, the number of a question, or the end."""
    plain = clean(said).casefold()
    if plain in ENDS:
        return END
    if plain in codes:
        return plain
    if plain.isdecimal() and len(plain) < _DIGITS and 0 < int(plain) <= len(codes):
        return codes[int(plain) - 1]
    raise Refusal(N_("There is no such question to go to: {question}"), question=said)


def _number(said: str) -> int | None:
    plain = said.replace(" ", "")
    if not plain:
        return None
    if not re.fullmatch(r"-?[0-9]{1,13}", plain):
        raise Refusal(N_("This is not a whole number: {number}"), number=said)
    return int(plain)


def _yes(said: str) -> bool:
    plain = said.strip().casefold()
    if plain not in YES | NO:
        raise Refusal(N_("Write yes or no here instead of: {words}"), words=said)
    return plain in YES


def _tried(row: Row, rule: Callable[[], object]) -> list[RowFault]:
    try:
        rule()
    except Refusal as refusal:
        return [RowFault(row.number, refusal)]
    return []
