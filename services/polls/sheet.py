"""The answer sheet of one person: what is answered so far, and which question is before them.

Pure rules: each tap or message is a function of the questions and the sheet before. Taps carry
what is to be, never «the other way round», so a repeated one changes nothing.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.people.model import Profile
from services.polls.answers import Unanswered, answered, check_answer, told_other
from services.polls.ballot import Ballot, BallotForm
from services.polls.model import Answer, Answers, Question, QuestionType, Stream
from services.polls.skipping import on_path, path
from services.refusal import N_

# at, message, album
_HEAD = struct.Struct(">Bqq")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers under way; those to questions that skips lead around are kept until sealing."""

    # The position of the question before the person; the number of questions at the check.
    at: int = 0
    answers: Answers = field(default_factory=dict)
    stream: Stream = Stream.INVITED
    # The newest message that became an answer, and the album it was in (0: none).
    message: int = 0
    album: int = 0


class SheetForm:
    """How the sheets of one poll are written: every one in the same number of bytes."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._ballots = BallotForm(questions)

    def encode(self, sheet: Sheet) -> bytes:
        """Return what `decode` reads; the length tells nothing."""
        head = _HEAD.pack(sheet.at, sheet.message, sheet.album)
        return head + self._ballots.encode(Ballot(sheet.answers, Profile(), sheet.stream))

    def decode(self, plain: bytes) -> Sheet:
        """Return the sheet; raises services.polls.ballot.NotABallot."""
        at, message, album = _HEAD.unpack_from(plain)
        ballot = self._ballots.decode(plain[_HEAD.size :])
        return Sheet(at, ballot.answers, ballot.stream, message, album)


def asked(questions: Sequence[Question], answers: Answers) -> tuple[int, ...]:
    """Return the positions of the questions that are asked, up to the first to be answered."""
    return path(questions, _whole_ones(questions, answers))


def whole(questions: Sequence[Question], sheet: Sheet) -> dict[int, Answer] | None:
    """Return the answers to seal, by position; None while a question is open."""
    answers = on_path(questions, _whole_ones(questions, sheet.answers))
    return answers if len(answers) == len(asked(questions, answers)) else None


def before(questions: Sequence[Question], sheet: Sheet) -> int | None:
    """Return the position of the question before the present one on the way, None at the first."""
    passed = asked(questions, sheet.answers)
    if sheet.at not in passed:
        return passed[-1] if whole(questions, sheet) is not None else None
    place = passed.index(sheet.at)
    return passed[place - 1] if place else None


def go(questions: Sequence[Question], sheet: Sheet, position: int) -> Sheet:
    """Return the sheet at a question that is asked, or at the check of whole answers."""
    if position in asked(questions, sheet.answers):
        return replace(sheet, at=position)
    return replace(sheet, at=_first_open(questions, sheet.answers))


def onward(questions: Sequence[Question], sheet: Sheet, position: int) -> Sheet:
    """Return the sheet after a question; raises Unanswered where it has no whole answer."""
    if position not in asked(questions, sheet.answers):
        return go(questions, sheet, sheet.at)
    check_answer(questions[position], sheet.answers.get(position))
    return replace(sheet, at=_first_open(questions, sheet.answers))


def choose(
    questions: Sequence[Question], sheet: Sheet, position: int, option: int, *, on: bool = True
) -> Sheet:
    """Return the sheet with an option chosen, or no longer chosen (of a multiple choice).

    What is then whole leads onward, but for a multiple choice: there may be more to choose.
    Raises Unanswered: no such option, or one too many.
    """
    question = _asked(questions, sheet, position)
    if question is None:
        return go(questions, sheet, sheet.at)
    found = next((one for one in question.options if one.position == option), None)
    was = sheet.answers.get(position, Answer())
    if found is None:
        raise Unanswered(N_("There is no such answer in this poll."))
    if question.type is QuestionType.MULTIPLE and not found.exclusive:
        return _put(sheet, question, _marked(question, was, option, on=on))
    # The words of «other» stay while it is tapped again.
    words = was.text if option in was.chosen else ""
    chosen = Answer(chosen=(option,), text=words)
    if question.type is QuestionType.RANKING and not found.exclusive:
        raise Unanswered(N_("There is no such answer in this poll."))
    sheet = _put(sheet, question, chosen)
    if told_other(question, chosen):
        return sheet if not words else onward(questions, sheet, position)
    return onward(questions, sheet, position)


def rate(questions: Sequence[Question], sheet: Sheet, position: int, value: int) -> Sheet:
    """Return the sheet with a value of a scale, and onward; raises Unanswered."""
    question = _asked(questions, sheet, position)
    if question is None:
        return go(questions, sheet, sheet.at)
    return onward(questions, _put(sheet, question, Answer(value=value)), position)


def rank(
    questions: Sequence[Question], sheet: Sheet, position: int, option: int, place: int
) -> Sheet:
    """Return the sheet with an option at this place, counted from 0, and none after it.

    A tap for a place that is not the next one comes from an old screen and changes nothing.
    """
    question = _asked(questions, sheet, position)
    if question is None:
        return go(questions, sheet, sheet.at)
    ranked = _ranked(question, sheet)
    plain = {one.position for one in question.options if not one.exclusive}
    if option not in plain:
        raise Unanswered(N_("There is no such answer in this poll."))
    if place == len(ranked) and place < question.most and option not in ranked:
        ranked = (*ranked, option)
    return _put(sheet, question, Answer(chosen=ranked))


def unrank(questions: Sequence[Question], sheet: Sheet, position: int, places: int) -> Sheet:
    """Return the sheet with only so many first places kept."""
    question = _asked(questions, sheet, position)
    if question is None:
        return go(questions, sheet, sheet.at)
    return _put(sheet, question, Answer(chosen=_ranked(question, sheet)[:places]))


def skip(questions: Sequence[Question], sheet: Sheet, position: int) -> Sheet:
    """Return the sheet with a question left without an answer, and onward; raises Unanswered."""
    question = _asked(questions, sheet, position)
    if question is None:
        return go(questions, sheet, sheet.at)
    check_answer(question, Answer())
    kept = replace(sheet, answers={**sheet.answers, position: Answer()}, at=position)
    return onward(questions, kept, position)


def told(questions: Sequence[Question], sheet: Sheet, answer: Answer) -> Sheet:
    """Return the sheet with what was told to the question before the person, and onward.

    A multiple choice waits for its button. Raises Unanswered.
    """
    question = questions[sheet.at]
    if question.type is QuestionType.MULTIPLE:
        return _put(sheet, question, answer)
    check_answer(question, answer)
    return onward(questions, _put(sheet, question, answer), sheet.at)


def _marked(question: Question, was: Answer, option: int, *, on: bool) -> Answer:
    exclusive = {one.position for one in question.options if one.exclusive}
    chosen = set(was.chosen) - exclusive
    chosen = chosen | {option} if on else chosen - {option}
    if len(chosen) > question.most:
        raise Unanswered(N_("Choose at most: {number}"), number=question.most)
    answer = Answer(chosen=tuple(sorted(chosen)))
    return replace(answer, text=was.text) if told_other(question, answer) else answer


def _ranked(question: Question, sheet: Sheet) -> tuple[int, ...]:
    exclusive = {one.position for one in question.options if one.exclusive}
    chosen = sheet.answers.get(question.position, Answer()).chosen
    return tuple(option for option in chosen if option not in exclusive)


def _asked(questions: Sequence[Question], sheet: Sheet, position: int) -> Question | None:
    """Return the question, None for one that is not asked (a button of an old screen)."""
    return questions[position] if position in asked(questions, sheet.answers) else None


def _put(sheet: Sheet, question: Question, answer: Answer) -> Sheet:
    answers = {**sheet.answers, question.position: answer}
    if answer.skipped:
        # Nothing chosen any more is not yet the wish to skip.
        del answers[question.position]
    return replace(sheet, answers=answers, at=question.position)


def _whole_ones(questions: Sequence[Question], answers: Answers) -> dict[int, Answer]:
    return {at: answer for at, answer in answers.items() if answered(questions[at], answer)}


def _first_open(questions: Sequence[Question], answers: Answers) -> int:
    last = asked(questions, answers)[-1]
    return len(questions) if answered(questions[last], answers.get(last)) else last
