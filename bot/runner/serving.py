"""A webhook from its announcement to Telegram to the last answer."""

import asyncio
from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import SetWebhook
from aiohttp import web

from bot.runner.patience import Pauses, sleep_unless
from bot.runner.token import TokenRefused

log = structlog.get_logger(__name__)

CONNECTIONS = 100  # the most that Telegram opens
DRAIN = 20.0  # seconds that handlers have after the signal to stop


async def serve(
    app: web.Application,
    stop: asyncio.Event,
    *,
    host: str,
    port: int,
    drain: float = DRAIN,
) -> None:
    """Listen until ``stop`` is set, then take nothing new and answer what was begun.

    What did not end within ``drain`` seconds is cut off unanswered, and Telegram brings it again.
    Raises OSError where the port is taken.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=drain)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        log.info("Listening", host=host, port=port)
        await stop.wait()
    finally:
        await runner.cleanup()


async def announce(
    bot: Bot,
    stop: asyncio.Event,
    *,
    url: str,
    secret: str,
    allowed_updates: Sequence[str],
    connections: int = CONNECTIONS,
) -> None:
    """Tell Telegram where to bring updates, until it has heard; nothing waiting is dropped.

    Raises TokenRefused.
    """
    pauses = Pauses()
    method = SetWebhook(
        url=url,
        secret_token=secret,
        allowed_updates=list(allowed_updates),
        max_connections=connections,
        drop_pending_updates=False,
    )
    while not stop.is_set():
        try:
            await bot(method)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise TokenRefused from error
        except TelegramAPIError as error:
            pause = getattr(error, "retry_after", None) or pauses.next()
            log.warning("Telegram does not take the webhook", reason=error.message, seconds=pause)
            await sleep_unless(stop, pause)
        else:
            return
