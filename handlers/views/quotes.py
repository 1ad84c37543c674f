"""Quotes from appeals before their moderator."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.operator.appeals.quote_callbacks import QuoteAllowed, QuoteTakenBack
from handlers.screen import Screen
from handlers.text import _


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


def wording_problem(appeal: int, problem: str) -> Screen:
    """Return what is wrong with a wording; the conversation waits for a better one."""
    return Screen(problem, keyboard([button(_("✖️ Cancel"), AppealOpened(appeal=appeal))]))


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
    leave = [button(_("✖️ Cancel"), AppealOpened(appeal=appeal))]
    quote = f"<blockquote>{escape(text)}</blockquote>"
    return Screen(f"{head}\n\n{quote}\n\n{advice}", keyboard(*rows, leave))
