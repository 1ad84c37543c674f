"""Screens of bans: how long, what is in force, what is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import back, button, keyboard
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.operator.appeals.decision import Decision
from handlers.operator.appeals.decision_callbacks import BanLifted, BansShown, BanUntil
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import moment
from handlers.views.deciding import above, asking
from handlers.views.emphasis import bold
from services.appeals.banning import Ban

_BAN_LENGTHS = (
    (timedelta(days=1), N_("1 day")),
    (timedelta(days=7), N_("1 week")),
    (timedelta(days=30), N_("1 month")),
)


def lengths_screen(decision: Decision, now: datetime, note: str) -> Screen:
    """Return how long a ban may be; the ends are whole hours."""
    title = bold(_("For how long should the author leave no new appeals?"))
    hint = _(
        "The author is told the reason and the end, and can object. They can still read, answer "
        "polls and see their own appeals.\n\nAnother end? Type its date, such as 20.04.2026."
    )
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    buttons = [
        button(
            _(label),
            BanUntil(
                appeal=decision.appeal,
                version=decision.version,
                until=int((hour + length).timestamp()),
            ),
        )
        for length, label in _BAN_LENGTHS
    ]
    return asking(decision, (note, title, hint), [buttons])


def banned_screen(ban: Ban, leave: CallbackData, note: str = "") -> Screen:
    """Return a ban in force with what the person says against it, and the button that ends it."""
    lines = [
        bold(_("The author leaves no new appeals until: {time}").format(time=moment(ban.until))),
        _("Since appeal No. {number}").format(number=escape(ban.appeal_number)),
        _("Reason: {reason}").format(reason=escape(ban.reason)),
    ]
    if ban.objection:
        lines += [_("The person objects:"), f"<blockquote>{escape(ban.objection)}</blockquote>"]
    lift = button(_("✅ End the ban now"), BanLifted(appeal=ban.appeal, ban=ban.number))
    return Screen(above(note, "\n".join(lines)), keyboard([lift], [back(leave)]))


def bans_screen(bans: Sequence[Ban], leave: CallbackData, note: str = "") -> Screen:
    """Return the bans in force; pressing one ends it after a look at its appeal."""
    text = bold(_("Bans in force")) if bans else _("Nobody is banned now.")
    rows = [
        [
            button(
                _("No. {number} · until {time}").format(
                    number=ban.appeal_number, time=moment(ban.until)
                ),
                AppealOpened(appeal=ban.appeal),
            )
        ]
        for ban in bans
    ]
    hint = _("To end one, open its appeal: ⋯ More, 🚫 Ban.") if bans else ""
    return Screen(above(note, text, hint), keyboard(*rows, [back(leave)]))


def lifted_screen() -> Screen:
    """Return the word that a ban is over."""
    text = _("✅ The ban is over, and the person has been told.")
    return Screen(text, keyboard([button(_("🚫 Bans in force"), BansShown())]))


def upheld_screen(appeal: int, number: int) -> Screen:
    """Return the word that a ban stands; it can still be ended."""
    lift = button(_("✅ End the ban now"), BanLifted(appeal=appeal, ban=number))
    text = _("The ban stands, and the person has been told.")
    return Screen(text, keyboard([lift], [button(_("🚫 Bans in force"), BansShown())]))
