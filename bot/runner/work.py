"""The updates of a poller that are in work, and where each is safe meanwhile."""

import asyncio
from collections.abc import Iterable

import structlog

from bot.nursery import Nursery
from bot.runner.intake import Intake, NotNow
from bot.runner.question import Given
from bot.runner.reading import Unreadable, read_json, write_json
from bot.runner.shelf import Shelf
from bot.runner.window import Window

log = structlog.get_logger(__name__)

PATIENCE = 1.0  # seconds in work before an update is parked
PARKED = 2000  # updates parked and in work at once


class Work:
    """What is in work: each update is either kept by Telegram (open) or on the shelf (parked)."""

    def __init__(self, intake: Intake, nursery: Nursery, shelf: Shelf) -> None:
        self.window = Window()
        self.moved = asyncio.Event()  # set whenever an update came to its end
        self._intake = intake
        self._nursery = nursery
        self._shelf = shelf
        self._raw: dict[int, object] = {}
        self._parked: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, given: Iterable[Given]) -> bool:
        """Begin the work of what is new in an answer; tell whether anything was."""
        numbered = {}
        for update in given:
            if update.number is None:
                await self._set_aside(update.raw)
            else:
                numbered[update.number] = update.raw
        fresh = self.window.admit(numbered, asyncio.get_running_loop().time())
        for number in fresh:
            if number in self._raw:  # parked and in work: Telegram had forgotten it and repeats it
                self.window.close(number)
            else:
                self._start(number, numbered[number])
        return bool(fresh)

    async def take_up_the_parked(self) -> None:
        """Begin the work of what the shelf still holds from an earlier run."""
        for number, body in await self._shelf.rest():
            self._parked.add(number)
            self.window.hold(number)
            self._start(number, _value(body))

    async def park_the_slow(self) -> None:
        """Make safe what takes long, so that Telegram may forget it and give what comes after."""
        overdue = self.window.overdue(asyncio.get_running_loop().time() - PATIENCE)
        fit = [number for number in overdue if await self._fits(number)]
        # What ended while it was asked about others needs no shelf.
        slow = {number: self._raw[number] for number in fit if number in self._raw}
        if not slow or len(self._parked) >= PARKED:
            return
        try:
            await self._shelf.put({number: write_json(raw) for number, raw in slow.items()})
        except Exception:  # then Telegram goes on keeping them
            log.exception("Slow updates cannot be parked", updates=len(slow))
            return
        for number in slow:
            if number in self._raw:
                self._parked.add(number)
                self.window.close(number)
            else:  # ended while it was written down
                await self._shelf.remove(number)

    async def _fits(self, number: int) -> bool:
        return number in self._raw and await self._shelf.takes(self._raw[number])

    async def drain(self, seconds: float) -> None:
        """Wait so long for what is in work, then leave the rest for the next start."""
        if self._tasks:
            log.info("Finishing what was begun", updates=len(self._tasks), seconds=seconds)
            await asyncio.wait(self._tasks, timeout=seconds)
        await self.abandon()

    async def abandon(self) -> None:
        """Cancel what is in work; it stays with Telegram or on the shelf."""
        left = set(self._tasks)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
            log.warning("Updates were left for the next start", updates=len(left))

    def _start(self, number: int, raw: object) -> None:
        self._raw[number] = raw
        task = self._nursery.spawn(self._work(number, raw), "update")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, number: int, raw: object) -> None:
        await self._intake.finish(raw)
        del self._raw[number]
        if number in self._parked:
            try:
                await self._shelf.remove(number)
            finally:
                self._parked.discard(number)
        self.window.close(number)
        self.moved.set()

    async def _set_aside(self, raw: object) -> None:
        try:
            await self._intake.set_aside(write_json(raw), "no update_id")
        except NotNow as error:
            log.warning("An update without a number waits", reason=str(error))


def _value(body: bytes) -> object:
    try:
        return read_json(body)
    except Unreadable:
        return body
