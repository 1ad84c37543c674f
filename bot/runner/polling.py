"""Long polling that confirms an update only when its work has ended."""

import asyncio
from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import DeleteWebhook

from bot.nursery import Nursery
from bot.runner.intake import Intake
from bot.runner.patience import Pauses, dispersed, sleep_unless
from bot.runner.question import Given, Question, Refused, Unreachable
from bot.runner.shelf import Shelf
from bot.runner.token import TokenRefused
from bot.runner.work import Work

log = structlog.get_logger(__name__)

LIMIT = 100  # updates that Telegram gives at once
LONG_POLL = 30.0  # seconds
DRAIN = 20.0  # seconds that handlers have after the signal to stop
SECOND_POLLER = 10.0  # seconds between attempts while another process polls
NAP, LONGEST_NAP = 0.05, 1.0  # seconds between questions while nothing moves
UNKNOWN_TOKEN = frozenset({401, 404})
CONFLICT = 409


async def poll(
    bot: Bot,
    intake: Intake,
    stop: asyncio.Event,
    allowed_updates: Sequence[str],
    *,
    nursery: Nursery,
    shelf: Shelf,
    drain: float = DRAIN,
) -> None:
    """Take updates until ``stop`` is set, then finish what was begun and confirm what ended.

    An update in work for more than a second is put on the shelf and Telegram may forget it: so a
    chat that hangs keeps no other waiting, and what lies on the shelf is taken up at the next
    start. What did not end within ``drain`` seconds stays unconfirmed. Raises TokenRefused.
    """
    work = Work(intake, nursery, shelf)
    poller = Poller(Question(bot, allowed_updates), work, stop)
    watch = nursery.spawn(poller.watch(), "end of polling")
    try:
        await work.take_up_the_parked()
        await poller.run()
        await work.drain(drain)
        await poller.confirm()
    finally:
        watch.cancel()
        await work.abandon()


class Poller:
    """Asks Telegram for updates, at a pace that the work and the answers set."""

    def __init__(self, question: Question, work: Work, stop: asyncio.Event) -> None:
        self._question = question
        self._work = work
        self._stop = stop
        self._asking: asyncio.Timeout | None = None
        self._failures = Pauses()
        self._nap = NAP

    async def watch(self) -> None:
        """Wake the loop when it is told to stop."""
        await self._stop.wait()
        self._work.moved.set()
        if self._asking is not None:
            self._asking.reschedule(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Ask and hand out until told to stop. Raises TokenRefused."""
        while not self._stop.is_set():
            given = await self._ask()
            fresh = await self._work.begin(given)
            await self._rest(full=len(given) >= LIMIT, fresh=fresh)
            await self._work.park_the_slow()

    async def confirm(self) -> None:
        """Let Telegram forget what has ended."""
        try:
            await self._question.ask(self._work.window.offset, limit=1, wait=0)
        except (Unreachable, Refused) as error:
            log.warning("The last updates will come again", reason=str(error))

    async def _ask(self) -> list[Given]:
        window = self._work.window
        offset = window.offset
        try:
            async with asyncio.timeout(None) as self._asking:
                given = await self._question.ask(
                    offset, limit=LIMIT, wait=0 if window else LONG_POLL
                )
        except TimeoutError:  # told to stop
            return []
        except Unreachable as error:
            await self._pause(self._failures.next(), f"Telegram cannot be reached: {error}")
            return []
        except Refused as error:
            await self._refused(error)
            return []
        finally:
            self._asking = None
        self._failures.reset()
        window.confirm(offset)
        return given

    async def _refused(self, error: Refused) -> None:
        if error.code in UNKNOWN_TOKEN:
            raise TokenRefused from error
        if error.code == CONFLICT and "webhook" in error.description.lower():
            await self._remove_webhook()
        elif error.code == CONFLICT:
            await self._pause(
                dispersed(SECOND_POLLER),
                "Another process polls with the same token; stop it, for only one may",
            )
        elif error.retry_after is not None:
            await self._pause(error.retry_after + dispersed(0.5), "Telegram asks to wait")
        else:
            await self._pause(self._failures.next(), f"Telegram refuses: {error}")

    async def _remove_webhook(self) -> None:
        try:
            await self._question.bot(DeleteWebhook(drop_pending_updates=False))
        except TelegramAPIError as error:
            log.warning("The webhook cannot be removed", error=type(error).__name__)
        await self._pause(
            self._failures.next(), "A webhook was set; it is removed, for this process polls"
        )

    async def _pause(self, seconds: float, why: str) -> None:
        log.warning(why, seconds=round(seconds, 1))
        await sleep_unless(self._stop, seconds)

    async def _rest(self, *, full: bool, fresh: bool) -> None:
        """Wait until there is room in the window, or for a nap that grows while nothing moves."""
        window, moved = self._work.window, self._work.moved
        room = len(window) // 2 if full else 0
        if fresh:
            self._nap = NAP
        elif not window:
            await sleep_unless(self._stop, NAP)
        try:
            async with asyncio.timeout(self._nap):
                while len(window) > room and not self._stop.is_set():
                    moved.clear()
                    await moved.wait()
        except TimeoutError:
            self._nap = min(self._nap * 2, LONGEST_NAP)
        else:
            self._nap = NAP
