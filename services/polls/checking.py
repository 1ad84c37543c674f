"""What a survey must be before it is launched: every question whole, every way to its end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.polls.composing import (
    FEWEST_OPTIONS,
    MOST_PLAIN,
    OPTION_LENGTH,
    QUESTION_LENGTH,
)
from services.polls.draft import PollDraft
from services.polls.model import (
    END,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_RANKED,
    OptionRole,
    Question,
    QuestionType,
)
from services.polls.shaping import (
    CHOICES,
    ROLES,
    SCALES,
    SKIPPING,
    plain_of,
    selectable,
    targets,
)
from services.refusal import N_, Refusal

LARGEST = 10**12
_CODE = re.compile(r"[a-z0-9_]{1,16}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands against launching, and in which question; None: in the poll itself."""

    position: int | None
    refusal: Refusal


def check(draft: PollDraft) -> None:
    """Raise Refusal where any question has a fault."""
    for fault in faults(draft.questions):
        raise (
            fault.refusal
            if fault.position is None
            else Refusal(
                N_("Question {number} is not ready. Open it and see what is missing."),
                number=fault.position + 1,
            )
        )


def faults(questions: Sequence[Question]) -> tuple[Fault, ...]:
    """Return all that stands against these questions; ways are looked at once all are whole."""
    if not questions:
        return (Fault(None, Refusal(N_("There is no question yet."))),)
    if len(questions) > MOST_QUESTIONS:
        refusal = Refusal(
            N_("There are {number} questions, and at most {most} are possible."),
            number=len(questions),
            most=MOST_QUESTIONS,
        )
        return (Fault(None, refusal),)
    found = tuple(
        Fault(question.position, refusal)
        for question in questions
        for refusal in faults_of(question)
    )
    return found or tuple(_code_faults(questions)) or tuple(_way_faults(questions))


def faults_of(question: Question) -> Iterator[Refusal]:
    """Yield what this question lacks or has too much of, its ways aside."""
    if not question.text_kk or not question.text_ru:
        yield Refusal(N_("The question is needed in both languages."))
    if max(len(question.text_kk), len(question.text_ru)) > QUESTION_LENGTH:
        yield Refusal(N_("The question is longer than {limit} characters."), limit=QUESTION_LENGTH)
    yield from _option_faults(question)
    yield from _bound_faults(question)
    if question.type is QuestionType.SCALE:
        yield from _scale_faults(question)


def _option_faults(question: Question) -> Iterator[Refusal]:
    if question.type not in CHOICES:
        if len(question.options) > len(ROLES.get(question.type, ())) or plain_of(question):
            yield Refusal(N_("A question of this kind has no answers to choose from."))
        return
    plain = plain_of(question)
    most = MOST_RANKED if question.type is QuestionType.RANKING else MOST_PLAIN
    if not FEWEST_OPTIONS <= len(plain) <= most:
        yield Refusal(
            N_("From {fewest} to {most} answers are needed; there are {number}."),
            fewest=FEWEST_OPTIONS,
            most=most,
            number=len(plain),
        )
    if len(question.options) > MOST_OPTIONS:
        yield Refusal(
            N_("With “other” and the like there are more than {most} answers."), most=MOST_OPTIONS
        )
    if any(not one.text_kk or not one.text_ru for one in question.options):
        yield Refusal(N_("Every answer is needed in both languages."))
    longest = (max(len(one.text_kk), len(one.text_ru)) for one in question.options)
    if max(longest, default=0) > OPTION_LENGTH:
        yield Refusal(N_("An answer is longer than {limit} characters."), limit=OPTION_LENGTH)
    for texts in ([one.text_kk for one in plain], [one.text_ru for one in plain]):
        said = [text.casefold() for text in texts if text]
        if len(set(said)) < len(said):
            yield Refusal(N_("Two answers are the same. Please make each one different."))
            break
    roles = [one.role for one in question.options if one.role is not OptionRole.PLAIN]
    if len(set(roles)) < len(roles) or not set(roles) <= set(ROLES[question.type]):
        yield Refusal(N_("An answer of a special kind does not fit this question."))


def _bound_faults(question: Question) -> Iterator[Refusal]:
    match question.type:
        case QuestionType.MULTIPLE | QuestionType.RANKING if plain_of(question):
            if not 1 <= question.least <= question.most <= selectable(question):
                yield Refusal(N_("The number of answers to choose does not fit the answers."))
        case QuestionType.NUMBER:
            inside = question.least >= -LARGEST and question.most <= LARGEST
            if question.least >= question.most or not inside:
                yield Refusal(N_("The smallest and the largest number are needed."))


