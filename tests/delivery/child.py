"""A sender in a process of its own: `python -m tests.delivery.child DATABASE BOT_API RATE`."""

import asyncio
import sys

from bot.allowance import Allowance
from bot.i18n import Catalogues
from bot.middlewares.allowance import AllowanceMiddleware
from bot.sender.sender import Sender
from bot.settings import Settings
from bot.telegram import make_bot
from sandbox.server.listen import DEFAULT_TOKEN
from services.organisation.directory import Organisations
from storage.database import open_database
from tests.delivery.stage import ManualClock


async def main(url: str, bot_api: str, rate: int) -> None:
    """Send until killed."""
    db = await open_database(url)
    organisations = Organisations(db)
    await organisations.refresh()
    facts = {"bot_token": DEFAULT_TOKEN, "telegram_api": bot_api}
    bot = make_bot(Settings(_env_file=None, **facts))
    allowance = Allowance(rate, free=rate)
    bot.session.middleware(AllowanceMiddleware(allowance))
    sender = Sender(bot, db, ManualClock(), Catalogues(), organisations, allowance)
    await sender.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
