"""The bot's connection to Telegram, or to a server that speaks its language."""

from typing import Any, cast

import orjson
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Message
from aiohttp import ClientError, ClientTimeout
from pydantic import ValidationError

from bot.settings import BadSettings, Settings
from bot.writing import write_call

_JSON = {"Content-Type": "application/json"}
_OK = 200
# What we sent ourselves comes back in the answer, and nobody reads it there.
_ECHO = ("reply_markup", "entities", "link_preview_options", "from")
_SHOWING = ("sendMessage", "editMessageText", "editMessageReplyMarkup")


class QuickSession(AiohttpSession):
    """aiogram's session, but calls without files go as JSON, and plain answers are read plainly.

    Of a message that Telegram sends back, what the call itself said (buttons, entities) is left
    out. Whatever is not plain goes aiogram's way; errors are aiogram's own.
    """

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - as aiogram has it
    ) -> TelegramType:
        """Make a call and return what Telegram answers."""
        body = write_call(bot, method)
        if body is None:
            return cast("TelegramType", await super().make_request(bot, method, timeout))
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        patience = ClientTimeout(total=self.timeout if timeout is None else timeout)
        try:
            async with session.post(url, data=body, headers=_JSON, timeout=patience) as answer:
                status, content = answer.status, await answer.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            words = f"{type(error).__name__}: {error}"
            raise TelegramNetworkError(method=method, message=words) from error
        result = _plain_result(bot, method, content) if status == _OK else None
        if result is None:
            text = content.decode(errors="replace")
            result = self.check_response(bot, method, status, text).result
        return cast("TelegramType", result)


def _plain_result(bot: Bot, method: TelegramMethod[Any], content: bytes) -> Any:
    """Return "yes" or the message in an answer, None where aiogram has to look at it."""
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(answer, dict) or answer.get("ok") is not True:
        return None
    result = answer.get("result")
    if isinstance(result, dict) and method.__api_method__ in _SHOWING:
        facts = {name: value for name, value in result.items() if name not in _ECHO}
        try:
            return Message.model_validate(facts, context={"bot": bot})
        except ValidationError:
            return None
    return True if result is True and method.__returning__ is not Message else None


def make_bot(settings: Settings) -> Bot:
    """Return a bot that talks Telegram HTML to the server of TELEGRAM_API."""
    if settings.bot_token is None:
        raise BadSettings("BOT_TOKEN: is not set; BotFather gives one.")
    session = QuickSession(
        api=TelegramAPIServer.from_base(settings.telegram_api),
        json_loads=orjson.loads,
        json_dumps=lambda value: orjson.dumps(value).decode(),
    )
    return Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )
