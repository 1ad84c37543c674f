"""How far a mailing has come, shown in one message that is edited in place."""

from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.screen import Screen
from handlers.text import _
from handlers.views.mailing_callbacks import CancellationAsked, MailingControlled
from handlers.views.mailing_words import (
    counts_text,
    end_words,
    mailing_title,
    spaced,
    state_words,
)
from services.delivery.mailing import Mailing
from services.delivery.mailing_control import Control
from storage.delivery import MailingStatus

__all__ = ["ENDED", "control_buttons", "counts_text", "mailing_title", "progress_screen", "spaced"]

ENDED = frozenset({MailingStatus.FINISHED, MailingStatus.CANCELLED, MailingStatus.RECALLED})


def progress_screen(mailing: Mailing, now: datetime, ends_at: datetime | None = None) -> Screen:
    """Return the progress of a mailing; buttons only while there is something to decide."""
    blocks = [f"📨 <b>{escape(mailing_title(mailing))}</b>", state_words(mailing, now)]
    if ends_at is not None:
        blocks[-1] += "\n" + end_words(ends_at, now)
    if mailing.status is not MailingStatus.PLANNED:
        counts = counts_text(mailing.delivered, mailing.blocked, mailing.failed, mailing.held)
        blocks.append(counts)
    return Screen("\n\n".join(blocks), _keyboard(mailing))


def control_buttons(mailing: Mailing, *, card: bool) -> list[InlineKeyboardButton]:
    """Return pause or resume, and cancel, as far as they mean anything now."""
    seen = {"mailing": mailing.id, "version": mailing.version, "card": card}
    moves = {
        MailingStatus.RUNNING: (_("⏸ Pause"), Control.PAUSE),
        MailingStatus.PAUSED: (_("▶️ Resume"), Control.RESUME),
    }
    buttons = []
    if mailing.status in moves:
        label, control = moves[mailing.status]
        buttons.append(button(label, MailingControlled(control=control, **seen)))
    if buttons or mailing.status is MailingStatus.PLANNED:
        buttons.append(button(_("✖️ Cancel the mailing"), CancellationAsked(**seen)))
    return buttons


def _keyboard(mailing: Mailing) -> InlineKeyboardMarkup | None:
    buttons = control_buttons(mailing, card=False)
    return keyboard(buttons) if buttons else None
