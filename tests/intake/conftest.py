import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.nursery import Nursery
from bot.runner.intake import Intake
from bot.runner.polling import poll
from tests.intake.fake_telegram import TOKEN, FakeTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Give a Telegram of this test alone."""
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """Give a bot that talks to it."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(TOKEN, session=session) as bot:
        yield bot


@pytest.fixture
async def dispatcher() -> Dispatcher:
    """Give a dispatcher without handlers."""
    return Dispatcher()


class MemoryShelf:
    """The shelf of the runner without a disk under it."""

    def __init__(self) -> None:
        self.kept: dict[int, bytes] = {}
        self.ever: set[int] = set()
        self.secret: Callable[[object], bool] = lambda _: False

    async def takes(self, raw: object) -> bool:
        """Tell whether this update may lie here."""
        return not self.secret(raw)

    async def put(self, updates: Mapping[int, bytes]) -> None:
        """Keep raw updates."""
        self.kept = {**updates, **self.kept}
        self.ever.update(updates)

    async def remove(self, update_id: int) -> None:
        """Forget one."""
        self.kept.pop(update_id, None)

    async def rest(self) -> list[tuple[int, bytes]]:
        """Return what is kept."""
        return sorted(self.kept.items())


@pytest.fixture
def shelf() -> MemoryShelf:
    """Give an empty shelf."""
    return MemoryShelf()


@dataclass
class Ward:
    """What was set aside, and whether anything can be."""

    cases: list[tuple[bytes, str]] = field(default_factory=list)
    full: bool = False

    async def __call__(self, raw: bytes, reason: str) -> None:
        """Take a case in."""
        if self.full:
            raise OSError("no space left on device")
        self.cases.append((raw, reason))

    @property
    def numbers(self) -> list[int]:
        """The update numbers of the cases that are JSON objects."""
        return [json.loads(raw)["update_id"] for raw, _ in self.cases]


@pytest.fixture
def quarantine() -> Ward:
    """Give an empty quarantine."""
    return Ward()


class MakeIntake(Protocol):
    """Makes an intake of the test's dispatcher."""

    def __call__(self, **settings: Any) -> Intake:
        """Make one with these settings."""


@pytest.fixture
def make_intake(dispatcher: Dispatcher, bot: Bot, quarantine: Ward) -> MakeIntake:
    """Give a way to make intakes."""

    def make(**settings: Any) -> Intake:
        return Intake(dispatcher, bot, quarantine=quarantine, **settings)

    return make


class Polling(Protocol):
    """Polls for as long as its context lasts."""

    def __call__(
        self, intake: Intake, *, drain: float = 60
    ) -> AbstractAsyncContextManager[asyncio.Event]:
        """Give the context; its value is the signal to stop."""


@pytest.fixture
def polling(bot: Bot, shelf: MemoryShelf) -> Polling:
    """Give a way to poll."""

    @asynccontextmanager
    async def run(intake: Intake, *, drain: float = 60) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        async with Nursery() as nursery:
            work = poll(bot, intake, stop, ["message"], nursery=nursery, shelf=shelf, drain=drain)
            task = nursery.spawn(work, "polling")
            try:
                yield stop
            finally:
                stop.set()
                await asyncio.wait_for(task, 90)

    return run


@pytest.fixture
def eventually() -> Any:
    """Give a function that waits until a condition holds."""

    async def wait(condition: Any, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - the condition is somebody else's
                await asyncio.sleep(0.01)

    return wait
