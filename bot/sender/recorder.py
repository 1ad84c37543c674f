"""Results of a mailing, written down together."""

import asyncio
import time
from collections import Counter
from types import TracebackType
from typing import Self

from bot.sender.ledger import Ledger
from bot.sender.slots import Slots
from services.clock import Clock
from services.delivery.mailing_run import record
from services.delivery.outcome import Outcome

GATHERING = 0.01  # seconds in which results come together before they are written


class Recorder:
    """Writes down what became of messages and frees their places only after the commit.

    Leaving it writes whatever is left.
    """

    def __init__(self, mailing_id: int, ledger: Ledger, slots: Slots, clock: Clock) -> None:
        self._mailing_id = mailing_id
        self._ledger = ledger
        self._slots = slots
        self._clock = clock
        self._outcomes: dict[int, Outcome] = {}
        self._places: Counter[bool] = Counter()
        self._some = asyncio.Event()
        self._closing = False
        self._group = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        self._group.create_task(self._work())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing = True
        self._some.set()
        await self._group.__aexit__(kind, error, traceback)

    def put(self, person_id: int, outcome: Outcome, *, paid: bool) -> None:
        """Take a result, and remember in which lane its message had a place."""
        self._outcomes[person_id] = outcome
        self._places[paid] += 1
        self._some.set()

    async def _work(self) -> None:
        while True:
            await self._some.wait()
            if not self._closing:
                await asyncio.sleep(GATHERING)
            self._some.clear()
            if self._outcomes:
                await self._write()
            if self._closing and not self._outcomes:
                return
            if self._closing:
                self._some.set()

    async def _write(self) -> None:
        outcomes, self._outcomes = self._outcomes, {}
        places, self._places = self._places, Counter()
        began = time.monotonic()
        await self._ledger.write(record, self._mailing_id, outcomes, self._clock.now())
        self._slots.learn(time.monotonic() - began)
        for paid, number in places.items():
            self._slots.give_back(number, paid=paid)
