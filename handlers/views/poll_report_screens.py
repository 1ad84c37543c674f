"""Screens of reports: the closed polls, and the files of one."""

from collections.abc import Collection, Iterable
from datetime import date
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.execution_callbacks import ReviewOpened
from handlers.views.export_callbacks import ExportAsked
from handlers.views.poll_patterns import pattern_lines
from handlers.views.poll_report_callbacks import (
    ReportMade,
    ReportOpened,
    ReportsListed,
    TextsListed,
)
from handlers.views.poll_result import number
from services.clock import local_date
from services.exports.kinds import Export
from services.language import Language
from services.people.deeds import Deed, may_somewhere
from services.people.model import Role
from services.polls.model import Poll, PollKind, QuestionType
from services.polls.reporting import ClosedPage, Reported
from services.text.length import shortened

_LABEL_LENGTH = 48
_NAMES = {Language.KAZAKH: "қаз", Language.RUSSIAN: "рус"}


def reports_screen(page: ClosedPage, *, first: bool, moderator: bool) -> Screen:
    """Return the closed polls; `first` where nothing stands before them."""
    title = bold(_("📑 Reports of polls"))
    words = [[button(_("💬 Answers in words"), TextsListed())]] if moderator else []
    review = [button(_("📋 How the Road Map is carried out"), ReviewOpened())]
    turning = [] if first else [button(_("« To the beginning"), ReportsListed())]
    if not page.polls:
        nothing = _("No poll has been counted yet.")
        return Screen(f"{title}\n\n{nothing}", keyboard(turning, review, *words))
    rows = [
        [
            button(
                f"{full(local_date(poll.ended_at))} · "
                f"{shortened(poll.title(current_language()), _LABEL_LENGTH)}",
                ReportOpened(poll=poll.id),
            )
        ]
        for poll in page.polls
    ]
    if page.more:
        turning.append(button(_("More ›"), ReportsListed(before=page.polls[-1].id)))
    choose = _("Choose a poll. The newest stands first.")
    return Screen(f"{title}\n\n{choose}", keyboard(*rows, turning, review, *words))


def report_screen(reported: Reported, roles: Collection[Role]) -> Screen:
    """Return the files of a poll's report; those with persons or their words by a second one."""
    result = reported.result
    title = escape(result.poll.title(current_language()))
    people = _("People who answered: {number}").format(number=number(result.base))
    closed = _("Closed: {date}").format(date=full(local_date(result.ended_at)))
    leave = [back(ReportsListed())]
    blocks = [f"<b>{title}</b>\n{people}\n{closed}"]
    if reported.until is not None:
        blocks.append(withheld_words(reported.until))
        return Screen("\n\n".join(blocks), keyboard(leave))
    blocks.append(
        _(
            "The full report: every table, weighted and not weighted side by side, and how it was "
            "counted. There is nobody’s personal data in it."
        )
    )
    blocks += map(escape, pattern_lines(reported.patterns))
    rows = [
        [
            button(
                f"{kind} · {_NAMES[language]}",
                ReportMade(poll=result.poll.id, language=language, book=book),
            )
            for kind, book in (("📄 PDF", False), ("📊 XLSX", True))
        ]
        for language in Language
    ]
    return Screen("\n\n".join(blocks), keyboard(*rows, *_second(result.poll, roles), leave))


def _second(poll: Poll, roles: Collection[Role]) -> Iterable[list[InlineKeyboardButton]]:
    """Yield the ways to files that a second person lets out."""
    if poll.passport.kind is PollKind.NAMED and may_somewhere(roles, Deed.READ_RESPONDENTS):
        asked = ExportAsked(kind=Export.NAMED, of=poll.id)
        yield [button(_("🔏 Who answered what (XLSX)"), asked)]
    in_words = any(one.type is QuestionType.TEXT for one in poll.questions)
    if in_words and may_somewhere(roles, Deed.READ_ANSWERS):
        asked = ExportAsked(kind=Export.WORDS, of=poll.id)
        yield [button(_("🔏 Answers in words (XLSX)"), asked)]


def withheld_words(until: date) -> str:
    """Return why there is no report now."""
    return _(
        "By law, results of polls about elections are not given out in the five days before a "
        "voting day and on it. Voting day: {date}"
    ).format(date=full(until))
