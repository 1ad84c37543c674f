"""Asking the citizen and keeping notes, for those who handle an appeal."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.official.asking_callbacks import QuestionSent
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.screen import Screen
from handlers.text import N_, _
from services.appeals.answering import AnswerSheet
from services.language import Language

_WRITTEN_IN = {
    Language.KAZAKH: N_("Please ask in Kazakh: the appeal is in Kazakh."),
    Language.RUSSIAN: N_("Please ask in Russian: the appeal is in Russian."),
}


def question_screen(sheet: AnswerSheet) -> Screen:
    """Return the invitation to write a question."""
    words = _(
        "<b>A question about appeal No. {number}</b>\n\n"
        "Write in one message what you need to know. The citizen gets it with a button to reply, "
        "and you get the reply. {language}"
    )
    text = words.format(number=escape(sheet.number), language=_(_WRITTEN_IN[sheet.language]))
    return Screen(text, keyboard([_leave(sheet.id)]))


def question_preview(appeal: int, version: int, message_id: int, words: str) -> Screen:
    """Return the question as the citizen will read it, and the button that sends it."""
    text = _("The citizen will get this question. To change it, just write it anew.\n\n{question}")
    sending = QuestionSent(appeal=appeal, version=version, words=message_id)
    return Screen(
        text.format(question=f"<blockquote>{escape(words)}</blockquote>"),
        keyboard([button(_("✅ Send the question"), sending)], [_leave(appeal)]),
    )


def asked_screen(appeal: int) -> Screen:
    """Return the word that the question is on its way."""
    words = _("✅ The question is on its way to the citizen. The reply will come to you.")
    return Screen(words, keyboard([_opening(appeal)]))


def note_screen(number: str, appeal: int) -> Screen:
    """Return the invitation to write a note."""
    words = _("<b>A note on appeal No. {number}</b>\n\nOnly the staff reads it. Please write it.")
    return Screen(words.format(number=escape(number)), keyboard([_leave(appeal)]))


def noted_screen(appeal: int) -> Screen:
    """Return the word that the note is kept."""
    return Screen(_("📝 The note is kept."), keyboard([_opening(appeal)]))


def words_problem(appeal: int, problem: str) -> Screen:
    """Return what is wrong with the words; the conversation waits for better ones."""
    return Screen(problem, keyboard([_leave(appeal)]))


def _leave(appeal: int) -> InlineKeyboardButton:
    return button(_("✖️ Cancel"), AppealOpened(appeal=appeal))


def _opening(appeal: int) -> InlineKeyboardButton:
    return button(_("Open the appeal"), AppealOpened(appeal=appeal))
