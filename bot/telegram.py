"""The bot's connection to Telegram, or to a server that speaks its language."""

import orjson
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from bot.settings import BadSettings, Settings


def make_bot(settings: Settings) -> Bot:
    """Return a bot that talks Telegram HTML to the server of TELEGRAM_API."""
    if settings.bot_token is None:
        raise BadSettings("BOT_TOKEN: is not set; BotFather gives one.")
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(settings.telegram_api),
        json_loads=orjson.loads,
        json_dumps=lambda value: orjson.dumps(value).decode(),
    )
    return Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )
