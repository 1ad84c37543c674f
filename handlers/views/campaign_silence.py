"""Words and buttons about the silence before a vote."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.notice import Notice
from handlers.screen import Screen
from handlers.text import _, current_language, pick
from handlers.views.calendar_days import full, moment
from handlers.views.campaign_callbacks import LetOut, LetOutAsked
from handlers.views.emphasis import bold
from handlers.views.mailing_callbacks import MailingOpened
from services.campaigns.model import Campaign
from services.campaigns.silence import Override
from services.organisation.directory import Organisation
from services.text.length import shortened

_REASON = 500


def waits_line(campaign: Campaign | None) -> str:
    """Return as HTML that a post waits for the end of this silence; "" where it does not."""
    if campaign is None:
        return ""
    return _(
        "⚖️ Silence before a vote ({campaign}): the post waits and goes out by itself on {date}. "
        "An administrator can let it out sooner, with a reason, on the card of the mailing."
    ).format(campaign=escape(campaign.title(current_language())), date=full(campaign.open_again))


def let_out_button(mailing: int) -> InlineKeyboardButton:
    """Return the button by which an administrator lets a mailing out."""
    return button(_("⚖️ Let it out all the same"), LetOutAsked(mailing=mailing))


def let_out_words(one: Override) -> str:
    """Return who let a mailing out, when and why, as HTML."""
    head = _("⚖️ Let out in the silence: {name}, {moment}").format(
        name=escape(one.name), moment=moment(one.at)
    )
    reason = _("Reason: {reason}").format(reason=escape(shortened(one.reason, _REASON)))
    return f"{head}\n{reason}"


def reason_question(mailing: int, problem: str = "") -> Screen:
    """Ask why a mailing shall go out."""
    text = _(
        "Why must this go out before the end of voting? Write the reason, for example: a warning "
        "about danger to life. It stays on the card of the mailing and in the audit."
    )
    words = f"⚠️ {problem}\n\n{text}" if problem else text
    return Screen(words, keyboard([cancel(MailingOpened(mailing=mailing))]))


def reason_check(mailing: int, words: str, message: int) -> Screen:
    """Show the reason before the mailing goes out."""
    text = _("Let this mailing out for this reason? To change it, just write it anew.")
    sure = button(_("⚖️ Yes, let it out"), LetOut(mailing=mailing, words=message))
    quoted = f"<blockquote>{escape(words)}</blockquote>"
    return Screen(f"{text}\n{quoted}", keyboard([sure], [back(MailingOpened(mailing=mailing))]))


def waits_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "silence_waits", to who sends what waits."""
    title = pick(payload["title_kk"], payload["title_ru"])
    if not title:
        title = _("Mailing No. {number}").format(number=payload["mailing"])
    text = _(
        "The vote: {campaign}, {date}. In the five days before it and on it the party publishes "
        "nothing. This goes out by itself on the day after; nothing is lost."
    ).format(
        campaign=escape(pick(payload["campaign_kk"], payload["campaign_ru"])),
        date=full(date.fromisoformat(payload["votes_on"])),
    )
    head = bold(_("⚖️ Your mailing waits: silence before a vote"))
    card = button(_("📨 Open the mailing"), MailingOpened(mailing=payload["mailing"]))
    return Notice(f"{head}\n{escape(title)}\n\n{text}", keyboard([card]))
