"""What people are told of the staff: who joined, whose role ended, whose PIN was reset."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _
from handlers.views.staff_callbacks import MemberShown, StaffListed
from handlers.views.staff_words import grant_of, grants_lines
from services.organisation.directory import Organisation

Payload = Mapping[str, Any]


def joined_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell an administrator who came by an invitation."""
    title = _("👋 {name} has joined the staff:").format(name=escape(payload["name"]))
    shown = MemberShown(person=payload["person"])
    words = "\n".join([title, *_grants(payload, organisation)])
    return Notice(words, keyboard([button(_("👤 Open the card"), shown)]))


def ended_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell somebody that they do not work here any more, or not in this role."""
    lines = [_("Your role has ended:"), *_grants(payload, organisation), ""]
    if payload["gone"]:
        lines.append(
            _(
                "You are none of the staff any more. Thank you for your work. You can go on using "
                "the bot as a citizen: /menu"
            )
        )
    else:
        lines.append(_("Your other roles go on. The menu: /menu"))
    return Notice("\n".join(lines))


def left_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell an administrator whose role ended, and what became of the work."""
    by = _("on the server") if payload["by"] is None else payload["by"]
    lines = [
        _("⛔️ {name}: roles have ended").format(name=escape(payload["name"])),
        *_grants(payload, organisation),
        "",
        _("👤 Ended by: {name}").format(name=escape(by)),
        _("Appeals handed over: {count}").format(count=payload["appeals"]),
        _("Errands given back: {count}").format(count=payload["errands"]),
    ]
    return Notice("\n".join(lines), keyboard([button(_("👥 Staff"), StaffListed())]))


def reset_notice(_payload: Payload, _organisation: Organisation) -> Notice:
    """Tell somebody that they will choose another PIN."""
    return Notice(
        _(
            "🔑 An administrator has reset your PIN. At your next step at work I ask you for a "
            "new one. If you did not ask for it, tell the administrator at once."
        )
    )


def _grants(payload: Payload, organisation: Organisation) -> list[str]:
    return [escape(line) for line in grants_lines(map(grant_of, payload["grants"]), organisation)]
