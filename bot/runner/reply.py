"""A call to Telegram inside the response to the webhook: one request saved."""

from contextlib import AbstractContextManager
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.methods import AnswerCallbackQuery, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.allowance import Allowance
from bot.middlewares.allowance import burden
from bot.writing import write_call
from handlers.seat import Seat, offered, present_seat

Reply = TelegramMethod[Any]


class Seats:
    """Gives each response its seat, and counts the messages that ride against the allowance."""

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance

    def offer(self) -> AbstractContextManager[Seat]:
        """Offer a seat to what is called inside of this context."""
        return offered(Seat(self.admit))

    def admit(self, call: Reply) -> bool:
        """Tell whether a call may go at once, and count it then."""
        if self._allowance is None or isinstance(call, AnswerCallbackQuery):
            return True
        chat, messages, weight = burden(call)
        return not messages or self._allowance.admit_at_once(chat, messages, weight=weight)


class RidingAnswers(BaseRequestMiddleware):
    """Lets the answer to a press ride in the response; sends what rides before what follows it."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Take the seat or make the call."""
        seat = present_seat()
        if seat is not None:
            if isinstance(method, AnswerCallbackQuery):
                if seat.take(method):
                    return True  # type: ignore[return-value]  # as Telegram would say
            elif (earlier := seat.vacate()) is not None:
                await bot(earlier)
        return await make_request(bot, method)


def reply_json(method: Reply, bot: Bot) -> bytes | None:
    """Return a method as the JSON text that Telegram carries out, None where it has files.

    Files would need a multipart body, which costs more than the call it saves. Defaults of the
    bot (parse mode, link preview) are filled in.
    """
    return write_call(bot, method, method=method.__api_method__)
