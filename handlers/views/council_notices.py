"""What people read of public councils: a case that goes to one, a decision on an application."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.appeal_callbacks import FollowedAppeal, OwnAppeal
from handlers.views.appeal_names import topic_line
from handlers.views.appeal_reminders import case_button
from handlers.views.calendar_days import full
from handlers.views.council_callbacks import ApplicationOpened, CouncilShown
from handlers.views.emphasis import bold
from services.councils.model import ApplicationStatus
from services.organisation.directory import Organisation


def to_council_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return which council has the appeal now, or that none has it any more."""
    number = escape(payload["number"])
    data: CallbackData = OwnAppeal(appeal=payload["appeal"], receipt=True)
    if not payload["own"]:
        data = FollowedAppeal(appeal=payload["appeal"], receipt=True)
    lines = [
        bold(_title(payload).format(number=number)),
        escape(topic_line(payload["topic"], organisation)),
    ]
    if "council_kk" in payload:
        council = escape(pick(payload["council_kk"], payload["council_ru"]))
        lines.append(_("🏛 Public council: {council}").format(council=council))
    due = full(date.fromisoformat(payload["due_on"]))
    lines.append(_("Answer due by: {date}").format(date=due))
    return Notice("\n".join(lines), keyboard([button(_("Open the appeal"), data)]))


def _title(payload: Mapping[str, Any]) -> str:
    if "council_kk" not in payload:
        return _("↩️ The reception office looks into appeal No. {number} again")
    if payload["own"]:
        return _("🏛 A public council looks into your appeal now: No. {number}")
    return _("🏛 A public council looks into the appeal that you have joined: No. {number}")


def council_case_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return to who answers for a council that a case has come."""
    council = escape(pick(payload["council_kk"], payload["council_ru"]))
    lines = [
        bold(_("🏛 An appeal was handed to your public council")),
        council,
        _("Answer due by: {date}").format(
            date=full(date.fromisoformat(payload["case"]["due_on"]))
        ),
    ]
    return Notice("\n".join(lines), keyboard([case_button(payload["case"], organisation)]))


def application_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return to those who decide that somebody offers themselves, without a name."""
    council = escape(pick(payload["council_kk"], payload["council_ru"]))
    lines = [bold(_("🙋 Somebody offers themselves for a public council")), council]
    data = ApplicationOpened(application=payload["application"])
    return Notice("\n".join(lines), keyboard([button(_("Open the application"), data)]))


def application_decided_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return what was decided about one's own application, and the words with it."""
    accepted = payload["status"] == ApplicationStatus.ACCEPTED
    title = (
        _("✅ Your application to the public council is accepted")
        if accepted
        else _("Your application to the public council is declined")
    )
    council = escape(pick(payload["council_kk"], payload["council_ru"]))
    lines = [bold(title), council, "", f"<blockquote>{escape(payload['reply'])}</blockquote>"]
    data = CouncilShown(council=payload["council"])
    return Notice("\n".join(lines), keyboard([button(_("🏛 Open the council"), data)]))
