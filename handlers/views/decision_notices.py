"""What people read when their appeal is sorted, extended, redirected, declined or joined.

And what they read of a ban, its end, and of what somebody says against one.
"""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealOpened, AppealsDesk
from handlers.operator.appeals.decision_callbacks import BanLifted, BanUpheld
from handlers.text import _
from handlers.views.appeal_callbacks import FollowedAppeal, OwnAppeal
from handlers.views.appeal_names import topic_line, type_line
from handlers.views.appeal_verdict import verdict_rows
from handlers.views.ban_callbacks import ObjectionBegun
from handlers.views.calendar_days import full, moment
from handlers.views.deciding import DECLINE_REASONS
from handlers.views.emphasis import bold
from services.appeals.declining import DeclineReason
from services.appeals.model import AppealStatus
from services.organisation.directory import Organisation


def sorted_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the type that the staff have chosen, and the due date that follows from it."""
    title = _("🏷 The type of your appeal was made more precise.")
    if not payload["own"]:
        title = _("🏷 The type of the appeal that you have joined was made more precise.")
    kind = escape(type_line(payload["type"], organisation))
    lines = [
        bold(title),
        *_about(payload, organisation),
        _("Type: {type}").format(type=kind),
        _("Answer due by: {date}").format(date=_day(payload["due_on"])),
    ]
    return Notice("\n".join(lines), keyboard([_opening(payload)]))


def extended_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the new due date, the one before, and the reason."""
    title = _("⏳ The answer to your appeal needs more time.")
    if not payload["own"]:
        title = _("⏳ The answer to the appeal that you have joined needs more time.")
    lines = [
        bold(title),
        *_about(payload, organisation),
        _("The due date was: {date}").format(date=_day(payload["before"])),
        _("New due date: {date}").format(date=_day(payload["due_on"])),
        _("Reason:"),
        _quoted(payload["reason"]),
    ]
    return Notice("\n".join(lines), keyboard([_opening(payload)]))


def redirected_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return where the appeal went, and what the citizen does next."""
    title = _("➡️ Your appeal was redirected: another body decides on it.")
    if not payload["own"]:
        title = _("➡️ The appeal that you have joined was redirected: another body decides on it.")
    lines = [
        bold(title),
        *_about(payload, organisation),
        _("Where: {body}").format(body=f"<b>{escape(payload['body'])}</b>"),
        "",
        bold(_("What you do next")),
        escape(payload["advice"] or next_steps()),
    ]
    return Notice("\n".join(lines), keyboard([_opening(payload)]))


def next_steps() -> str:
    """Return the usual advice after a redirection."""
    return _(
        "That body answers you itself, within its own term. Please ask it about the progress, "
        "and name the number and the date of this appeal. If nobody there answers, write to us "
        "again: /appeal"
    )


def declined_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the reason; the citizen may disagree."""
    title = _("✖️ Your appeal will not be dealt with.")
    if not payload["own"]:
        title = _("✖️ The appeal that you have joined will not be dealt with.")
    reason = DeclineReason(payload["reason"])
    listed = "" if reason is DeclineReason.OTHER else _(DECLINE_REASONS[reason])
    said = "\n".join(part for part in (listed, payload["words"]) if part)
    lines = [bold(title), *_about(payload, organisation), _("Reason:"), _quoted(said)]
    if not payload["own"]:
        lines.append(_("If it concerns you too, you can leave an appeal of your own: /appeal"))
        return Notice("\n".join(lines))
    lines.append(_("If you do not agree, say so within 7 days: somebody else will look at it."))
    rows = verdict_rows(payload["appeal"], payload["version"], AppealStatus.DECLINED)
    return Notice("\n".join(lines), keyboard(*rows))


