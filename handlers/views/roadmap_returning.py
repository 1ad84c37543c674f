"""Screens of returning a report with a question, and of replying to it."""

from html import escape

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.roadmap_callbacks import BoardShown, IndicatorShown
from handlers.views.roadmap_words import with_unit
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator


def question_screen(indicator: Indicator, fact: Fact, problem: str = "") -> Screen:
    """Ask what is to be asked about a report."""
    ask = _("What is unclear in this report? Write the question: the report comes back with it.")
    return _asking(indicator, fact, ask, problem)


def reply_screen(indicator: Indicator, fact: Fact, problem: str = "") -> Screen:
    """Ask for the reply to the question with which a report was returned."""
    asked = _("↩️ Returned with a question: {question}")
    ask = _("Write your reply. If the number was wrong, report it anew.")
    question = asked.format(question=escape(fact.question or ""))
    return _asking(indicator, fact, f"{question}\n\n{ask}", problem)


def returned_screen(code: str) -> Screen:
    """Say that the report was returned."""
    words = _("↩️ The report is returned. You will get the reply here.")
    return Screen(words, _onward(code))


def replied_screen(code: str) -> Screen:
    """Say that the reply was sent."""
    return Screen(_("✅ The reply is sent."), _onward(code))


def _asking(indicator: Indicator, fact: Fact, ask: str, problem: str) -> Screen:
    told = "\n".join(told_of(indicator, fact))
    warning = f"⚠️ {problem}" if problem else ""
    text = "\n\n".join(part for part in (warning, told, ask) if part)
    return Screen(text, keyboard([back(IndicatorShown(code=indicator.code))]))


def told_of(indicator: Indicator, fact: Fact) -> list[str]:
    """Return what a report says, line by line; HTML."""
    lines = [
        bold(escape(indicator.name(current_language()))),
        f"{full(fact.day)} · {with_unit(fact.value, indicator)}",
    ]
    if fact.comment:
        lines.append(f"💬 {escape(fact.comment)}")
    return lines


def _onward(code: str) -> InlineKeyboardMarkup:
    return keyboard(
        [button(_("📈 The indicator"), IndicatorShown(code=code))],
        [button(_("🗺 Road Map"), BoardShown())],
    )
