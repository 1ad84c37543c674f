"""A sender in a process of its own: `python -m tests.delivery.child DATABASE BOT_API RATE`."""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.allowance import Allowance
from bot.i18n import Catalogues
from bot.middlewares.allowance import AllowanceMiddleware
from bot.sender.sender import Sender
from sandbox.server.listen import DEFAULT_TOKEN
from services.organisation.directory import Organisations
from storage.database import open_database
from tests.delivery.stage import ManualClock


async def main(url: str, bot_api: str, rate: int) -> None:
    """Send until killed."""
    db = await open_database(url)
    organisations = Organisations(db)
    await organisations.refresh()
    bot = Bot(DEFAULT_TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(bot_api)))
    allowance = Allowance(rate)
    bot.session.middleware(AllowanceMiddleware(allowance))
    sender = Sender(bot, db, ManualClock(), Catalogues(), organisations, allowance)
    await sender.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
