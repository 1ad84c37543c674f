"""A digest that did not arrive, for the administrators; one that was not read, for its reader."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.official.digest_callbacks import DigestRead
from handlers.text import N_, _
from handlers.views.calendar_days import hour, short
from handlers.views.digest_buttons import read_button
from handlers.views.digest_names import digest_name
from handlers.views.digest_scope import official_words
from services.digests.channel import Trouble
from services.digests.model import Channel, Period
from services.organisation.directory import Organisation

_WHY = {
    Trouble.WAITING: N_("it waits for its turn"),
    Trouble.BLOCKED: N_("the reader has blocked the bot or left Telegram; please call them"),
    Trouble.REFUSED: N_("the message was not accepted; the bot’s log says more"),
    Trouble.ADDRESS: N_("no e-mail address, or a wrong one; the reader can enter it again"),
    Trouble.NOT_SET_UP: N_("e-mail is not set up: SMTP_URL is empty"),
    Trouble.LOGIN: N_("the mail server refuses the bot; check SMTP_URL and SMTP_FROM"),
    Trouble.SERVER: N_("the mail server does not answer; the bot tries again"),
    Trouble.DEFERRED: N_("the mail server asks to wait; the bot tries again"),
}
_TELEGRAM_AWAY = N_("Telegram does not answer; the bot tries again")


def stuck_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return which digests have not arrived, since when and why."""
    stuck = payload["digests"]
    title = _("🚨 <b>Digests that have not arrived</b>: {count}")
    blocks = [title.format(count=len(stuck) + payload["more"])]
    blocks += [_stuck(each, organisation) for each in stuck]
    if payload["more"]:
        blocks.append(_("And others: {count}").format(count=payload["more"]))
    return Notice("\n\n".join(blocks))


def unread_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return what the reader has not said to have read, with the button to say so."""
    unread = payload["digests"]
    listed = "\n".join(f"• {_named(each)}" for each in unread)
    words = _(
        "👁 You have not yet confirmed that you have read this:\n{digests}\n\n"
        "Please read it and press the button. What is not confirmed two working days after it "
        "came is mentioned in a digest for the leadership."
    )
    if len(unread) == 1:
        rows = [[read_button(unread[0]["digest"])]]
    else:
        rows = [[button(_dated(each), DigestRead(digest=each["digest"]))] for each in unread]
    return Notice(words.format(digests=listed), keyboard(*rows))


def _stuck(each: Mapping[str, Any], organisation: Organisation) -> str:
    official = escape(official_words(each["official"], organisation))
    since = _("composed at: {time}").format(time=hour(datetime.fromisoformat(each["since"])))
    why = _(_reason(Trouble(each["why"]), Channel(each["channel"])))
    return f"<b>{official}</b>\n{_named(each)}, {since}\n↳ {why}"


def _reason(trouble: Trouble, channel: Channel) -> str:
    if trouble is Trouble.SERVER and channel is Channel.TELEGRAM:
        return _TELEGRAM_AWAY
    return _WHY[trouble]


def _named(each: Mapping[str, Any]) -> str:
    name = digest_name(Period(each["period"]), date.fromisoformat(each["day"]))
    return f"📧 {name}" if each["channel"] == Channel.EMAIL else name


def _dated(each: Mapping[str, Any]) -> str:
    """Return the button where there are several."""
    names = {
        Period.DAILY: _("👁 Read: {date}"),
        Period.WEEKLY: _("👁 Read, weekly: {date}"),
        Period.MONTHLY: _("👁 Read, monthly: {date}"),
        Period.QUARTERLY: _("👁 Read, quarterly: {date}"),
    }
    return names[Period(each["period"])].format(date=short(date.fromisoformat(each["day"])))
