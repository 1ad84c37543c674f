"""An opened name: what the administrator sees once, and what the citizen is told."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.operator.appeals.decision_callbacks import NameHidden
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_callbacks import OwnAppeal
from handlers.views.appeal_names import topic_line
from handlers.views.emphasis import bold
from services.appeals.opening import SealedName
from services.organisation.directory import Organisation


def name_screen(opened: SealedName) -> Screen:
    """Return the name and the phone, and the button that takes them off the screen."""
    lines = [
        _("👤 Citizen: {name}").format(name=escape(opened.name or "—")),
        _("📞 Phone: {phone}").format(phone=escape(opened.phone or "—")),
        "",
        _("It is shown this once. Please do not pass it on, and hide it when you are done."),
    ]
    hiding = button(_("🙈 Hide the name"), NameHidden(appeal=opened.appeal))
    return Screen("\n".join(lines), keyboard([hiding]))


def hidden_screen(appeal: int) -> Screen:
    """Return that the name is sealed again."""
    words = _("🔒 The name is hidden. To see it again, it has to be asked for anew.")
    return Screen(words, keyboard([button(_("Open the appeal"), AppealOpened(appeal=appeal))]))


def opened_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return for the citizen who has opened the name, and why."""
    topic = escape(topic_line(payload["topic"], organisation))
    lines = [
        bold(_("🔓 Your name in a confidential appeal was opened.")),
        _("Number: {number}").format(number=escape(payload["number"])),
        _("Topic: {topic}").format(topic=topic),
        _("Who opened it: {who}").format(who=escape(_who(payload, organisation))),
        _("Reason:"),
        f"<blockquote>{escape(payload['reason'])}</blockquote>",
        _("Nobody else sees your name. This is recorded in the history of the appeal."),
    ]
    opening = button(_("Open the appeal"), OwnAppeal(appeal=payload["appeal"], receipt=True))
    return Notice("\n".join(lines), keyboard([opening]))


def _who(payload: Mapping[str, Any], organisation: Organisation) -> str:
    language = current_language()
    official = organisation.officials.get(payload["official"] or "")
    position = official.position(language) if official else _("administrator of the bot")
    return f"{position}, {organisation.party.name(language)}"
