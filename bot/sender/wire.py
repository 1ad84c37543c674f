"""The short way of one message to Telegram, for messages that go to thousands.

aiogram builds, checks and reads each call anew, which takes a millisecond: a thousand a second
would need a whole core. Here the form is written once for all chats, and of the answer only the
message's id is read; errors and middlewares are aiogram's own.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup
from aiohttp import ClientError, ClientTimeout

TIMEOUT = 30  # seconds for one call

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_OK = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A call that is complete but for its chat."""

    method: SendMessage | SendPhoto
    fields: bytes


@dataclass(frozen=True, slots=True)
class _Call:
    """What middlewares see: the chat and the name of the method."""

    chat_id: int
    form: Form

    @property
    def __api_method__(self) -> str:
        return self.form.method.__api_method__


class Wire:
    """Sends forms through the bot's session and all its middlewares."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._timeout = ClientTimeout(total=TIMEOUT)

    def form(self, text: str, keyboard: InlineKeyboardMarkup | None, photo: str | None) -> Form:
        """Return the form of a message, with the bot's defaults in it."""
        if photo is None:
            method: Any = SendMessage(chat_id=0, text=text, reply_markup=keyboard)
        else:
            method = SendPhoto(chat_id=0, photo=photo, caption=text, reply_markup=keyboard)
        fields = method.model_dump(warnings=False, exclude={"chat_id"})
        session = self._bot.session
        # Not str(): of an enum that is a string it gives the name.
        plain = {
            name: str.__str__(prepared)
            for name, value in fields.items()
            if (prepared := session.prepare_value(value, bot=self._bot, files={}))
        }
        return Form(method, f"{urlencode(plain)}&chat_id=".encode())

    async def send(self, chat_id: int, form: Form) -> int:
        """Send a form to a chat and return the message's id; raises what aiogram raises."""
        post: Any = self._post
        call: Any = self._bot.session.middleware.wrap_middlewares(post)
        message_id: int = await call(self._bot, _Call(chat_id, form))
        return message_id

    async def _post(self, bot: Bot, call: _Call) -> int:
        session, method = bot.session, call.form.method
        if not isinstance(session, AiohttpSession):
            raise TypeError("mailings are sent over aiohttp")
        client = await session.create_session()
        try:
            async with client.post(
                session.api.api_url(bot.token, method.__api_method__),
                data=call.form.fields + str(call.chat_id).encode(),
                headers=_FORM,
                timeout=self._timeout,
            ) as answer:
                status, body = answer.status, await answer.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            words = f"{type(error).__name__}: {error}"
            raise TelegramNetworkError(method=method, message=words) from error
        return _message_id(body) if status == _OK else _refused(bot, method, status, body)


def _message_id(body: bytes) -> int:
    try:
        number: int = orjson.loads(body)["result"]["message_id"]
    except (ValueError, KeyError, TypeError) as error:
        raise ClientDecodeError("The answer is no message", error, body) from error
    return number


def _refused(bot: Bot, method: SendMessage | SendPhoto, status: int, body: bytes) -> int:
    """Raise the error that aiogram knows for this answer."""
    answer = bot.session.check_response(bot, method, status, body.decode(errors="replace"))
    return answer.result.message_id if answer.result else 0
