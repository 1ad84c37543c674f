"""A sender before a sandbox: people to write to, a clock to move, and what arrived."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from aiogram import Bot

from bot import telegram
from bot.allowance import Allowance
from bot.i18n import Catalogues
from bot.middlewares.allowance import AllowanceMiddleware
from bot.sender.sender import Sender
from bot.settings import Settings
from sandbox.server import Sandbox
from services.delivery.claiming import Variants
from services.delivery.policy import USUAL, Policy
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from storage.database import Database
from storage.schema.delivery import deliveries, mailings, outbox
from storage.schema.people import consents, people
from tests.agreed import agreed

MORNING = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 10:00 in Asia/Almaty
FIRST = 5_000_000_000
PATIENCE = 60.0


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment it was moved to."""
        return self.moment


def add_people(
    connection: sa.Connection, ids: Iterable[int], *, region: str | None = None
) -> None:
    """Let people join a day ago, choose languages in turn, and agree."""
    yesterday = MORNING - timedelta(days=1)
    numbers = list(ids)
    connection.execute(
        sa.insert(people),
        [
            {
                "id": number,
                "name": "Адам",
                "language": "kk" if number % 2 else "ru",
                "joined_at": yesterday,
                "region": region,
            }
            for number in numbers
        ],
    )
    connection.execute(
        sa.insert(consents),
        [{"person_id": number, **agreed(kind)} for number in numbers for kind in ConsentKind],
    )


def make_bot(sandbox: Sandbox) -> Bot:
    """Return the product's own bot, before the sandbox."""
    facts = {"bot_token": sandbox.token, "telegram_api": sandbox.bot_api}
    return telegram.make_bot(Settings(_env_file=None, **facts))


@dataclass(slots=True)
class Stage:
    """Everything a delivery test touches."""

    sandbox: Sandbox
    db: Database
    rate: int = 1000
    clock: ManualClock = field(default_factory=ManualClock)
    policy: Policy = USUAL
    variants: Mapping[str, Variants] = field(default_factory=dict)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None
    _bot: Bot | None = None

    async def start(self) -> Bot:
        """Start a sender; `end` ends it."""
        i18n, organisations = Catalogues(), Organisations(self.db)
        await organisations.refresh()
        for person in self.sandbox.telegram.people:
            self.sandbox.telegram.private(person).started = True
        self._bot = make_bot(self.sandbox)
        allowance = Allowance(self.rate, free=self.rate)
        self._bot.session.middleware(AllowanceMiddleware(allowance))
        sender = Sender(
            self._bot,
            self.db,
            self.clock,
            i18n,
            organisations,
            allowance,
            self.policy,
            self.variants,
        )
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(sender.run(self._stop))
        return self._bot

    async def start_blocked(self, person: int) -> None:
        """Start a sender, and let this person block the bot before."""
        self.sandbox.telegram.private(person).blocked = True
        await self.start()

    async def end(self) -> None:
        """Stop the sender as SIGTERM does."""
        self._stop.set()
        if self._running is not None:
            await self._running
            self._running = None
        if self._bot is not None:
            await self._bot.session.close()
            self._bot = None

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds that is known in this process."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await self._look()

    async def until_mailing(self, mailing: int, status: str) -> None:
        """Wait until a mailing has this status."""
        await self.until_row(mailing, status=status)

    async def until_row(self, mailing: int, **values: object) -> None:
        """Wait until the row of a mailing has these values."""
        async with asyncio.timeout(PATIENCE):
            while not values.items() <= dict(await self.mailing(mailing)).items():
                await self._look()

    async def until_letters(self, *statuses: str) -> None:
        """Wait until the letters in the outbox have these statuses, in their order."""
        async with asyncio.timeout(PATIENCE):
            while await self.letters() != list(statuses):
                await self._look()

    async def mailing(self, mailing: int) -> sa.RowMapping:
        """Return the row of a mailing."""
        return await self.db.read(
            lambda connection: (
                connection.execute(sa.select(mailings).where(mailings.c.id == mailing))
                .mappings()
                .one()
            )
        )

    async def letters(self) -> list[str]:
        """Return the statuses of the outbox in the order of queueing."""
        return await self.db.read(
            lambda connection: list(
                connection.scalars(sa.select(outbox.c.status).order_by(outbox.c.id))
            )
        )

    async def delivered(self, mailing: int) -> Sequence[int]:
        """Return who has the message of a mailing, by the bot's own books."""
        return await self.db.read(
            lambda connection: list(
                connection.scalars(
                    sa.select(deliveries.c.person_id)
                    .where(deliveries.c.mailing_id == mailing, deliveries.c.status == "delivered")
                    .order_by(deliveries.c.person_id)
                )
            )
        )

    async def until_nothing_is_sent(self, mailing: int) -> None:
        """Wait until no message of a mailing is in flight."""

        def sending(connection: sa.Connection) -> int:
            wanted = (deliveries.c.mailing_id == mailing, deliveries.c.status == "sending")
            return connection.scalar(sa.select(sa.func.count()).where(*wanted)) or 0

        async with asyncio.timeout(PATIENCE):
            while await self.db.read(sending):
                await self._look()

    def messages_of(self, person: int) -> list[dict[str, Any]]:
        """Return what the bot's messages in a chat look like now."""
        chat = self.sandbox.telegram.private(person)
        return [stored.json for stored in chat.messages() if stored.outgoing]

    def texts_of(self, person: int) -> list[str]:
        """Return the texts of the bot's messages in a chat."""
        return [message["text"] for message in self.messages_of(person)]

    async def _look(self) -> None:
        await asyncio.sleep(0.02)
        if self._running is not None and self._running.done():
            await self._running
