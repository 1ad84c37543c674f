"""How far a mailing has come, shown in one message that is edited in place."""

from datetime import datetime
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.screen import Screen
from handlers.text import _, pick
from services.clock import local
from services.delivery.mailing import Mailing
from services.delivery.mailing_control import Control, PauseReason
from services.delivery.quiet_hours import is_quiet
from storage.delivery import MailingStatus

ENDED = frozenset({MailingStatus.FINISHED, MailingStatus.CANCELLED})


class MailingControlled(CallbackData, prefix="ml"):
    """Pause, resume or cancel a mailing as it was at this version."""

    control: Control
    mailing: int
    version: int


class CancellationAsked(CallbackData, prefix="mlask"):
    """Whether to cancel a mailing for good."""

    mailing: int
    version: int


class CancellationDropped(CallbackData, prefix="mlno"):
    """Not to cancel it after all."""


def progress_screen(mailing: Mailing, now: datetime, ends_at: datetime | None = None) -> Screen:
    """Return the progress of a mailing; buttons only while there is something to decide."""
    blocks = [f"📨 <b>{escape(mailing_title(mailing))}</b>", _state(mailing, now)]
    if ends_at is not None and mailing.status is MailingStatus.RUNNING:
        blocks[-1] += "\n" + _("Will be over at about {time}").format(
            time=f"{local(ends_at):%H:%M}"
        )
    blocks.append(counts_text(mailing.delivered, mailing.blocked, mailing.failed))
    return Screen("\n\n".join(blocks), _buttons(mailing))


def mailing_title(mailing: Mailing) -> str:
    """Return what its author calls it, or its number."""
    payload = mailing.payload
    title = pick(payload.get("title_kk") or "", payload.get("title_ru") or "")
    return title or _("Mailing No. {number}").format(number=mailing.id)


def counts_text(delivered: int, blocked: int, failed: int) -> str:
    """Return the counters, one a line."""
    lines = (
        _("Delivered: {count}").format(count=spaced(delivered)),
        _("Blocked the bot: {count}").format(count=spaced(blocked)),
        _("Not delivered: {count}").format(count=spaced(failed)),
    )
    return "\n".join(lines)


def spaced(number: int) -> str:
    """Return a number with a no-break space between thousands."""
    return f"{number:,}".replace(",", "\u00a0")


def _state(mailing: Mailing, now: datetime) -> str:
    done = _done(mailing)
    match mailing.status:
        case MailingStatus.FINISHED:
            return _("✅ Finished.")
        case MailingStatus.CANCELLED:
            return _("✖️ Cancelled. Sent before that: {done}").format(done=done)
        case MailingStatus.PAUSED if mailing.pause_reason == PauseReason.REFUSALS:
            return _(
                "⚠️ Stopped: Telegram refused too many messages. Please check the text, "
                "then resume or cancel. Sent so far: {done}"
            ).format(done=done)
        case MailingStatus.PAUSED:
            return _("⏸ Paused. Sent so far: {done}").format(done=done)
        case MailingStatus.RUNNING if is_quiet(now) and not mailing.at_night:
            return _(
                "🌙 Waits until 09:00: mailings are not sent at night. Sent so far: {done}"
            ).format(done=done)
        case MailingStatus.RUNNING:
            return _("Being sent: {done}").format(done=done)
        case _:
            return done


def _done(mailing: Mailing) -> str:
    if not mailing.reachable:
        return spaced(mailing.ended)
    total = max(mailing.reachable, mailing.ended)
    return _("{done} of {total} ({percent}%)").format(
        done=spaced(mailing.ended),
        total=spaced(total),
        percent=100 * mailing.ended // total,
    )


def _buttons(mailing: Mailing) -> InlineKeyboardMarkup | None:
    if mailing.status in ENDED:
        return None
    if mailing.status is MailingStatus.PAUSED:
        label, control = _("▶️ Resume"), Control.RESUME
    else:
        label, control = _("⏸ Pause"), Control.PAUSE
    seen = {"mailing": mailing.id, "version": mailing.version}
    return keyboard(
        [
            button(label, MailingControlled(control=control, **seen)),
            button(_("✖️ Cancel the mailing"), CancellationAsked(**seen)),
        ]
    )
