"""What the author of a mailing is told at its end, or when it stopped by itself."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.mailing_progress import counts_text
from services.organisation.directory import Organisation
from storage.delivery import MailingStatus


def mailing_report(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the report of kind "mailing_report"."""
    title = pick(payload.get("title_kk") or "", payload.get("title_ru") or "")
    title = title or _("Mailing No. {number}").format(number=payload["mailing"])
    counts = counts_text(payload["delivered"], payload["blocked"], payload["failed"])
    return Notice(f"📨 <b>{escape(title)}</b>\n{_words(payload)}\n\n{counts}")


def _words(payload: Mapping[str, Any]) -> str:
    if payload["status"] == MailingStatus.FINISHED:
        return _("The mailing is finished.")
    return _(
        "The mailing has stopped: Telegram refused too many messages. Please check the text, "
        "then resume or cancel the mailing under its progress message."
    )
