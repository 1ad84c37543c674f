"""What people are told of errands: given, accepted, done, called off, asked, answered."""

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from pydantic import TypeAdapter

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.official.digest_callbacks import ErrandEnding, ErrandOpened
from handlers.text import _, current_language
from handlers.views.digest_scope import official_words
from handlers.views.emphasis import bold
from handlers.views.errand_screens import receiver_buttons
from handlers.views.errand_words import about_lines, due_line, holder_words, quoted
from services.digests.errand import About
from services.organisation.directory import Organisation

_ABOUT = TypeAdapter(About)

Payload = Mapping[str, Any]


def given_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Return the errand to whoever has it now."""
    lines = [
        bold(_("📋 You have been given an errand.")),
        *_about(payload, organisation),
        _("👤 Given by: {name}").format(name=_giver(payload, organisation)),
        *_due(payload),
        *_text(payload),
    ]
    return Notice("\n".join(lines), keyboard(receiver_buttons(payload["errand"], accepted=False)))


def accepted_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell who gave the errand that it was taken."""
    title = _("👌 Your errand has been accepted.")
    return _of_giver(title, payload, organisation)


def done_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell who gave the errand that it is done, in the words of whoever did it."""
    return _of_giver(_("✅ Your errand has been done."), payload, organisation)


def called_off_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell whoever has the errand that nothing is to be done about it any more."""
    lines = [
        bold(_("✖️ An errand has been called off.")),
        *_about(payload, organisation),
        _("👤 Given by: {name}").format(name=_giver(payload, organisation)),
        *_due(payload),
        *_text(payload),
    ]
    return Notice("\n".join(lines))


def returned_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Tell who gave the errand that whoever had it has left the staff."""
    return _of_giver(_("↩️ Your errand is back: who had it has left."), payload, organisation)


def asked_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Return the question to an operator."""
    lines = [
        bold(_("❔ A question of an official")),
        *_about(payload, organisation),
        _("👤 Asked by: {name}").format(name=_giver(payload, organisation)),
        *_text(payload),
    ]
    answering = ErrandEnding(errand=payload["errand"])
    return Notice("\n".join(lines), keyboard([button(_("✍️ Answer the question"), answering)]))


def answered_notice(payload: Payload, organisation: Organisation) -> Notice:
    """Return the answer of an operator to whoever asked."""
    lines = [
        bold(_("✉️ An operator has answered your question.")),
        *_about(payload, organisation),
        *_text(payload),
        *_reply(payload),
    ]
    return Notice("\n".join(lines))


def _of_giver(title: str, payload: Payload, organisation: Organisation) -> Notice:
    holder = holder_words(payload["person"], payload["person_official"], organisation)
    lines = [
        f"<b>{title}</b>",
        *_about(payload, organisation),
        _("➡️ Done by: {name}").format(name=escape(holder)),
        *_due(payload),
        *_text(payload),
        *_reply(payload),
    ]
    opening = ErrandOpened(errand=payload["errand"])
    return Notice("\n".join(lines), keyboard([button(_("📋 Open the errand"), opening)]))


def _giver(payload: Payload, organisation: Organisation) -> str:
    """Return name and position."""
    code = payload["official"]
    official = organisation.officials.get(code)
    name = official_words(code, organisation)
    position = "" if official is None else f", {official.position(current_language())}"
    return escape(f"{name}{position}")


def _about(payload: Payload, organisation: Organisation) -> Iterator[str]:
    if payload["digest"] is not None:
        yield from about_lines(_ABOUT.validate_python(payload["digest"]), organisation)


def _due(payload: Payload) -> Iterator[str]:
    if payload["due_on"] is not None:
        yield due_line(date.fromisoformat(payload["due_on"]), late=False)


def _text(payload: Payload) -> Iterator[str]:
    if payload["text"]:
        yield quoted(payload["text"])


def _reply(payload: Payload) -> Iterator[str]:
    if payload["reply"]:
        yield _("Reply:")
        yield quoted(payload["reply"])
