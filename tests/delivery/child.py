"""A sender in a process of its own.

`python -m tests.delivery.child DATABASE BOT_API RATE [STARS [EARLY]]`: so many messages a second,
that many Stars for a mailing, and a file to which each call made too early adds a line.
"""

import asyncio
import gc
import sys
import time
from pathlib import Path

import uvloop
from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.allowance import Allowance
from bot.i18n import Catalogues
from bot.middlewares.allowance import AllowanceMiddleware
from bot.sender.sender import Sender
from bot.settings import Settings
from bot.telegram import make_bot
from sandbox.server.listen import DEFAULT_TOKEN
from services.delivery.policy import Policy
from services.organisation.directory import Organisations
from storage.database import open_database
from tests.delivery.stage import ManualClock


class GateWatch(BaseRequestMiddleware):
    """Notes each call that is made before the time is over that the last 429 asked for."""

    def __init__(self, notes: Path) -> None:
        self._notes = notes
        self._closed_until = 0.0

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call."""
        if time.monotonic() < self._closed_until:
            with self._notes.open("a") as notes:
                notes.write(f"{method.__api_method__}\n")
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._closed_until = max(self._closed_until, time.monotonic() + error.retry_after)
            raise


async def main(
    url: str, bot_api: str, rate: str, stars: str = "0", early: str | None = None
) -> None:
    """Send until killed; what is not paid for goes as fast as the rest."""
    db = await open_database(url)
    organisations = Organisations(db)
    await organisations.refresh()
    facts = {"bot_token": DEFAULT_TOKEN, "telegram_api": bot_api}
    bot = make_bot(Settings(_env_file=None, **facts))
    allowance = Allowance(float(rate), free=float(rate))
    bot.session.middleware(AllowanceMiddleware(allowance))
    if early is not None:
        bot.session.middleware(GateWatch(Path(early)))
    policy = Policy(paid_stars=int(stars))
    sender = Sender(bot, db, ManualClock(), Catalogues(), organisations, allowance, policy)
    # As the program does once it has started.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    await sender.run(asyncio.Event())


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
