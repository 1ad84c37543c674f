"""One raw update from its arrival to its end: committed, refused politely, or set aside."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update

from bot.runner.lines import Lines, chat_of
from bot.runner.patience import Pauses
from bot.runner.reading import Unreadable, read_update, write_json
from bot.runner.reply import Reply
from bot.traces import trace_of
from handlers.seat import present_seat

log = structlog.get_logger(__name__)

T = TypeVar("T")
Quarantine = Callable[[bytes, str], Awaitable[object]]
Sorry = Callable[[object, float], Awaitable[object]]
Shortcut = Callable[[Mapping[str, Any]], Awaitable[Reply | None]]

BUDGET = 10.0  # seconds a handler may take
SIDE_BY_SIDE = 512  # handlers at work at once
ANSWER = 2.0  # seconds within which a world that is well answers
GIVE_UP = 900.0  # seconds after which an update that can never be handled is set aside


class NotNow(Exception):  # noqa: N818 - it names a state of affairs
    """The update could not be dealt with at the moment and must not be confirmed."""


class OutOfTime(TimeoutError):  # noqa: N818 - it names a state of affairs
    """A handler took longer than its budget and was cancelled."""


class Intake:
    """Takes raw updates of one bot and brings each to its end.

    Updates of one chat (of one user, where there is no chat) are handled strictly in the order in
    which they were taken, those of different chats side by side. A handler that takes longer than
    its budget is cancelled, and OutOfTime goes through the dispatcher's own error handlers. What
    cannot be parsed is given to the quarantine and thereby done.

    ``later`` names exceptions that say "the world is broken, not the update" (the database cannot
    be reached). Where such a one leaves the dispatcher, that is, where the error handler raises
    it again, the update is not done: ``take`` raises NotNow and ``finish`` tries again. ``well``
    is asked where a handler ran out of time: no answer within two seconds says the same.

    ``sorry`` hears of every raw update that was "not now", and after how many seconds.

    ``shortcut`` is given every raw update first and does the work of those it knows at less cost;
    where it returns None or fails, the update goes through the dispatcher as if never seen.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        bot: Bot,
        *,
        quarantine: Quarantine,
        budget: float = BUDGET,
        side_by_side: int = SIDE_BY_SIDE,
        later: tuple[type[Exception], ...] = (),
        well: Callable[[], Awaitable[object]] | None = None,
        sorry: Sorry | None = None,
        shortcut: Shortcut | None = None,
    ) -> None:
        self.bot = bot
        self.waiting = 0  # updates taken and not yet at their end
        self._dispatcher = dispatcher
        self._quarantine = quarantine
        self._budget = budget
        self._room = asyncio.Semaphore(side_by_side)
        self._later = later
        self._well = well
        self._sorry = sorry
        self._shortcut = shortcut
        self._lines = Lines()

    async def take(self, raw: object) -> Reply | None:
        """Return once the update's work has committed or ended in the error handler.

        What the handler answers is returned unsent. Raises NotNow: then nothing may be confirmed.
        """
        return await self._in_turn(raw, self._attempt)

    async def finish(self, raw: object) -> None:
        """Like ``take``, but send the answer, and try again for as long as it is "not now"."""
        await self._in_turn(raw, self._insist)

    async def set_aside(self, body: bytes, reason: str) -> None:
        """Keep raw bytes that cannot be handled. Raises NotNow where that fails too."""
        try:
            await self._quarantine(body, reason)
        except Exception as error:
            raise NotNow("the quarantine takes nothing") from error
        log.warning("An update was set aside", reason=reason, size=len(body))

    async def _in_turn(self, raw: object, work: Callable[[object], Awaitable[T]]) -> T:
        chat = chat_of(raw) if isinstance(raw, dict) else None
        self.waiting += 1
        try:
            if chat is None:
                return await work(raw)
            await self._lines.enter(chat)
            try:
                return await work(raw)
            finally:
                self._lines.leave(chat)
        finally:
            self.waiting -= 1

    async def _insist(self, raw: object) -> None:
        pauses = Pauses(first=0.5, longest=10.0)
        clock = asyncio.get_running_loop()
        patience_ends = clock.time() + GIVE_UP
        while True:
            try:
                answer = await self._attempt(raw)
                if answer is not None:
                    await self.send(answer)
            except NotNow as error:
                log.warning("An update waits for better times", reason=str(error))
                if clock.time() > patience_ends and await self._give_up(raw, str(error)):
                    return
                await asyncio.sleep(pauses.next())
            else:
                return

    async def _give_up(self, raw: object, reason: str) -> bool:
        try:
            await self.set_aside(write_json(raw), f"given up: {reason}")
        except NotNow:
            return False
        return True

    async def _attempt(self, raw: object) -> Reply | None:
        clock = asyncio.get_running_loop()
        began = clock.time()
        try:
            return await self._deal(raw)
        except NotNow:
            if (seat := present_seat()) is not None:
                seat.vacate()  # the update comes again, and its screens with it
            if self._sorry is not None:
                await self._sorry(raw, clock.time() - began)
            raise

    async def _deal(self, raw: object) -> Reply | None:
        slow = False
        async with self._room:
            if self._shortcut is not None and isinstance(raw, dict):
                try:
                    answer = await self._cut_short(self._shortcut, raw)
                except OutOfTime:
                    slow = True
                else:
                    if answer is not None:
                        return answer
            return await self._the_usual_way(raw, slow=slow)

    async def _cut_short(self, shortcut: Shortcut, raw: dict[str, Any]) -> Reply | None:
        budget = asyncio.timeout(self._budget)
        try:
            async with budget:
                return await shortcut(raw)
        except Exception as error:  # the usual way meets it again and knows what to do
            if budget.expired():
                raise OutOfTime from error
            log.debug("No shortcut", error=type(error).__name__)
            return None

    async def _the_usual_way(self, raw: object, *, slow: bool) -> Reply | None:
        """Bring an update to its end through the dispatcher, where ``slow`` its error handlers."""
        try:
            update = read_update(raw, self.bot)
        except Unreadable as reason:
            await self.set_aside(write_json(raw), str(reason))
            return None
        answer = await (self._too_slow(update) if slow else self._handle(update))
        return answer if isinstance(answer, TelegramMethod) else None

    async def _handle(self, update: Update) -> object:
        budget = asyncio.timeout(self._budget)
        try:
            async with budget:
                return await self._dispatcher.feed_update(self.bot, update)
        except self._later as error:
            raise NotNow(type(error).__name__) from error
        except Exception as error:  # noqa: BLE001  # the last net: one update harms no other
            if not budget.expired():
                number, trace = update.update_id, trace_of(error)
                log.error("No error handler took this", update=number, trace=trace)  # noqa: TRY400
                return None
        return await self._too_slow(update)

    async def _too_slow(self, update: Update) -> object:
        await self._see_whether_the_world_is_well()
        return await self._tell_the_error_handlers(update)

    async def _see_whether_the_world_is_well(self) -> None:
        """Raise NotNow where it was not the handler that was slow."""
        if self._well is None:
            return
        try:
            async with asyncio.timeout(ANSWER):
                await self._well()
        except Exception as error:
            raise NotNow("nothing answers") from error

    async def _tell_the_error_handlers(self, update: Update) -> object:
        """Send OutOfTime the way of any failure: through all middlewares to the error handlers."""
        error = OutOfTime(f"a handler took longer than {self._budget:g} s")

        async def out_of_time(_: object, **__: object) -> None:
            raise error

        data = {
            "dispatcher": self._dispatcher,
            **self._dispatcher.workflow_data,
            "bot": self.bot,
        }
        try:
            async with asyncio.timeout(self._budget):
                return await self._dispatcher.update.wrap_outer_middleware(
                    out_of_time, update, data
                )
        except Exception as error:  # noqa: BLE001  # as above
            number, trace = update.update_id, trace_of(error)
            log.error("A handler was too slow", update=number, trace=trace)  # noqa: TRY400
            return None

    async def send(self, answer: Reply) -> None:
        """Call Telegram with an answer; a failure goes to the log, for the work is done."""
        try:
            async with asyncio.timeout(self._budget):
                await self.bot(answer)
        except Exception as error:  # noqa: BLE001 - a bug of Telegram's or ours, equally too late
            log.warning(
                "An answer was not sent", method=answer.__api_method__, error=type(error).__name__
            )
