"""Resources that a conversation always needs together, handed to its handlers as one object."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from aiogram import BaseMiddleware, Router
from aiogram.types import TelegramObject


class Provided(BaseMiddleware):
    """Makes a dataclass of the resources that its fields name, and hands it on by one name."""

    def __init__(self, name: str, kind: type[Any]) -> None:
        self._name = name
        self._kind = kind
        self._needed = tuple(field.name for field in fields(kind))

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Add the object and go on."""
        data[self._name] = self._kind(**{name: data[name] for name in self._needed})
        return await handler(event, data)


def provide(router: Router, name: str, kind: type[Any]) -> Router:
    """Let every handler of the router and of those inside it ask for `kind` by this name."""
    middleware = Provided(name, kind)
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.middleware(middleware)
    return router
