"""What people read of an answer and of what follows it: citizen, those who joined, staff."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.text import N_, _, current_language
from handlers.views.appeal_names import topic_line
from handlers.views.appeal_verdict import promise_rows, verdict_rows
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.verdict_callbacks import ReplyBegun
from services.appeals.model import AppealStatus, Outcome
from services.organisation.directory import Organisation
from services.text.length import shortened

_ANSWER_ROOM = 1500

_ENDS = {
    Outcome.CONFIRMED: N_("🏁 The appeal is closed: the matter is solved."),
    Outcome.UNCONFIRMED: N_(
        "🏁 The appeal is closed: in 7 days nobody said whether the matter is solved."
    ),
    Outcome.DECLINED: N_("🏁 The appeal is closed without being dealt with."),
}


def answered_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the answer and by whom it is; the citizen is asked whether the matter is solved."""
    own = payload["own"]
    title = _("✉️ Your appeal has been answered.")
    if not own:
        title = _("✉️ The appeal that you have joined has been answered.")
    lines = [bold(title), *_about(payload, organisation)]
    author = _handler(payload, organisation)
    if author:
        lines.append(_("Answered by: {official}").format(official=escape(author)))
    lines.append(f"<blockquote>{escape(payload['text'])}</blockquote>")
    if not own:
        return Notice("\n".join(lines))
    question = _("Is the matter solved? Without a word from you the appeal closes on: {date}")
    lines.append(question.format(date=_day(payload["closes_on"])))
    rows = verdict_rows(payload["appeal"], payload["version"], AppealStatus.ANSWERED)
    return Notice("\n".join(lines), keyboard(*rows))


def confirmed_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return for those who joined that the author finds the matter solved."""
    title = bold(_("✅ The author of the appeal says that the matter is solved."))
    return Notice("\n".join([title, *_about(payload, organisation)]))


def disputed_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return that the appeal is open again, and who handles it now."""
    title = _("🔁 Your appeal is looked at again.")
    if not payload["own"]:
        title = _("🔁 The author does not find the matter solved: the appeal is looked at again.")
    lines = [bold(title), *_about(payload, organisation)]
    language = current_language()
    office = organisation.offices.get(payload["office"])
    if office is not None:
        lines.append(
            _("Responsible office: {office}").format(office=escape(office.name(language)))
        )
    official = _official(payload, organisation)
    if official:
        lines.append(_("Now handled by: {official}").format(official=escape(official)))
    else:
        lines.append(_("Somebody else than before will answer."))
    lines.append(_("Answer due by: {date}").format(date=_day(payload["due_on"])))
    return Notice("\n".join(lines))


def closed_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return that the appeal is closed, and how it ended."""
    outcome = Outcome(payload["outcome"])
    lines = [bold(_(_ENDS[outcome])), *_about(payload, organisation)]
    if not payload["own"] or outcome is Outcome.DECLINED:
        return Notice("\n".join(lines))
    if payload["rating"] is not None:
        return Notice("\n".join(lines))
    if outcome is Outcome.UNCONFIRMED:
        lines.append(_("If the matter is not solved, please leave a new appeal: /appeal"))
    lines.append(_("How good is the answer, from 1 to 5?"))
    rows = verdict_rows(payload["appeal"], payload["decision"], AppealStatus.CLOSED)
    return Notice("\n".join(lines), keyboard(*rows))


def rechecked_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the question whether a promise was kept; for those who joined, what became of it."""
    about = _about(payload, organisation)
    if payload.get("kept"):
        title = _("✅ The author of the appeal says that the promise was kept.")
        return Notice("\n".join([bold(title), *about]))
    said = f"<blockquote>{escape(shortened(payload['answer'], _ANSWER_ROOM))}</blockquote>"
    if not payload["own"]:
        title = _("🤝 The author of the appeal is asked whether the promise was kept.")
        return Notice("\n".join([bold(title), *about, said]))
    title = _("🤝 You were promised something. Was it done?")
    rows = promise_rows(payload["appeal"], payload["decision"])
    return Notice("\n".join([bold(title), *about, said]), keyboard(*rows))


def asked_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the question of the staff; those who joined learn only that there was one."""
    about = _about(payload, organisation)
    if not payload["own"]:
        title = _("❓ The author of the appeal was asked for details.")
        return Notice("\n".join([bold(title), *about]))
    text = f"<blockquote>{escape(payload['text'])}</blockquote>"
    reply = ReplyBegun(appeal=payload["appeal"], question=payload["version"])
    lines = [bold(_("❓ There is a question about your appeal.")), *about, text]
    return Notice("\n".join(lines), keyboard([button(_("💬 Write a reply"), reply)]))


def silence_reminder(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the one reminder before silence closes the appeal."""
    question = _("Is the matter solved? Without a word from you the appeal closes on: {date}")
    lines = [
        bold(_("🕊 We have answered you and are waiting for your word.")),
        *_about(payload, organisation),
        question.format(date=_day(payload["closes_on"])),
    ]
    rows = verdict_rows(payload["appeal"], payload["version"], AppealStatus.ANSWERED)
    return Notice("\n".join(lines), keyboard(*rows))


def returned_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return for the staff of the next level that an answer did not help."""
    lines = [
        bold(_("🔁 A citizen says that the matter is not solved.")),
        *_about(payload, organisation),
        _("Level: {level}").format(level=payload["level"]),
        _("Answer due by: {date}").format(date=_day(payload["due_on"])),
    ]
    return Notice("\n".join(lines), keyboard([_opening(payload)]))


def replied_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the citizen's reply for who asked; without "text", where it can be read."""
    words = payload.get("text")
    said = _("Open the appeal to read it.") if words is None else _quoted(words)
    lines = [bold(_("💬 The citizen has replied.")), *_about(payload, organisation), said]
    return Notice("\n".join(lines), keyboard([_opening(payload)]))


def _quoted(words: str) -> str:
    return f"<blockquote>{escape(words)}</blockquote>"


def _about(payload: Mapping[str, Any], organisation: Organisation) -> list[str]:
    topic = escape(topic_line(payload["topic"], organisation))
    return [
        _("Number: {number}").format(number=escape(payload["number"])),
        _("Topic: {topic}").format(topic=topic),
    ]


def _handler(payload: Mapping[str, Any], organisation: Organisation) -> str:
    """Return who answered: the official, or the office where an operator did."""
    office = organisation.offices.get(payload["office"])
    named = office.name(current_language()) if office else ""
    return _official(payload, organisation) or named


def _official(payload: Mapping[str, Any], organisation: Organisation) -> str:
    language = current_language()
    official = organisation.officials.get(payload["official"])
    return f"{official.name(language)}, {official.position(language)}" if official else ""


def _opening(payload: Mapping[str, Any]) -> Any:
    return button(_("Open the appeal"), AppealOpened(appeal=payload["appeal"]))


def _day(iso: str) -> str:
    return full(date.fromisoformat(iso))
