"""A real aiogram Bot on the sandbox, and a person who has pressed start."""

import struct
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.client import Chat, Desk
from sandbox.server import Sandbox

AIGUL, OLEG, BOLAT = 100_001, 100_002, 100_003


class QuickSession(AiohttpSession):
    """aiogram's session without its pause for TLS at the end."""

    async def close(self) -> None:
        """Close the connections at once."""
        if self._session is not None:
            await self._session.close()


def new_bot(sandbox: Sandbox) -> Bot:
    """Return a bot that takes the sandbox for Telegram."""
    session = QuickSession(api=TelegramAPIServer.from_base(sandbox.bot_api))
    return Bot(sandbox.token, session=session)


@pytest_asyncio.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """Yield a bot on `sandbox`."""
    async with new_bot(sandbox) as bot:
        yield bot


@pytest_asyncio.fixture
async def aigul(sandbox: Sandbox, desk: Desk) -> Chat:
    """Return the chat of a person who pressed start, with nothing in it."""
    sandbox.telegram.private(AIGUL).started = True
    return desk.chat(AIGUL)


@pytest.fixture
def png() -> Callable[[int, int], bytes]:
    """Return a maker of the beginnings of PNG pictures of a size."""

    def make(width: int, height: int) -> bytes:
        header = struct.pack(">II", width, height)
        return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + header + b"\x08\x06\0\0\0"

    return make
