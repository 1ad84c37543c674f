"""What people are told of programmes by themselves."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.calendar_days import moment
from handlers.views.emphasis import bold
from handlers.views.programme_callbacks import (
    Left,
    PlaceTaken,
    ProgrammeOpened,
    ProgrammesShown,
)
from services.organisation.directory import Organisation

_Payload = Mapping[str, Any]


def offer_notice(payload: _Payload, _organisation: Organisation) -> Notice:
    """Offer a place that became free."""
    until = moment(datetime.fromisoformat(payload["until"]))
    lines = [
        bold(_("🎟 A place has become free for you")),
        _title(payload),
        "",
        _("It is kept for you until {time}. After that it goes to the next one.").format(
            time=until
        ),
    ]
    which, seen = payload["programme"], payload["version"]
    rows = [
        [button(_("✅ Take the place"), PlaceTaken(programme=which, seen=seen))],
        [button(_("🚪 I do not need it any more"), Left(programme=which, seen=seen))],
        [_open(payload)],
    ]
    return Notice("\n".join(lines), keyboard(*rows))


def missed_notice(payload: _Payload, _organisation: Organisation) -> Notice:
    """Tell that an offered place has gone on."""
    lines = [
        bold(_("The place has gone to the next one")),
        _title(payload),
        "",
        _("It was kept for you for a day, and you did not take it. You can sign up again."),
    ]
    return Notice("\n".join(lines), keyboard([_open(payload)]))


def reminder_notice(payload: _Payload, _organisation: Organisation) -> Notice:
    """Remind of a session."""
    lines = [bold(_("⏰ A session is coming")), _title(payload), "", *_session(payload)]
    return Notice("\n".join(lines), keyboard([_open(payload)]))


def moved_notice(payload: _Payload, _organisation: Organisation) -> Notice:
    """Tell that a session is at another time or place, or not at all."""
    if payload["gone"]:
        head = bold(_("🚫 A session will not take place"))
    else:
        head = bold(_("🔁 A session has changed"))
    lines = [head, _title(payload), "", *_session(payload)]
    return Notice("\n".join(lines), keyboard([_open(payload)]))


def off_notice(payload: _Payload, _organisation: Organisation) -> Notice:
    """Tell that a programme was called off, and why."""
    reason = escape(pick(payload["reason_kk"], payload["reason_ru"]))
    lines = [
        bold(_("🚫 A programme was called off")),
        _title(payload),
        "",
        _("Why: {reason}").format(reason=reason),
    ]
    other = button(_("🎓 Other programmes"), ProgrammesShown())
    return Notice("\n".join(lines), keyboard([other]))


def _title(payload: _Payload) -> str:
    return escape(pick(payload["title_kk"], payload["title_ru"]))


def _session(payload: _Payload) -> list[str]:
    parts = [pick(payload[f"{name}_kk"], payload[f"{name}_ru"]) for name in ("session", "place")]
    when = moment(datetime.fromisoformat(payload["starts_at"]))
    return [f"🗓 {when}", *(escape(part) for part in parts if part)]


def _open(payload: _Payload) -> Any:
    return button(_("🎓 To the programme"), ProgrammeOpened(programme=payload["programme"]))
