"""A survey as a citizen fills it in: before, question by question, the check, and after.

Each screen is made of a Filling, so an operator's preview shows the same; without `live` the
buttons do nothing.
"""

from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.callbacks import Noop
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.poll_callbacks import PollList
from handlers.views.poll_text import moment, protection_text
from handlers.views.survey_answers import in_words
from handlers.views.survey_callbacks import (
    SurveyBegun,
    SurveyOpened,
    SurveyReturned,
    SurveySealed,
)
from handlers.views.survey_question import answer_buttons, question_text
from services.polls.answering import Filling
from services.polls.model import Poll, PollKind, Stream
from services.polls.sheet import Sheet, asked, before
from services.text.length import shortened, utf16_length

_CAPTION = 1024
_QUESTION_LENGTH = 90
_ANSWER_LENGTH = 150
_NUMBERS = 6  # buttons in a row


def opening_screen(filling: Filling, stream: Stream, *, live: bool = True) -> Screen:
    """Return what is protected and what is not, and the way to the questions."""
    poll = filling.poll
    blocks = [
        f"<b>{escape(poll.title(current_language()))}</b>",
        protection_text(poll),
    ]
    if filling.answered:
        blocks.append(_anew(poll))
    begin = SurveyBegun(poll=poll.id, stream=stream)
    anew = SurveyBegun(poll=poll.id, stream=stream, anew=True)
    if filling.sheet is None:
        label = _("🔄 Answer anew") if filling.answered else _("▶️ To the questions")
        rows = [[_pressed(label, begin, live=live)]]
    else:
        onward = _("▶️ Continue: {progress}").format(progress=progress(filling))
        rows = [
            [_pressed(onward, begin, live=live)],
            [_pressed(_("🔄 From the beginning"), anew, live=live)],
        ]
    return Screen("\n\n".join(blocks), keyboard(*rows))


def question_screen(filling: Filling, *, live: bool = True) -> Screen:
    """Return the question before the person, or the check after the last; needs a sheet."""
    sheet = _sheet(filling)
    questions = filling.poll.questions
    if sheet.at >= len(questions):
        return check_screen(filling, live=live)
    question = questions[sheet.at]
    answer = sheet.answers.get(question.position)
    text = f"<b>{progress(filling)}</b>\n\n{question_text(filling, question, answer)}"
    rows = [
        [_pressed(label, data, live=live) for label, data in row]
        for row in answer_buttons(filling, question, answer)
    ]
    screen = Screen(text, keyboard(*rows, [_back(filling, live=live)]))
    if question.photo is None or utf16_length(text) > _CAPTION:
        return screen
    return Screen(text, screen.keyboard, question.photo)


def check_screen(filling: Filling, *, live: bool = True) -> Screen:
    """Return all answers, each to be changed, and the button that seals them."""
    poll, sheet = filling.poll, _sheet(filling)
    passed = asked(poll.questions, sheet.answers)
    lines = []
    numbers = []
    for number, position in enumerate(passed, 1):
        question = poll.questions[position]
        asking = shortened(question.text(current_language()), _QUESTION_LENGTH)
        told = shortened(in_words(question, sheet.answers.get(position)), _ANSWER_LENGTH)
        lines.append(f"{number}. {escape(asking)}\n<b>{escape(told)}</b>")
        change = SurveyReturned(poll=poll.id, question=position)
        numbers.append(_pressed(f"✏️ {number}", change, live=live))
    heading = _(
        "<b>Check your answers</b>\n\nNothing is sent yet. To change one, press its number."
    )
    named = poll.passport.kind is PollKind.NAMED
    label = _("✅ Send with my name") if named else _("🔒 Seal and send")
    send = _pressed(label, SurveySealed(poll=poll.id, stream=sheet.stream), live=live)
    text = "\n\n".join((heading, *lines))
    return Screen(text, keyboard([send], *in_rows(numbers, _NUMBERS), [_back(filling, live=live)]))


def sealed_screen(poll: Poll, stream: Stream) -> Screen:
    """Return the thanks, which say nothing of what was answered."""
    text = _(
        "✅ Your answers are recorded. Thank you!\n\nThe result comes here when the poll is "
        "closed. You can answer anew until: {moment}"
    ).format(moment=moment(poll.closes_at))
    anew = button(_("🔄 Answer anew"), SurveyOpened(poll=poll.id, stream=stream))
    return Screen(text, keyboard([anew], [button(_("‹ Open polls"), PollList())]))


def progress(filling: Filling) -> str:
    """Return «3/7»: which question of how many."""
    count = len(filling.poll.questions)
    return f"{min(_sheet(filling).at + 1, count)}/{count}"


def _anew(poll: Poll) -> str:
    """Return that there is an answer already, which may be changed but not read."""
    lines = [_("✅ You have answered this poll.")]
    if poll.passport.kind is not PollKind.NAMED:
        lines.append(_("What you answered can be shown to nobody, you included."))
    until = _(
        "You may answer anew until: {moment}\nNew answers take the place of the earlier ones."
    )
    return "\n".join((*lines, until.format(moment=moment(poll.closes_at))))


def _sheet(filling: Filling) -> Sheet:
    if filling.sheet is None:
        raise ValueError("nothing is begun")
    return filling.sheet


def _back(filling: Filling, *, live: bool) -> InlineKeyboardButton:
    poll, sheet = filling.poll, _sheet(filling)
    earlier = before(poll.questions, sheet)
    if earlier is None:
        return back(SurveyOpened(poll=poll.id, stream=sheet.stream) if live else Noop())
    return back(SurveyReturned(poll=poll.id, question=earlier) if live else Noop())


def _pressed(label: str, data: CallbackData, *, live: bool) -> InlineKeyboardButton:
    return button(label, data if live else Noop())