def _scale_faults(question: Question) -> Iterator[Refusal]:
    scale = question.scale
    if scale is None or (scale.low, scale.high) not in SCALES:
        yield Refusal(N_("A scale goes from 1 to 5 or from 0 to 10."))
        return
    ends = (scale.low_kk, scale.low_ru, scale.high_kk, scale.high_ru)
    if not all(ends):
        yield Refusal(N_("The words at both ends of the scale are needed in both languages."))
    if any(len(end) > OPTION_LENGTH for end in ends):
        yield Refusal(
            N_("The words at an end of the scale are longer than {limit} characters."),
            limit=OPTION_LENGTH,
        )


def _code_faults(questions: Sequence[Question]) -> Iterator[Fault]:
    codes = [one.code for one in questions]
    for question in questions:
        if not _CODE.fullmatch(question.code) or question.code == END:
            refusal = Refusal(N_("A code is 1 to 16 letters a–z, digits and _, and not “end”."))
            yield Fault(question.position, refusal)
        elif question.code in codes[: question.position]:
            yield Fault(question.position, Refusal(N_("Two questions have the same code.")))


def _way_faults(questions: Sequence[Question]) -> Iterator[Fault]:
    """Yield skips to nowhere, else circles, else what nobody would ever be asked."""
    nowhere = [Fault(one.position, r) for one in questions for r in _skip_faults(one, questions)]
    if nowhere:
        yield from nowhere
        return
    ways = {one.position: following(questions, one.position) for one in questions}
    circle = _circle(ways)
    if circle is not None:
        refusal = Refusal(
            N_("From this question one comes back to it again: nobody could finish.")
        )
        yield Fault(circle, refusal)
        return
    reached = _reached(ways)
    for question in questions:
        if question.position not in reached:
            refusal = Refusal(N_("Nobody would be asked this question: every way goes past it."))
            yield Fault(question.position, refusal)


def _skip_faults(question: Question, questions: Sequence[Question]) -> Iterator[Refusal]:
    codes = {one.code for one in questions} | {END}
    if question.skips and question.type not in SKIPPING:
        yield Refusal(N_("The answer to a question of this kind cannot lead elsewhere."))
    elif any(skip.target not in codes for skip in question.skips):
        yield Refusal(N_("An answer leads to a question that is not there."))
    elif any(not skip.options <= _values(question) or not skip.options for skip in question.skips):
        yield Refusal(N_("An answer that is not there leads elsewhere."))
    elif sum(len(skip.options) for skip in question.skips) > len(targets(question)):
        yield Refusal(N_("One answer leads to two questions."))


def _values(question: Question) -> frozenset[int]:
    """Return what an answer may hold that skips look at."""
    if question.type is QuestionType.SCALE and question.scale is not None:
        return frozenset(range(question.scale.low, question.scale.high + 1))
    return frozenset(one.position for one in question.options)


def following(questions: Sequence[Question], position: int) -> frozenset[int | None]:
    """Return the positions that some answer leads to from here; None is the end.

    As `services.polls.skipping.next_question` goes: the first skip that has any chosen option
    decides, so a skip takes those whose answer holds nothing of the skips before it.
    """
    question = questions[position]
    places = {one.code: one.position for one in questions}
    after = position + 1 if position + 1 < len(questions) else None
    left = set(_values(question))
    found: set[int | None] = set()
    for skip in question.skips:
        if skip.options & left and _answerable(question, left, skip.options):
            found.add(None if skip.target == END else places[skip.target])
        left -= skip.options
    if not question.required or _goes_on(question, left):
        found.add(after)
    return frozenset(found)


def _answerable(question: Question, left: set[int], wanted: frozenset[int]) -> bool:
    """Tell whether some answer out of `left` holds one that is wanted."""
    if question.type is not QuestionType.MULTIPLE:
        return True
    alone = {one.position for one in question.options if one.exclusive}
    together = left - alone
    return bool(wanted & left & alone) or (
        bool(wanted & together) and len(together) >= question.least
    )


def _goes_on(question: Question, left: set[int]) -> bool:
    """Tell whether some answer holds nothing that leads elsewhere."""
    if question.type not in SKIPPING or not question.skips:
        return True
    if question.type is QuestionType.SCALE and question.options:
        return True  # «difficult to answer» leads nowhere else
    return _answerable(question, left, frozenset(left)) and bool(left)


def _circle(ways: dict[int, frozenset[int | None]]) -> int | None:
    """Return a question from which one comes back to it; None where there is none."""
    done: set[int] = set()
    while len(done) < len(ways):
        ends = [one for one in ways if one not in done and ways[one] <= done | {None}]
        if not ends:
            return next(one for one in ways if one not in done and one in _reached(ways, one))
        done.update(ends)
    return None


def _reached(ways: dict[int, frozenset[int | None]], start: int | None = None) -> set[int]:
    """Return what is reached from the first question, it included, or from another one."""
    reached: set[int] = {0} if start is None else set()
    waiting = [0 if start is None else start]
    while waiting:
        new = {one for one in ways[waiting.pop()] if one is not None} - reached
        reached |= new
        waiting += new
    return reached
