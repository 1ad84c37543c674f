"""The short way of one message to Telegram, for messages that go to thousands.

aiogram builds, checks and reads each call anew, which takes a millisecond: a thousand a second
would need a whole core. Here the form is written once for all chats, and of the answer only the
ids of its messages are read; errors and middlewares are aiogram's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import (
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    TelegramMethod,
)
from aiogram.types import (
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)
from aiohttp import ClientError, ClientTimeout

from services.news.model import Media, MediaType

TIMEOUT = 30  # seconds for one call

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_OK = 200
_PAID = b"allow_paid_broadcast=true&"

_Method = SendMessage | SendPhoto | SendVideo | SendDocument | SendMediaGroup
_SENDING: dict[MediaType, Any] = {
    MediaType.PHOTO: SendPhoto,
    MediaType.VIDEO: SendVideo,
    MediaType.DOCUMENT: SendDocument,
}
_PART_OF_ALBUM: dict[MediaType, Any] = {
    MediaType.PHOTO: InputMediaPhoto,
    MediaType.VIDEO: InputMediaVideo,
    MediaType.DOCUMENT: InputMediaDocument,
}


@dataclass(frozen=True, slots=True)
class Form:
    """A call that is complete but for its chat."""

    method: _Method
    fields: bytes


@dataclass(frozen=True, slots=True)
class _Call:
    """What middlewares see: the chat, the method's name, an album's parts, and who pays."""

    chat_id: int
    form: Form
    allow_paid_broadcast: bool

    @property
    def __api_method__(self) -> str:
        return self.form.method.__api_method__

    @property
    def media(self) -> Sequence[object] | None:
        """The parts of an album, each of which counts as a message."""
        method = self.form.method
        return method.media if isinstance(method, SendMediaGroup) else None


class Wire:
    """Sends forms through the bot's session and all its middlewares."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._timeout = ClientTimeout(total=TIMEOUT)

    def form(
        self, text: str, keyboard: InlineKeyboardMarkup | None, media: Media | None = None
    ) -> Form:
        """Return the form of one message, with the bot's defaults in it.

        With a picture, a film or a file the text is its caption.
        """
        if media is None:
            return self._form(SendMessage(chat_id=0, text=text, reply_markup=keyboard))
        kind = _SENDING[media.type]
        file = {media.type.value: media.file_id}
        return self._form(kind(chat_id=0, caption=text, reply_markup=keyboard, **file))

    def plain_form(self, text: str, keyboard: InlineKeyboardMarkup | None) -> Form:
        """Return the form of a message in words that have no marks in them."""
        method = SendMessage(chat_id=0, text=text, reply_markup=keyboard, parse_mode=None)
        return self._form(method)

    def album(self, media: Sequence[Media]) -> Form:
        """Return the form of 2 to 10 media that stand together, without words or buttons."""
        parts = [_PART_OF_ALBUM[one.type](media=one.file_id) for one in media]
        return self._form(SendMediaGroup(chat_id=0, media=parts))

    async def send(self, chat_id: int, form: Form, *, paid: bool = False) -> tuple[int, ...]:
        """Send a form to a chat and return its messages' ids; raises what aiogram raises.

        paid: Telegram may take a tenth of a Star for each message.
        """
        post: Any = self._post
        call: Any = self._bot.session.middleware.wrap_middlewares(post)
        ids: tuple[int, ...] = await call(self._bot, _Call(chat_id, form, paid))
        return ids

    def _form(self, method: _Method) -> Form:
        fields = method.model_dump(warnings=False, exclude={"chat_id"})
        session = self._bot.session
        # Not str(): of an enum that is a string it gives the name.
        plain = {
            name: str.__str__(prepared)
            for name, value in fields.items()
            if (prepared := session.prepare_value(value, bot=self._bot, files={}))
        }
        return Form(method, f"{urlencode(plain)}&chat_id=".encode())

    async def _post(self, bot: Bot, call: _Call) -> tuple[int, ...]:
        session = bot.session
        method: TelegramMethod[Any] = call.form.method
        if not isinstance(session, AiohttpSession):
            raise TypeError("mailings are sent over aiohttp")
        client = await session.create_session()
        fields = call.form.fields + str(call.chat_id).encode()
        try:
            async with client.post(
                session.api.api_url(bot.token, method.__api_method__),
                data=_PAID + fields if call.allow_paid_broadcast else fields,
                headers=_FORM,
                timeout=self._timeout,
            ) as answer:
                status, body = answer.status, await answer.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            words = f"{type(error).__name__}: {error}"
            raise TelegramNetworkError(method=method, message=words) from error
        return _message_ids(body) if status == _OK else _refused(bot, method, status, body)


def _message_ids(body: bytes) -> tuple[int, ...]:
    try:
        result = orjson.loads(body)["result"]
        messages = result if isinstance(result, list) else [result]
        return tuple(message["message_id"] for message in messages)
    except (ValueError, KeyError, TypeError) as error:
        raise ClientDecodeError("The answer is no message", error, body) from error


def _refused(bot: Bot, method: TelegramMethod[Any], status: int, body: bytes) -> tuple[int, ...]:
    """Raise the error that aiogram knows for this answer."""
    bot.session.check_response(bot, method, status, body.decode(errors="replace"))
    return ()
