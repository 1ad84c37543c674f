"""The running program: from a clean start to a clean end."""

import asyncio
import contextlib
import ctypes
import gc
import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import structlog
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import Message, Update

from bot.clock import FollowedClock
from bot.errors import DatabaseAway
from bot.late_models import build_now
from bot.runner.intake import Intake
from bot.runner.polling import poll
from bot.runner.serving import announce, serve
from bot.runner.shelf import Shelf
from bot.runner.webhook import webhook_app
from bot.settings import BadSettings, Settings
from bot.wiring import Application, assemble
from handlers.menu import set_general_commands
from storage import migrations, quarantine

log = structlog.get_logger()

# Beyond these allocations the collector would walk everything that lives for ever: the p99 of a
# vote fell from 133 to 18 ms.
_THRESHOLDS = (50_000, 50, 50)
# What nearly every update is made of and answered with.
_SURE_TO_COME = (Update, Message, SendMessage, EditMessageText, AnswerCallbackQuery)
_FAREWELL = 10.0  # seconds that messages in flight and other last work have
# The balancer that ends TLS may stand on another machine.
WEBHOOK_HOST = "0.0.0.0"  # noqa: S104


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Migrate, assemble and serve until `stop` is set; then finish what was begun."""
    await asyncio.to_thread(migrations.upgrade, settings.database_url)
    async with assemble(settings) as application:
        await _serve(application, stop)


@contextlib.contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def _settle_memory() -> None:
    """Leave what lives for ever out of every later collection; give back what the start needed."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc; others do without
    if trim is not None:
        trim(0)


async def _serve(application: Application, stop: asyncio.Event) -> None:
    nursery, settings = application.nursery, application.settings
    resign = asyncio.Event()
    application.upkeep.start()
    if isinstance(application.clock, FollowedClock):
        application.clock.on_jump(application.work.tick_soon)
        nursery.spawn(application.clock.follow(), "clock", endless=True)
    nursery.spawn(application.leadership.run(resign), "leadership", vital=True)
    nursery.spawn(_introduce(application), "commands", endless=True)
    nursery.spawn(_stop_when_broken(application, stop), "watch", endless=True)
    build_now(*_SURE_TO_COME)
    _settle_memory()
    try:
        await _take_updates(application, stop)
    finally:
        application.upkeep.stop()
        resign.set()
        await nursery.drain(_FAREWELL)
    if nursery.broken.is_set():
        raise RuntimeError("a vital part ended; the log says which")
    log.info("stopped", database=settings.database_url.partition(":")[0])


async def _take_updates(application: Application, stop: asyncio.Event) -> None:
    async def keep(body: bytes, reason: str) -> None:
        veiled = await application.confidence.veiled(body)
        await application.db.write(quarantine.keep, veiled, reason, application.clock.now())

    async def answers() -> None:
        await application.db.read(quarantine.count)

    intake = Intake(
        application.dispatcher,
        application.bot,
        quarantine=keep,
        later=(DatabaseAway,),
        well=answers,
        sorry=application.apology,
        shortcut=application.votes,
    )
    await application.dispatcher.emit_startup()
    if application.settings.webhook_url is not None:
        await _answer_webhook(application, intake, application.settings.webhook_url, stop)
        return
    await _poll_while_leading(application, intake, stop)


async def _poll_while_leading(
    application: Application, intake: Intake, stop: asyncio.Event
) -> None:
    """Poll in each term of this process: Telegram lets one process ask at a time."""
    nursery = application.nursery
    stopping = nursery.spawn(stop.wait(), "stop", endless=True)
    while not stop.is_set():
        waiting = nursery.spawn(application.leadership.term(), "next term", endless=True)
        await asyncio.wait({stopping, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            return
        pause = asyncio.Event()
        over = nursery.spawn(waiting.result().over.wait(), "end of term", endless=True)
        for end in (stopping, over):
            end.add_done_callback(lambda _, pause=pause: pause.set())  # type: ignore[misc]
        await poll(
            application.bot,
            intake,
            pause,
            application.dispatcher.resolve_used_update_types(),
            nursery=nursery,
            shelf=Shelf(application.db, application.clock, secret=application.confidence.holds),
        )


async def _answer_webhook(
    application: Application, intake: Intake, url: str, stop: asyncio.Event
) -> None:
    secret = application.settings.webhook_secret
    if secret is None:
        raise BadSettings("WEBHOOK_SECRET: is not set; a webhook needs one.")
    app = webhook_app(
        intake,
        path=urlsplit(url).path or "/",
        secret=secret.get_secret_value(),
        ready=lambda: application.db.read(quarantine.count),
        seats=application.seats,
    )
    announcement = announce(
        application.bot,
        stop,
        url=url,
        secret=secret.get_secret_value(),
        allowed_updates=application.dispatcher.resolve_used_update_types(),
    )
    application.nursery.spawn(announcement, "webhook", vital=True)
    await serve(app, stop, host=WEBHOOK_HOST, port=application.settings.webhook_port)


async def _introduce(application: Application) -> None:
    """Tell Telegram the commands; where it does not answer the bot works without."""
    try:
        await set_general_commands(application.bot, application.i18n)
    except TelegramAPIError as error:
        log.warning("commands were not set", kind=type(error).__name__)


async def _stop_when_broken(application: Application, stop: asyncio.Event) -> None:
    await application.nursery.broken.wait()
    stop.set()
