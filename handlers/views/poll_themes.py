"""Screens of a moderator who reads answers in words."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard, paired
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.poll_report_callbacks import (
    AnswerSkipped,
    ReportsListed,
    TextsListed,
    TextsOpened,
    ThemeBegun,
    ThemeGiven,
    ThemeTakenBack,
)
from services.polls.themes import COUNTED, LONGEST_THEME, UNSUITABLE, Asked, Reading
from services.text.length import shortened

_QUESTION_LENGTH = 44


def texts_screen(found: Sequence[Asked]) -> Screen:
    """Return the questions with answers in words."""
    title = bold(_("💬 Answers in words"))
    leave = [back(ReportsListed())]
    if not found:
        words = _("There are no answers in words now.")
        return Screen(f"{title}\n\n{words}", keyboard(leave))
    words = _(
        "Give each answer a theme. Personal data are covered. Themes with 10 mentions and more go "
        "into the report; the answers are deleted 30 days after the poll has closed."
    )
    rows = [[_question_button(asked)] for asked in found]
    return Screen(f"{title}\n\n{words}", keyboard(*rows, leave))


def reading_screen(reading: Reading, last: int | None = None) -> Screen:
    """Return an answer with the themes to choose from; `last`: the answer counted before it."""
    asked = reading.asked
    poll, question = asked.poll.id, asked.question.position
    undo = []
    if last is not None:
        back_to = ThemeTakenBack(poll=poll, question=question, number=last)
        undo = [button(_("↩️ The one before"), back_to)]
    leave = [back(TextsListed())]
    if reading.number is None:
        return Screen(f"{_head(asked)}\n\n{_nothing(asked)}", keyboard(undo, leave))
    key = {"poll": poll, "question": question, "number": reading.number}
    themes = [
        button(theme.text(current_language()), ThemeGiven(**key, code=str(theme.number)))
        for theme in reading.themes
    ]
    choose = _("Which theme is it about?") if themes else _("Name the first theme.")
    blocks = [_head(asked), _quoted(reading.text), choose]
    return Screen(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            *paired(themes),
            [button(_("➕ New theme"), ThemeBegun(**key))],
            [
                button(_("🚫 Unsuitable"), ThemeGiven(**key, code=UNSUITABLE)),
                button(_("⏭ Later"), AnswerSkipped(**key)),
            ],
            undo,
            leave,
        ),
        photo=reading.photo,
    )


def naming_screen(
    answer: tuple[int, int, int], kk: str = "", problem: str = "", about: str = ""
) -> Screen:
    """Return the question for the words of a theme: in Kazakh, then in Russian.

    about: the words of the answer that the theme is for.
    """
    if kk:
        ask = _("Now in Russian.")
        said = _("In Kazakh: {theme}").format(theme=escape(kk))
        lines = [problem, said, ask]
    else:
        limit = _("At most {most} characters, and nobody’s name.").format(most=LONGEST_THEME)
        lines = [_quoted(about), problem, _("Name the theme in Kazakh."), limit]
    poll, question, number = answer
    leave = back(TextsOpened(poll=poll, question=question, after=number - 1))
    return Screen("\n\n".join(line for line in lines if line), keyboard([leave]))


def _quoted(words: str) -> str:
    return f"<blockquote>{escape(words)}</blockquote>" if words else ""


def _head(asked: Asked) -> str:
    question = escape(asked.question.text(current_language()))
    left = _("To read: {number}").format(number=_unread(asked))
    return f"<b>{question}</b>\n{left}"


def _nothing(asked: Asked) -> str:
    if asked.unread:
        return _("Colleagues are reading the rest. Please look in ten minutes.")
    return _("All answers have been read. Thank you!")


def _question_button(asked: Asked) -> InlineKeyboardButton:
    words = shortened(asked.question.text(current_language()), _QUESTION_LENGTH)
    opened = TextsOpened(poll=asked.poll.id, question=asked.question.position)
    mark = _unread(asked) if asked.unread else "✅"
    return button(f"{mark} · {words}", opened)


def _unread(asked: Asked) -> str:
    return f"{COUNTED - 1}+" if asked.unread == COUNTED else str(asked.unread)
