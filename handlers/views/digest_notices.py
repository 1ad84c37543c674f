"""A digest as one Telegram screen, and the word that one went by e-mail."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.buttons import keyboard
from handlers.notice import Notice
from handlers.text import _
from handlers.views.calendar_days import full
from handlers.views.digest_buttons import digest_keyboard, read_button
from handlers.views.digest_marks import Plain, Rich
from handlers.views.digest_text import daily_text
from services.digests.facts import DigestFacts, from_payload
from services.organisation.directory import Organisation

__all__ = ["digest_keyboard", "digest_notice", "digest_plain", "digest_text", "mailed_notice"]


def digest_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the digest of these facts in the current language; "digest" is its id."""
    facts = from_payload(payload)
    return Notice(
        digest_text(facts, organisation),
        digest_keyboard(facts, payload.get("digest", 0)),
        plain=digest_plain(facts, organisation),
    )


def digest_text(facts: DigestFacts, organisation: Organisation) -> str:
    """Return the digest as Telegram HTML."""
    return daily_text(facts, organisation, Rich())


def digest_plain(facts: DigestFacts, organisation: Organisation) -> str:
    """Return the digest without any marks, for e-mail and where Telegram refuses them."""
    return daily_text(facts, organisation, Plain())


def mailed_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the word that a digest went by e-mail: no service data, and the proof of reading."""
    words = _("📧 The digest went to your e-mail. Date: {date}")
    text = words.format(date=full(date.fromisoformat(payload["day"])))
    return Notice(text, keyboard([read_button(payload["digest"])]))
