"""What the holders and the author of a poll with two keys are told by themselves."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.desk_callbacks import RunningPolls
from handlers.text import _, pick
from handlers.views.emphasis import bold
from handlers.views.poll_key_callbacks import LockedCalledOff, PassphraseGiven, PassphraseSet
from services.organisation.directory import Organisation


def key_asked_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "poll_key_asked", to a holder before the launch."""
    text = _(
        "You are asked to hold one of its two keys. The poll opens when both passphrases are set; "
        "its answers are opened only with both of them, after the closing."
    )
    begin = button(_("🔑 Set my passphrase"), PassphraseSet(draft=payload["draft"]))
    return _notice(_("🔑 A poll with two keys"), payload, text, begin)


def key_called_off_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "poll_key_called_off", to a holder."""
    text = _("Its author took it back: no passphrase is needed, and what you set is forgotten.")
    return _notice(_("The poll with two keys does not open"), payload, text)


def key_needed_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "poll_key_needed", to a holder after the closing."""
    heading = _("🔑 The poll is over: your passphrase is needed")
    if payload["reminder"]:
        heading = _("🔑 Reminder: your passphrase is needed")
    text = _("Without both passphrases its answers cannot be counted.")
    if payload["again"]:
        text = _(
            "The bot was restarted before both were there, and it keeps no passphrase: please "
            "send yours once more."
        )
    begin = button(_("🔑 Send my passphrase"), PassphraseGiven(draft=payload["draft"]))
    return _notice(heading, payload, text, begin)


def key_opened_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "poll_key_opened", to the author."""
    if payload["approval"]:
        text = _("Both passphrases are set. Now somebody else has to approve the poll.")
        return _notice(_("🔑 Your poll has its two keys"), payload, text)
    text = _("Both passphrases are set: the question is on its way.")
    running = button(_("📊 Running polls"), RunningPolls())
    return _notice(_("🚀 Your poll is open"), payload, text, running)


def key_refused_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "poll_key_refused", to the author."""
    message: str = payload["reason"]
    reason = _(message).format(**payload["parameters"])
    back = button(_("✏️ Take it back and change it"), LockedCalledOff(draft=payload["draft"]))
    return _notice(_("⚠️ Your poll cannot open"), payload, escape(reason), back)


def _notice(heading: str, payload: Mapping[str, Any], text: str, *buttons: Any) -> Notice:
    title = escape(pick(payload["title_kk"], payload["title_ru"]))
    body = f"{bold(heading)}\n\n{title}\n\n{text}"
    return Notice(body, keyboard(list(buttons)) if buttons else None)