def withdrawn_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return that the citizen has withdrawn the appeal; others may go on with their own."""
    if payload["own"]:
        title = _("↩️ You have withdrawn your appeal. Nobody works on it any more.")
        return Notice("\n".join([bold(title), *_about(payload, organisation)]))
    lines = [
        bold(_("↩️ The author has withdrawn the appeal that you have joined.")),
        *_about(payload, organisation),
        _("If it concerns you too, you can leave an appeal of your own: /appeal"),
    ]
    return Notice("\n".join(lines))


def joined_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return to which appeal this one was joined, and that its news come here."""
    title = _("🔗 Your appeal was joined to another one about the same matter.")
    if not payload["own"]:
        title = _("🔗 The appeal that you have joined goes on together with another one.")
    lines = [
        bold(title),
        *_about(payload, organisation),
        _("It goes on under the number: {number}").format(number=payload["target_number"]),
        _("Answer due by: {date}").format(date=_day(payload["due_on"])),
        _("You get all news of it here, and the answer too."),
    ]
    kind = OwnAppeal if payload["own"] and payload["same_author"] else FollowedAppeal
    opening = button(_("Open the appeal"), kind(appeal=payload["target"], receipt=True))
    return Notice("\n".join(lines), keyboard([opening]))


def banned_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return until when and why the reader leaves no new appeals, and how to object."""
    lines = [
        bold(_("🚫 You cannot leave new appeals for a while.")),
        _("Until: {time}").format(time=_moment(payload["until"])),
        _("Reason:"),
        _quoted(payload["reason"]),
        _(
            "Your earlier appeals are looked at as before. You can add to them, answer polls and "
            "read the news.\nIf you do not agree, press the button: an administrator will read "
            "what you write."
        ),
    ]
    objecting = button(_("❗ I do not agree"), ObjectionBegun(ban=payload["ban"]))
    return Notice("\n".join(lines), keyboard([objecting]))


def lifted_notice(_payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return that the reader can leave appeals again."""
    return Notice(_("✅ You can leave appeals again: /appeal"))


def objection_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return for administrators what somebody says against a ban; without "words", where."""
    words = payload.get("words")
    lines = [
        bold(_("🚫 Somebody objects to a ban.")),
        _("Until: {time}").format(time=_moment(payload["until"])),
        _("Reason: {reason}").format(reason=escape(payload["reason"])),
        *(
            [_("What the person says stands in the list of bans.")]
            if words is None
            else [_("The person objects:"), _quoted(words)]
        ),
    ]
    lift = BanLifted(appeal=payload["appeal"], ban=payload["ban"])
    opening = button(_("Open the appeal"), AppealOpened(appeal=payload["appeal"]))
    uphold = BanUpheld(appeal=payload["appeal"], ban=payload["ban"])
    rows = [
        [button(_("✅ End the ban now"), lift)],
        [button(_("Let the ban stand"), uphold)],
        [opening],
    ]
    return Notice("\n".join(lines), keyboard(*rows))


def upheld_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return that an administrator has read the objection and lets the ban stand."""
    read = (
        _("An administrator other than who decided on the ban has read your objection.")
        if payload["another"]
        else _("The administrator has read your objection.")
    )
    lines = [
        bold(_("🚫 The ban stands.")),
        read,
        _("Until: {time}").format(time=_moment(payload["until"])),
        _("Reason: {reason}").format(reason=escape(payload["reason"])),
        _("Then you can leave appeals again. Until then all the rest stays open to you."),
    ]
    return Notice("\n".join(lines))


def surge_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return for administrators that newcomers have to wait."""
    text = _(
        "Within one minute, appeals of people who joined in the last hour: {count}. Other "
        "newcomers now wait a minute each; everybody else writes as usual. Look whether the texts "
        "are alike."
    ).format(count=payload["count"])
    title = bold(_("⚠️ Unusually many appeals of newcomers"))
    return Notice(f"{title}\n{text}", keyboard([button(_("📥 Appeals"), AppealsDesk())]))


def _about(payload: Mapping[str, Any], organisation: Organisation) -> list[str]:
    topic = escape(topic_line(payload["topic"], organisation))
    return [
        _("Number: {number}").format(number=escape(payload["number"])),
        _("Topic: {topic}").format(topic=topic),
    ]


def _opening(payload: Mapping[str, Any]) -> Any:
    kind = OwnAppeal if payload["own"] else FollowedAppeal
    return button(_("Open the appeal"), kind(appeal=payload["appeal"], receipt=True))


def _quoted(text: str) -> str:
    return f"<blockquote>{escape(text)}</blockquote>"


def _day(iso: str) -> str:
    return full(date.fromisoformat(iso))


def _moment(iso: str) -> str:
    return moment(datetime.fromisoformat(iso))
