"""All mailings that may run now, side by side under one allowance."""

import asyncio
from collections.abc import Mapping

from bot.allowance import Allowance
from bot.sender.bell import Bell
from bot.sender.ledger import Ledger
from bot.sender.parcels import Parcels
from bot.sender.post import Post
from bot.sender.rendering import Rendering
from bot.sender.run import Run
from bot.sender.slots import Slots
from bot.sender.weather import Weather
from services.clock import Clock
from services.delivery.beginning import any_to_begin, begin_planned
from services.delivery.claiming import Variants
from services.delivery.mailing import Mailing
from services.delivery.mailing_run import count_reachable, keep_reachable, running
from services.delivery.policy import Policy

POLL = 0.25  # seconds between looks for launched or resumed mailings when nobody rings


class Mailings:
    """Starts a run for every mailing that may go on, until told to stop."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        post: Post,
        rendering: Rendering,
        clock: Clock,
        weather: Weather,
        allowance: Allowance,
        policy: Policy,
        variants: Mapping[str, Variants],
    ) -> None:
        self._ledger = ledger
        self._post = post
        self._rendering = rendering
        self._clock = clock
        self._weather = weather
        self._slots = Slots(allowance)
        self._policy = policy
        self._variants = variants
        self._under_way: set[int] = set()
        self.bell = Bell()

    def carries(self, mailing_id: int) -> bool:
        """Tell whether messages of this mailing may be in flight."""
        return mailing_id in self._under_way

    async def run(self, stop: asyncio.Event) -> None:
        """Carry mailings on until `stop`, and end once what is in flight has ended."""
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                if await self._ledger.read(any_to_begin, self._clock.now()):
                    await self._ledger.write(begin_planned, self._clock.now())
                for mailing in await self._ledger.read(running, self._clock.now()):
                    if mailing.id not in self._under_way:
                        self._under_way.add(mailing.id)
                        group.create_task(self._carry_on(mailing, stop))
                        if mailing.reachable is None:
                            group.create_task(self._count(mailing))
                await self.bell.sleep(POLL)

    async def _carry_on(self, mailing: Mailing, stop: asyncio.Event) -> None:
        run = Run(
            mailing,
            ledger=self._ledger,
            post=self._post,
            parcels=Parcels(mailing, self._rendering, self._post),
            slots=self._slots,
            weather=self._weather,
            clock=self._clock,
            policy=self._policy,
            variants=self._variants,
        )
        try:
            await run.run(stop)
        finally:
            self._under_way.discard(mailing.id)

    async def _count(self, mailing: Mailing) -> None:
        people = await self._ledger.read(count_reachable, mailing)
        await self._ledger.write(keep_reachable, mailing.id, people)
