"""Mailings that are taken back: what arrived is deleted, at the pace of mailings."""

import asyncio
from collections.abc import Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
)

from bot.allowance import Allowance, Priority, priority
from bot.sender.bell import Bell
from bot.sender.crew import Crew
from bot.sender.ledger import Ledger
from bot.sender.resting import rest
from bot.sender.slots import Slots
from bot.sender.weather import Weather
from bot.sender.wire import TIMEOUT
from services.clock import Clock
from services.delivery.mailing import Mailing
from services.delivery.mailing_run import recover
from services.delivery.outcome import Result
from services.delivery.recall import (
    Arrived,
    end_recall,
    leave_waiting,
    recalling,
    record_recall,
    still_arrived,
    too_late,
)
from storage.delivery import DeliveryStatus

log = structlog.get_logger(__name__)

POLL = 0.25  # seconds between looks for mailings to take back when nobody rings
REST = 1.0  # seconds before what Telegram could not be asked is tried again
_AT_ONCE = 100  # messages that one call deletes
_GONE = "message to delete not found"


class Recalling:
    """Deletes what arrived of the mailings that are being taken back, until told to stop.

    A kill loses nothing: what was deleted and not written down is asked for again, and Telegram
    then says that it is not there.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        ledger: Ledger,
        clock: Clock,
        weather: Weather,
        allowance: Allowance,
        in_flight: Callable[[int], bool],
    ) -> None:
        self._bot = bot
        self._ledger = ledger
        self._clock = clock
        self._weather = weather
        self._slots = Slots(allowance)
        # Whether messages of a mailing are still on their way: they are waited for.
        self._in_flight = in_flight
        self.bell = Bell()

    async def run(self, stop: asyncio.Event) -> None:
        """Take back what is to be taken back, one mailing after the other."""
        priority.set(Priority.MAILING)
        while not stop.is_set():
            for mailing in await self._ledger.read(recalling):
                if not self._in_flight(mailing.id):
                    await self._recall(mailing, stop)
            await self.bell.sleep(POLL)

    async def _recall(self, mailing: Mailing, stop: asyncio.Event) -> None:
        await self._ledger.write(recover, mailing.id)
        await self._ledger.write(leave_waiting, mailing.id)
        after, trouble = 0, False
        while not stop.is_set() and not too_late(mailing, self._clock.now()):
            if self._weather.bad_for:
                await rest(self._weather.bad_for, stop)
                continue
            places = self._slots.places(paid=False)
            page = await self._ledger.read(still_arrived, mailing.id, after, places)
            if not page:
                break
            ends = await self._delete_all(page, stop)
            await self._ledger.write(record_recall, mailing.id, ends)
            after, trouble = page[-1].person_id, trouble or len(ends) < len(page)
        if not stop.is_set():
            await self._ledger.write(end_recall, mailing.id, self._clock.now())
        if trouble:
            await rest(REST, stop)

    async def _delete_all(
        self, page: list[Arrived], stop: asyncio.Event
    ) -> dict[int, DeliveryStatus]:
        """Return what became of each; those whose end is not known are missing."""
        ends: dict[int, DeliveryStatus] = {}

        async def delete(one: Arrived) -> None:
            end = await self._delete(one)
            self._weather.note(Result.DELIVERED if end else Result.UNCERTAIN)
            if end is not None:
                ends[one.person_id] = end

        async with Crew(stop) as crew:
            for one in page:
                crew.start(delete(one))
        return ends

    async def _delete(self, one: Arrived) -> DeliveryStatus | None:
        try:
            await self._delete_first(one)
            for start in range(0, len(one.other_ids), _AT_ONCE):
                others = list(one.other_ids[start : start + _AT_ONCE])
                await self._bot.delete_messages(one.person_id, others, request_timeout=TIMEOUT)
        except (TelegramBadRequest, TelegramForbiddenError):
            # Too old, or the person blocked the bot.
            return DeliveryStatus.STAYED
        except AiogramError as error:
            log.warning("a message is not taken back yet", kind=type(error).__name__)
            return None
        return DeliveryStatus.RECALLED

    async def _delete_first(self, one: Arrived) -> None:
        try:
            await self._bot.delete_message(one.person_id, one.message_id, request_timeout=TIMEOUT)
        except TelegramBadRequest as error:
            if _GONE not in error.message:
                raise
