"""Every call of the bot passes here and waits until it may be made."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Message

from bot.allowance import Allowance, Priority, priority
from services.refusal import N_, Refusal

PATIENCE = 8.0  # seconds that a screen waits; a handler has 10
EDIT_WEIGHT = 0.25  # of a message, in its chat only

# pydantic forgets a generic model that nobody holds, and making one anew takes 17 ms.
_HELD = (Response[Message], Response[bool], Response[Message | bool])
_SENDING = ("send", "copy", "forward")
_FREE = frozenset({"sendChatAction"})
# The runner's own questions: they send nothing, and a closed gate must not stop the listening.
_UNGATED = frozenset({"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "close"})


class AllowanceMiddleware(BaseRequestMiddleware):
    """Puts every call of a bot under the allowance.

    A call that Telegram answered with 429 was not carried out, so it is made again. A screen
    waits at most eight seconds in all and then ends in a Refusal; letters and mailings wait.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call when it may be made."""
        if method.__api_method__ in _UNGATED:
            return await make_request(bot, method)
        urgency = priority.get()
        deadline = self._now() + PATIENCE if urgency is Priority.SCREEN else None
        while True:
            await self._admitted(method, urgency, deadline)
            began = self._now()
            try:
                response = await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._allowance.flooded(error.retry_after, paid=paid_for(method))
            except BaseException as error:
                self._settle(error)
                raise
            else:
                self._allowance.passed()
                self._allowance.learn(self._now() - began)
                return response

    async def _admitted(
        self, method: TelegramMethod[Any], urgency: Priority, deadline: float | None
    ) -> None:
        chat, messages, weight = burden(method)
        patience = None if deadline is None else max(0.0, deadline - self._now())
        try:
            await self._allowance.admit(
                chat,
                messages,
                weight=weight,
                urgency=urgency,
                paid=paid_for(method),
                patience=patience,
            )
        except TimeoutError:
            raise busy() from None

    def _settle(self, error: BaseException) -> None:
        """Take any answer of Telegram, a refusal too, as a sign that it listens again."""
        answered = isinstance(error, TelegramAPIError) and not isinstance(
            error, TelegramNetworkError
        )
        if answered:
            self._allowance.passed()
        else:
            self._allowance.unsettled()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def busy() -> Refusal:
    """Return the polite end of a screen that Telegram did not let through."""
    return Refusal(N_("Telegram is very busy right now. Please try again in a minute."))


def paid_for(method: TelegramMethod[Any]) -> bool:
    """Tell whether a call may cost Stars and passes Telegram's free limit by that."""
    return getattr(method, "allow_paid_broadcast", None) is True


def burden(method: TelegramMethod[Any]) -> tuple[int | str | None, int, float]:
    """Return the chat of a call, how many messages it sends, and its weight in the chat."""
    name = method.__api_method__
    chat = getattr(method, "chat_id", None)
    if name.startswith(_SENDING) and name not in _FREE:
        album = getattr(method, "media", None)
        messages = len(album) if isinstance(album, list) else 1
        return chat, messages, float(messages)
    if name.startswith("edit"):
        return chat, 0, EDIT_WEIGHT
    if name.startswith("deleteMessage"):
        # A mailing is taken back as fast as it may be sent.
        return None, 1, 0.0
    return None, 0, 0.0
