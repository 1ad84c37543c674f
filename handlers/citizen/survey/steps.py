"""What a press or a message does to the sheet; the same for citizens and for a rehearsal."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from handlers.views.survey_callbacks import (
    SurveyChosen,
    SurveyPassed,
    SurveyRanked,
    SurveyRated,
    SurveyReturned,
    SurveySkipped,
    SurveyUnranked,
)
from services.polls import sheet as rules
from services.polls.answering import Step
from services.polls.answers import (
    Unanswered,
    check_other,
    read_number,
    read_text,
    told_other,
    written,
)
from services.polls.model import Answer, Question, QuestionType
from services.polls.sheet import Sheet
from services.refusal import N_


def pressed(press: CallbackData) -> Step:
    """Return what one of `survey_callbacks.STEPS` does; it raises Unanswered."""

    def step(questions: Sequence[Question], sheet: Sheet) -> Sheet:  # noqa: PLR0911  # one a button
        match press:
            case SurveyReturned():
                return rules.go(questions, sheet, press.question)
            case SurveyPassed():
                return rules.onward(questions, sheet, press.question)
            case SurveySkipped():
                return rules.skip(questions, sheet, press.question)
            case SurveyRated():
                return rules.rate(questions, sheet, press.question, press.value)
            case SurveyRanked():
                return rules.rank(questions, sheet, press.question, press.option, press.place)
            case SurveyUnranked():
                return rules.unrank(questions, sheet, press.question, press.places)
            case SurveyChosen():
                return rules.choose(questions, sheet, press.question, press.option, on=press.on)
        raise TypeError(type(press).__name__)

    return step


def heard(message: Message) -> Step:
    """Return what a message does: an answer to the question before the person, once.

    A message that became an answer already, and the rest of an album, change nothing; then
    `sheet.message` is not its id, or was it before. Raises Unanswered.
    """

    def step(questions: Sequence[Question], sheet: Sheet) -> Sheet:
        album = _album(message)
        if message.message_id <= sheet.message or (album and album == sheet.album):
            return sheet
        if sheet.at >= len(questions):
            raise Unanswered(N_("Please press one of the buttons."))
        question = questions[sheet.at]
        answer = _answer(question, sheet.answers.get(sheet.at, Answer()), message)
        after = rules.told(questions, sheet, answer)
        return replace(after, message=message.message_id, album=album)

    return step


def _answer(question: Question, was: Answer, message: Message) -> Answer:
    if question.type is QuestionType.PHOTO:
        if not message.photo:
            raise Unanswered(N_("Please send a photo."))
        return Answer(text=message.photo[-1].file_id)
    if question.type is QuestionType.NUMBER:
        return read_number(question, message.text or "")
    if question.type is QuestionType.TEXT:
        return read_text(question, message.text or "")
    if told_other(question, was):
        words = written(message.text or "")
        check_other(words)
        return replace(was, text=words)
    raise Unanswered(N_("Please press one of the buttons."))


def _album(message: Message) -> int:
    group = message.media_group_id or ""
    return int(group) % 2**63 if group.isdecimal() else 0
