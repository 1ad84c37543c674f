"""The one place from which the bot speaks by itself: letters first, then mailings."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from aiogram import Bot
from aiogram.utils.i18n import I18n

from bot.allowance import Allowance
from bot.newsroom import Newsroom
from bot.sender.ledger import Ledger
from bot.sender.letters import Letters
from bot.sender.mailings import Mailings
from bot.sender.post import Post
from bot.sender.progress import Progress
from bot.sender.recalling import Recalling
from bot.sender.rendering import Rendering
from bot.sender.weather import Weather
from handlers.papers import Papers
from services.clock import Clock
from services.delivery.claiming import Variants
from services.delivery.policy import USUAL, Policy
from services.organisation.directory import Organisations
from storage.database import Database

NO_VARIANTS: Mapping[str, Variants] = MappingProxyType({})


class Sender:
    """Sends the outbox and the mailings of one database; there is only one for a database.

    `variants` are the kinds of mailings of which not everybody gets the same; `papers` draws the
    documents that bear a name.
    """

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        i18n: I18n,
        organisations: Organisations,
        allowance: Allowance,
        policy: Policy = USUAL,
        variants: Mapping[str, Variants] = NO_VARIANTS,
        papers: Papers | None = None,
    ) -> None:
        ledger = Ledger(db)
        post = Post(bot, papers)
        weather = Weather()
        rendering = Rendering(i18n, organisations)
        self._letters = Letters(ledger, post, rendering, clock, weather)
        self._mailings = Mailings(
            ledger=ledger,
            post=post,
            rendering=rendering,
            clock=clock,
            weather=weather,
            allowance=allowance,
            policy=policy,
            variants=variants,
        )
        self._progress = Progress(bot, ledger, rendering, clock, allowance)
        self._newsroom = Newsroom(bot, db, clock, policy.channel)
        self._recalling = Recalling(
            bot,
            ledger=ledger,
            clock=clock,
            weather=weather,
            allowance=allowance,
            in_flight=self._mailings.carries,
        )

    def nudge(self) -> None:
        """Look at once: something was queued or launched."""
        self._letters.bell.ring()
        self._mailings.bell.ring()
        self._recalling.bell.ring()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then end what is in flight within a few seconds."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._letters.run(stop))
            group.create_task(self._mailings.run(stop))
            group.create_task(self._newsroom.run(stop))
            group.create_task(self._progress.run(stop))
            group.create_task(self._recalling.run(stop))
