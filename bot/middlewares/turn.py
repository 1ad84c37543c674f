"""What an update does to its conversation is written once, before anybody sees what follows."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import TelegramObject

from bot.conversation import ConversationStorage


class TurnMiddleware(BaseMiddleware):
    """Makes each update one turn of its conversation, written before the update is done."""

    def __init__(self, storage: ConversationStorage) -> None:
        self._storage = storage

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Run the handler, then write."""
        async with self._storage.turn():
            return await handler(event, data)


class WrittenFirst(BaseRequestMiddleware):
    """Writes the turn before a call: what a person sees is kept already."""

    def __init__(self, storage: ConversationStorage) -> None:
        self._storage = storage

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Write, then call."""
        await self._storage.settle()
        return await make_request(bot, method)
