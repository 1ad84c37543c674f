"""What may be answered to a question of each type; pure rules."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from services.polls.ballot import OTHER_BYTES, PHOTO_BYTES, TEXT_BYTES
from services.polls.model import (
    LONGEST_OTHER,
    LONGEST_TEXT,
    Answer,
    Answers,
    OptionRole,
    Question,
    QuestionType,
)
from services.polls.skipping import path
from services.refusal import N_, Refusal

# What fits into eight bytes of a ballot with a sign.
LARGEST_NUMBER = 2**63 - 1
_NUMBER = re.compile(r"[-−–]?[0-9]{1,18}")  # a phone types any of the three
_GAPS = re.compile(r"(?<=[0-9])[\s'](?=[0-9]{3}(?![0-9]))")


class Unanswered(Refusal):
    """This is no answer to the question yet; the sentence says what is missing."""


def check_answer(question: Question, answer: Answer | None) -> None:
    """Raise Unanswered unless this is a whole answer to the question, or skips what may be."""
    if answer is None or answer.skipped:
        if answer is None or question.required:
            raise Unanswered(N_("This question needs an answer."))
        return
    _CHECKS[question.type](question, answer)


def answered(question: Question, answer: Answer | None) -> bool:
    """Tell whether this is a whole answer to the question, or skips what may be skipped."""
    try:
        check_answer(question, answer)
    except Unanswered:
        return False
    return True


def check_answers(questions: Sequence[Question], answers: Answers) -> None:
    """Raise Unanswered unless every question on the way has its answer and no other has one."""
    asked = path(questions, answers)
    for position in asked:
        check_answer(questions[position], answers.get(position))
    if set(answers) != set(asked):
        raise Unanswered(N_("This question needs an answer."))


def other(question: Question) -> int | None:
    """Return the position of «other», None where there is none."""
    for option in question.options:
        if option.role is OptionRole.OTHER:
            return option.position
    return None


def told_other(question: Question, answer: Answer | None) -> bool:
    """Tell whether «other» is chosen."""
    return answer is not None and bool(answer.chosen) and other(question) in answer.chosen


def read_number(question: Question, text: str) -> Answer:
    """Return the answer of typed digits; raises Unanswered."""
    joined = _GAPS.sub("", text.strip())
    if not _NUMBER.fullmatch(joined):
        raise _number_wanted(question)
    number = int(re.sub("[−–]", "-", joined))
    answer = Answer(number=number)
    check_answer(question, answer)
    return answer


def read_text(question: Question, text: str) -> Answer:
    """Return the answer in words; raises Unanswered."""
    answer = Answer(text=written(text))
    if not answer.text:
        raise Unanswered(N_("Please write the answer in words."))
    check_answer(question, answer)
    return answer


def written(text: str) -> str:
    """Return the words as they are kept: "" where nothing can be seen of them.

    Control characters go: not every database keeps them, and that would show at the count only.
    """
    kept = "".join(
        letter
        for letter in text
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    seen = any(unicodedata.category(letter)[0] not in "CZ" for letter in kept)
    return kept.strip() if seen else ""


def check_other(words: str) -> None:
    """Raise Unanswered unless these are fitting words of «other»."""
    if not words:
        raise Unanswered(N_("Please write your own answer in a message."))
    if weight(words) > LONGEST_OTHER or len(words.encode()) > OTHER_BYTES:
        raise _too_long(words, LONGEST_OTHER)


def weight(words: str) -> int:
    """Return how many letters of a ballot the words take: an emoji takes two."""
    return max(len(words), (len(words.encode()) + 1) // 2)


def _check_single(question: Question, answer: Answer) -> None:
    _check_only(answer, "chosen", "text")
    if len(answer.chosen) != 1:
        raise _no_such()
    _check_options(question, answer)


def _check_multiple(question: Question, answer: Answer) -> None:
    _check_only(answer, "chosen", "text")
    _check_options(question, answer)
    chosen = {option.position: option for option in question.options}
    alone = [chosen[position].exclusive for position in answer.chosen]
    if any(alone):
        if len(alone) > 1:
            raise Unanswered(N_("This answer cannot stand beside others."))
        return
    if len(answer.chosen) < question.least:
        raise Unanswered(N_("Choose at least: {number}"), number=question.least)
    if len(answer.chosen) > question.most:
        raise Unanswered(N_("Choose at most: {number}"), number=question.most)


def _check_scale(question: Question, answer: Answer) -> None:
    _check_only(answer, "chosen", "value")
    if answer.value is None:
        _check_single(question, answer)
        return
    scale = question.scale
    if answer.chosen or scale is None or not scale.low <= answer.value <= scale.high:
        raise _no_such()


def _check_ranking(question: Question, answer: Answer) -> None:
    _check_only(answer, "chosen")
    _check_options(question, answer)
    exclusive = {option.position for option in question.options if option.exclusive}
    if not exclusive.isdisjoint(answer.chosen):
        if len(answer.chosen) > 1:
            raise Unanswered(N_("This answer cannot stand beside others."))
        return
    if len(answer.chosen) < question.least:
        raise Unanswered(N_("Put in order at least: {number}"), number=question.least)
    if len(answer.chosen) > question.most:
        raise Unanswered(N_("Put in order at most: {number}"), number=question.most)


def _check_number(question: Question, answer: Answer) -> None:
    _check_only(answer, "number")
    number = answer.number
    bounds = question.least <= (0 if number is None else number) <= question.most
    if number is None or not bounds or abs(number) > LARGEST_NUMBER:
        raise _number_wanted(question)


def _check_text(question: Question, answer: Answer) -> None:  # noqa: ARG001  # one shape for all
    _check_only(answer, "text")
    if weight(answer.text) > LONGEST_TEXT or len(answer.text.encode()) > TEXT_BYTES:
        raise _too_long(answer.text, LONGEST_TEXT)


def _check_photo(question: Question, answer: Answer) -> None:  # noqa: ARG001  # one shape for all
    _check_only(answer, "text")
    if len(answer.text.encode()) > PHOTO_BYTES:
        raise _no_such()


_CHECKS: dict[QuestionType, Callable[[Question, Answer], None]] = {
    QuestionType.SINGLE: _check_single,
    QuestionType.MULTIPLE: _check_multiple,
    QuestionType.SCALE: _check_scale,
    QuestionType.RANKING: _check_ranking,
    QuestionType.NUMBER: _check_number,
    QuestionType.TEXT: _check_text,
    QuestionType.PHOTO: _check_photo,
}


def _check_options(question: Question, answer: Answer) -> None:
    known = {option.position for option in question.options}
    if not known.issuperset(answer.chosen) or len(set(answer.chosen)) != len(answer.chosen):
        raise _no_such()
    if told_other(question, answer):
        check_other(answer.text)
    elif answer.text:
        raise _no_such()


def _check_only(answer: Answer, *parts: str) -> None:
    """Refuse what answers of other types have."""
    given = {
        "chosen": bool(answer.chosen),
        "value": answer.value is not None,
        "number": answer.number is not None,
        "text": bool(answer.text),
    }
    if any(there and part not in parts for part, there in given.items()):
        raise _no_such()


def _no_such() -> Unanswered:
    return Unanswered(N_("There is no such answer in this poll."))


def _too_long(words: str, limit: int) -> Unanswered:
    return Unanswered(
        N_("Too long: {length} characters of at most {limit}. Please shorten it."),
        length=weight(words),
        limit=limit,
    )


def _number_wanted(question: Question) -> Unanswered:
    return Unanswered(
        N_("Please write a whole number from {least} to {most}."),
        least=question.least,
        most=question.most,
    )
