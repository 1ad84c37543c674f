"""Changing the questions of a draft; each function returns what it was given, changed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from services.polls.composing import DIFFICULT_KK, DIFFICULT_RU
from services.polls.model import (
    END,
    Option,
    OptionRole,
    Question,
    QuestionType,
    Scale,
    Skip,
)

USUAL_MOST = 3  # of a multiple choice, unless it is set
TOP = 3  # places of a ranking that is not complete
SCALES = {(1, 5), (0, 10)}
# What each option that is not plain says; the last is the wording of official opinion polls.
ROLE_TEXTS = {
    OptionRole.OTHER: ("Басқа", "Другое"),
    OptionRole.NONE: ("Ешқайсысы", "Ничего из перечисленного"),
    OptionRole.DIFFICULT: (DIFFICULT_KK, DIFFICULT_RU),
}
# Which of them a question of each type may offer.
ROLES = {
    QuestionType.SINGLE: (OptionRole.OTHER, OptionRole.DIFFICULT),
    QuestionType.MULTIPLE: (OptionRole.OTHER, OptionRole.NONE, OptionRole.DIFFICULT),
    QuestionType.SCALE: (OptionRole.DIFFICULT,),
    QuestionType.RANKING: (OptionRole.DIFFICULT,),
}
CHOICES = {QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.RANKING}
SKIPPING = {QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE}


def added(
    questions: Sequence[Question], kind: QuestionType, scale: tuple[int, int] | None = None
) -> tuple[Question, ...]:
    """Return the questions and a new empty one, under the first code that is free."""
    taken = {one.code for one in questions}
    code = next(f"q{n}" for n in range(1, len(taken) + 2) if f"q{n}" not in taken)
    low, high = scale or (1, 5)
    asked = Question(
        position=len(questions),
        code=code,
        type=kind,
        text_kk="",
        text_ru="",
        most=USUAL_MOST if kind is QuestionType.MULTIPLE else 1,
        scale=Scale(low, high, "", "", "", "") if kind is QuestionType.SCALE else None,
    )
    if OptionRole.DIFFICULT in ROLES.get(kind, ()):
        asked = with_role(asked, OptionRole.DIFFICULT, offered=True)
    return (*questions, asked)


def find(questions: Sequence[Question], code: str) -> Question | None:
    """Return the question of this code."""
    return next((one for one in questions if one.code == code), None)


def changed(questions: Sequence[Question], question: Question) -> tuple[Question, ...]:
    """Return the questions with this one in place of that of its code."""
    return tuple(question if one.code == question.code else one for one in questions)


def moved(questions: Sequence[Question], code: str, position: int) -> tuple[Question, ...]:
    """Return the questions with this one at another position."""
    rest = [one for one in questions if one.code != code]
    rest[position:position] = [one for one in questions if one.code == code]
    return _numbered(rest)


def without(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return the questions without this one; what led to it leads to the next question."""
    return _numbered(
        replace(one, skips=tuple(skip for skip in one.skips if skip.target != code))
        for one in questions
        if one.code != code
    )


def plain_of(question: Question) -> tuple[Option, ...]:
    """Return the options that the operator wrote."""
    return tuple(one for one in question.options if one.role is OptionRole.PLAIN)


def with_texts(question: Question, kk: Sequence[str], ru: Sequence[str]) -> Question:
    """Return the question with these plain options; what has no translation yet says nothing.

    Skips stay with the option at their place, bounds stay possible.
    """
    pairs = zip_longest(kk, ru, fillvalue="")
    plain = [Option(place, in_kk, in_ru) for place, (in_kk, in_ru) in enumerate(pairs)]
    roles = [one for one in question.options if one.role is not OptionRole.PLAIN]
    return _bounded(question, _rearranged(question, [*plain, *roles]))


def with_role(question: Question, role: OptionRole, *, offered: bool) -> Question:
    """Return the question with «other», «none» or «difficult to answer», or without it."""
    if any(one.role is role for one in question.options) == offered:
        return question
    options = [one for one in question.options if one.role is not role]
    if offered:
        kk, ru = ROLE_TEXTS[role]
        options.append(Option(len(options), kk, ru, role))
    order = list(OptionRole)
    options.sort(key=lambda one: order.index(one.role))
    return _bounded(question, _rearranged(question, options))


def targets(question: Question) -> dict[int, str]:
    """Return where each option (of a scale: each value) leads that does not lead to the next."""
    led: dict[int, str] = {}
    for skip in question.skips:
        for option in skip.options:
            led.setdefault(option, skip.target)
    return led


def with_skip(question: Question, option: int, target: str | None) -> Question:
    """Return the question with one option leading to a code, to the END, or to the next."""
    led = targets(question)
    led.pop(option, None)
    if target is not None:
        led[option] = target
    return replace(question, skips=_skips(led))


def selectable(question: Question) -> int:
    """Return how many options may be chosen together."""
    return sum(not one.exclusive for one in question.options)


def leads_to(questions: Sequence[Question], code: str) -> str:
    """Return the number of the question of this code as people count, "" for the END."""
    found = find(questions, code)
    return "" if code == END or found is None else str(found.position + 1)


def _numbered(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(replace(one, position=place) for place, one in enumerate(questions))


def _rearranged(question: Question, options: Sequence[Option]) -> Question:
    """Give the options their places; skips follow them: plain ones by place, others by role."""
    options = tuple(replace(one, position=place) for place, one in enumerate(options))
    if question.type is QuestionType.SCALE:
        return replace(question, options=options)
    known = {_name(one): one.position for one in options}
    led = {
        known[_name(one)]: target
        for one in question.options
        if (target := targets(question).get(one.position)) and _name(one) in known
    }
    return replace(question, options=options, skips=_skips(led))


def _name(option: Option) -> tuple[OptionRole, int]:
    return option.role, option.position if option.role is OptionRole.PLAIN else 0


def _bounded(before: Question, question: Question) -> Question:
    number = selectable(question)
    if question.type is QuestionType.MULTIPLE and number:
        most = min(question.most, number)
        return replace(question, most=most, least=min(question.least, most))
    if question.type is QuestionType.RANKING and number:
        complete = before.most >= selectable(before) or number <= TOP
        most = number if complete else TOP
        return replace(question, most=most, least=most)
    return question


def _skips(led: dict[int, str]) -> tuple[Skip, ...]:
    ends = dict.fromkeys(led[option] for option in sorted(led))
    return tuple(Skip(frozenset(o for o in led if led[o] == end), end) for end in ends)
