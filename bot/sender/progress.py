"""Mailings as their authors see them go: one message each, edited in place."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import InlineKeyboardMarkup

from bot.allowance import Allowance, Priority, priority
from bot.sender.ledger import Ledger
from bot.sender.rendering import Rendering
from bot.sender.resting import rest
from handlers.screen import Screen
from handlers.views.mailing_progress import ENDED, progress_screen
from services.clock import Clock
from services.delivery.mailing import Mailing
from services.delivery.progress import (
    end_progress,
    ends_at,
    keep_progress_message,
    left,
    to_show,
)
from services.delivery.quiet_hours import is_quiet
from services.delivery.timing import pace
from services.language import Language
from services.people.person import find_person
from storage.delivery import MailingStatus

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between looks at the mailings
EDIT_EVERY = 2.5  # seconds between two edits of one message
FIRST_AFTER = 1.5  # seconds; of a mailing that is over by then only the report tells


@dataclass(slots=True)
class _Shown:
    began: float
    version: int
    left_before: int
    text: str = ""
    at: float = field(default=0.0)


class Progress:
    """Shows each author how far their mailing has come, with pause, resume and cancel."""

    def __init__(
        self, bot: Bot, ledger: Ledger, rendering: Rendering, clock: Clock, allowance: Allowance
    ) -> None:
        self._bot = bot
        self._ledger = ledger
        self._rendering = rendering
        self._clock = clock
        self._allowance = allowance
        self._shown: dict[int, _Shown] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the messages of all mailings up to date until `stop`."""
        priority.set(Priority.LETTER)
        while not stop.is_set():
            for mailing in await self._ledger.read(to_show, self._clock.now()):
                if not stop.is_set():
                    await self._update(mailing)
            await rest(LOOK, stop)

    async def _update(self, mailing: Mailing) -> None:
        if mailing.status is MailingStatus.PLANNED:
            return
        now = time.monotonic()
        shown = self._shown_of(mailing, now)
        over = mailing.status in ENDED
        unseen = mailing.progress_message_id is None
        if not over and now - (shown.began if unseen else shown.at) < (
            FIRST_AFTER if unseen else EDIT_EVERY
        ):
            return
        screen = await self._screen(mailing, shown)
        if screen.text != shown.text and not (over and unseen):
            try:
                await self._show(mailing, screen)
            except TelegramForbiddenError:
                over = True
            except AiogramError as error:
                log.warning("progress is not shown", mailing=mailing.id, kind=type(error).__name__)
                return
            shown.text, shown.at = screen.text, now
        if over:
            await self._ledger.write(end_progress, mailing.id)
            del self._shown[mailing.id]

    async def _screen(self, mailing: Mailing, shown: _Shown) -> Screen:
        author = await self._ledger.read(find_person, mailing.created_by or 0)
        language = (author.language if author else None) or Language.KAZAKH
        with self._rendering.speaking(language):
            now = self._clock.now()
            return progress_screen(mailing, now, self._ends_at(mailing, shown, now))

    def _shown_of(self, mailing: Mailing, now: float) -> _Shown:
        """Return what is shown of a mailing; its speed is measured anew from every change."""
        shown = self._shown.get(mailing.id)
        messages = left(mailing) or 0
        if shown is None:
            shown = self._shown[mailing.id] = _Shown(now, mailing.version, messages)
        elif shown.version != mailing.version or messages > shown.left_before:
            shown.began, shown.version, shown.left_before = now, mailing.version, messages
        return shown

    def _ends_at(self, mailing: Mailing, shown: _Shown, now: datetime) -> datetime | None:
        moment, messages = time.monotonic(), left(mailing) or 0
        if is_quiet(now) and not mailing.at_night:
            shown.began, shown.left_before = moment, messages
        seconds, done = moment - shown.began, shown.left_before - messages
        usual = pace(self._allowance.rate, paid=bool(mailing.stars))
        measured = done > 0 and seconds > EDIT_EVERY
        return ends_at(mailing, done / seconds if measured else usual, now)

    async def _show(self, mailing: Mailing, screen: Screen) -> None:
        keyboard = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
        author = mailing.created_by or 0
        if mailing.progress_message_id is not None:
            try:
                await self._bot.edit_message_text(
                    screen.text,
                    chat_id=author,
                    message_id=mailing.progress_message_id,
                    reply_markup=keyboard,
                )
            except TelegramBadRequest as error:
                if "message is not modified" in error.message:
                    return
                # The author deleted it: a new one, for the buttons are needed.
            else:
                return
        message = await self._bot.send_message(author, screen.text, reply_markup=keyboard)
        await self._ledger.write(keep_progress_message, mailing.id, message.message_id)
