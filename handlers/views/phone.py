"""Confirming a phone number: why, how, and what is kept."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup

from handlers.buttons import back, button, keyboard
from handlers.callbacks import OpenSettings
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.poll_callbacks import PollOpened
from services.clock import local_date

SHARE = N_("📱 Share my number")
LEAVE = N_("✖️ Not now")


class PhoneOpened(CallbackData, prefix="phn"):
    """Whether one's number is confirmed, and how to do it; on the way to a poll, which one."""

    poll: int = 0


class PhoneWithdrawn(CallbackData, prefix="phx"):
    """Not to be confirmed any more."""


def phone_button(poll: int = 0) -> InlineKeyboardButton:
    """Return the way here."""
    return button(_("📱 Confirm my number"), PhoneOpened(poll=poll))


def why_screen() -> Screen:
    """Say what it is for and what is kept, over the only button that can share a number."""
    text = "\n\n".join(
        (
            bold(_("📱 Confirm your phone number")),
            _(
                "Some polls take answers only from people with a confirmed number: so nobody "
                "answers twice from several accounts. For everything else it is not needed."
            ),
            _(
                "The number itself is not kept: only a code made of it with a secret key, by "
                "which the same number is recognised. One number confirms one account. You can "
                "withdraw it at any time in /settings."
            ),
            _("Press “📱 Share my number” below."),
        )
    )
    return Screen(text, _sharing())


def again_screen(problem: str) -> Screen:
    """Say what was wrong, over the same button."""
    return Screen(problem, _sharing())


def confirmed_screen(since: datetime) -> Screen:
    """Tell that it is confirmed, and how to withdraw it."""
    lines = [
        bold(_("📱 Your phone number is confirmed")),
        _("Since: {date}").format(date=full(local_date(since))),
        _("The number itself is not kept, only a code made of it."),
    ]
    withdrawing = button(_("🗑 Withdraw the confirmation"), PhoneWithdrawn())
    return Screen("\n".join(lines), keyboard([withdrawing], [back(OpenSettings())]))


def withdrawn_screen() -> Screen:
    """Tell that nothing is kept of the number any more."""
    text = _(
        "The confirmation is withdrawn, and nothing is kept of the number. Answers you have given "
        "in polls stay counted."
    )
    return Screen(text, keyboard([phone_button()], [back(OpenSettings())]))


def to_poll_screen(poll: int) -> Screen:
    """Lead back to the poll for which it was confirmed."""
    return Screen(
        _("Now you can answer the poll."), keyboard([button(_("▶️ To the poll"), _poll(poll))])
    )


def needed_screen(problem: str, poll: int) -> Screen:
    """Say that a poll needs it, and lead there."""
    return Screen(problem, keyboard([phone_button(poll)]))


def _poll(poll: int) -> CallbackData:
    return PollOpened(poll=poll)


def _sharing() -> ReplyKeyboardMarkup:
    rows = [[KeyboardButton(text=_(SHARE), request_contact=True)], [KeyboardButton(text=_(LEAVE))]]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, one_time_keyboard=True)
