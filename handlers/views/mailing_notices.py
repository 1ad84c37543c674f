"""What the author of a mailing is told at its end, or when it stopped by itself."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _
from handlers.views.mailing_callbacks import MailingOpened, WorkbookAsked
from handlers.views.mailing_card import failure_lines, press_line, star_line
from handlers.views.mailing_words import counts_text, spaced, title_of
from services.organisation.directory import Organisation
from storage.delivery import MailingStatus


def mailing_report(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the report of kind "mailing_report"."""
    title = title_of(payload, payload["mailing"])
    text = f"📨 <b>{escape(title)}</b>\n{_words(payload)}\n\n" + "\n".join(_lines(payload))
    buttons = keyboard(
        [button(_("📄 Report (XLSX)"), WorkbookAsked(mailing=payload["mailing"]))],
        [button(_("📨 Open the mailing"), MailingOpened(mailing=payload["mailing"]))],
    )
    return Notice(text, buttons)


def _words(payload: Mapping[str, Any]) -> str:
    match payload["status"]:
        case MailingStatus.FINISHED:
            return _("The mailing is finished.")
        case MailingStatus.RECALLED:
            return _("The mailing was taken back.")
        case _:
            return _(
                "The mailing has stopped: Telegram refused too many messages. Please check the "
                "text, then resume or cancel the mailing."
            )


def _lines(payload: Mapping[str, Any]) -> Iterable[str]:
    if payload["status"] == MailingStatus.RECALLED:
        yield _("Delivered: {count}").format(count=spaced(payload["delivered"]))
        yield _("Deleted from chats: {count}").format(count=spaced(payload["recalled"]))
        yield _("Stayed in chats: {count}").format(count=spaced(payload["stayed"]))
        if payload["stayed"]:
            yield _("Telegram did not let the bot delete these: too old, or the bot is blocked.")
        return
    if payload.get("asked") is not None:
        yield _("In the audience: {count}").format(count=spaced(payload["asked"]))
    counts = (payload["delivered"], payload["blocked"], payload["failed"])
    yield counts_text(*counts, payload.get("held", 0))
    yield from failure_lines(payload.get("uncertain", 0), payload.get("words", ()))
    if "stars" in payload:
        yield star_line(payload["paid"], payload["stars"])
    if "useful" in payload:
        yield press_line(payload["useful"], payload["responses"])
