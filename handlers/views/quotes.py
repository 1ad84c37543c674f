"""Quotes from appeals before their moderator."""

from collections.abc import Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.operator.appeals.quote_callbacks import (
    QuoteAllowed,
    QuoteAsked,
    QuotesListed,
    QuoteTakenBack,
)
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from services.appeals.quoting import Quotable, Unquoted
from services.organisation.directory import Organisation


def list_screen(page: Unquoted, organisation: Organisation, note: str, *, first: bool) -> Screen:
    """Return appeals that could be quoted; `first` where nothing newer stands before them."""
    head = f"{note}\n\n{bold(_('💬 Quotes'))}" if note else bold(_("💬 Quotes"))
    leave = [back(DeskShown())]
    turning = [] if first else [button(_("« To the beginning"), QuotesListed())]
    if not page.lines:
        words = _("There is nothing in this list now.")
        return Screen(f"{head}\n\n{words}", keyboard(turning, leave))
    words = _("Choose an appeal whose words others may read. The newest stands first.")
    rows = [[_line(line, organisation)] for line in page.lines]
    if page.more:
        turning.append(button(_("More ›"), QuotesListed(before=page.lines[-1].id)))
    return Screen(f"{head}\n\n{words}", keyboard(*rows, turning, leave))


def _line(line: Quotable, organisation: Organisation) -> InlineKeyboardButton:
    topic = organisation.topics.get(line.topic)
    name = topic.name(current_language()) if topic else line.topic
    return button(f"{line.number} · {name}", QuoteAsked(appeal=line.id, version=0))


def proposal_screen(draft: Mapping[str, Any], *, standing: str | None) -> Screen:
    """Return what could be quoted, or is quoted now, and what to look for."""
    title = _("<b>A quote from appeal No. {number}</b>")
    if standing is None:
        intro = _("This is how it can be shown in digests and reports, without the name:")
    else:
        intro = _("This is shown in digests and reports now:")
    return _screen(draft, f"{title.format(number=escape(draft['number']))}\n\n{intro}", standing)


def wording_screen(draft: Mapping[str, Any]) -> Screen:
    """Return the moderator's own wording as it will be shown."""
    return _screen(draft, _("This is how it will be shown in digests and reports:"), None)


def wording_problem(draft: Mapping[str, Any], problem: str) -> Screen:
    """Return what is wrong with a wording; the conversation waits for a better one."""
    return Screen(problem, keyboard([_cancel(draft)]))


def _cancel(draft: Mapping[str, Any]) -> InlineKeyboardButton:
    """Return the way back: to the card, or the list for who reads no cards."""
    leave = QuotesListed() if draft.get("listed") else AppealOpened(appeal=draft["appeal"])
    return button(_("✖️ Cancel"), leave)


def _screen(draft: Mapping[str, Any], head: str, standing: str | None) -> Screen:
    appeal, text = draft["appeal"], draft["text"]
    advice = _(
        "Look whether somebody could be recognised: by a name, an address, a date, an unusual "
        "job. To shorten it, write your own wording: at most 300 characters."
    )
    rows = []
    if text != standing:
        allowing = QuoteAllowed(appeal=appeal, words=draft["message"])
        rows.append([button(_("✅ May be shown"), allowing)])
    if standing is not None:
        rows.append([button(_("🗑 Show no more"), QuoteTakenBack(appeal=appeal))])
    leave = [_cancel(draft)]
    quote = f"<blockquote>{escape(text)}</blockquote>"
    return Screen(f"{head}\n\n{quote}\n\n{advice}", keyboard(*rows, leave))
