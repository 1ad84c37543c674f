"""The bot beside its own small Telegram: one process for each, so that either may die."""

import asyncio
import os
import shutil
import sys
from contextlib import AsyncExitStack
from datetime import datetime, time, timedelta
from pathlib import Path

import structlog

from bot.demonstration import load
from bot.program import stop_on_signals
from bot.settings import BadSettings, Settings
from sandbox.seed import read_seed
from sandbox.server import Sandbox
from services.calendar.working_days import is_working_day
from services.clock import ALMATY, SystemClock
from services.polls.keys import PollKeys
from storage import migrations, vault
from storage.data_keys import note_key
from storage.database import open_database

log = structlog.get_logger()

FOLDER = Path("var/sandbox")
SEED = Path("sandbox/demonstration.yaml")
MORNING = time(10, 0)
_DRAIN = 25  # seconds that the bot has to finish


class FixedClock:
    """The moment at which the demonstration begins."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return that moment."""
        return self._moment


async def serve(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl+C; a bot that dies is started again.

    Raises BadSettings where a port is taken, and touches nothing then: another sandbox may run.
    """
    start = working_morning(SystemClock().now())
    seed = await asyncio.to_thread(SEED.read_text, encoding="utf-8")
    sandbox = Sandbox(
        read_seed(seed),
        bot_api_port=settings.sandbox_api_port,
        page_port=settings.sandbox_port,
        start_at=start,
    )
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(sandbox)
        except OSError:
            raise BadSettings(_taken(settings)) from None
        environment = _environment(settings) | {
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API": sandbox.bot_api,
            "CLOCK_URL": f"{sandbox.page}/api/clock",
        }
        # Of this run alone: everything is sealed in a demonstration as it is in earnest.
        vault.use(vault.keyring(environment["DATA_KEY"]))
        await asyncio.to_thread(_begin_anew)
        await _load_demonstration(environment, start)
        print(  # noqa: T201
            f"The sandbox is ready: open {sandbox.page} in a browser "
            f"(Bot API at {sandbox.bot_api}; both on this computer only). Ctrl+C ends it.",
            flush=True,
        )
        stop = asyncio.Event()
        with stop_on_signals(stop):
            await _keep_running(environment, stop)
    return 0


def _taken(settings: Settings) -> str:
    return (
        f"SANDBOX_PORT, SANDBOX_API_PORT: port {settings.sandbox_port} or "
        f"{settings.sandbox_api_port} is taken; end what uses it or choose others."
    )


def _begin_anew() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)


def working_morning(now: datetime) -> datetime:
    """Return 10:00 in Asia/Almaty of this day, or of the next working day.

    A demonstration that began at night would keep its mailings until the morning.
    """
    day = now.astimezone(ALMATY).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, ALMATY)


def _environment(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{FOLDER}/unqosu.db",
        "DATA_KEY": vault.new_key(),
        "KEYS_DIR": str(FOLDER / "keys"),
        "CHARTS_DIR": str(FOLDER / "charts"),
        "ATTACHMENTS_DIR": str(FOLDER / "attachments"),
        "BACKUP_DIR": "",
        "ORGANISATION_FILE": str(settings.organisation_file),
        "PARTY_CHANNEL": "@unqosu_desk_news",  # of the demonstration's seed
        "WEBHOOK_URL": "",
        "ADMIN_IDS": "",
    }


async def _load_demonstration(environment: dict[str, str], start: datetime) -> None:
    url = environment["DATABASE_URL"]
    migrations.upgrade(url)
    db = await open_database(url)
    try:
        keys = PollKeys(Path(environment["KEYS_DIR"]))
        await db.write(note_key, start)
        organisation = Path(environment["ORGANISATION_FILE"])
        await load(db, FixedClock(start), keys, SEED, organisation=organisation)
    finally:
        await db.close()


async def _keep_running(environment: dict[str, str], stop: asyncio.Event) -> None:
    """Run the bot until `stop`; start it again when it dies, as a service manager would."""
    stopping = asyncio.create_task(stop.wait())  # ends with this function
    try:
        while not stop.is_set():
            bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment
            )
            dying = asyncio.create_task(bot.wait())  # likewise
            await asyncio.wait({stopping, dying}, return_when=asyncio.FIRST_COMPLETED)
            if bot.returncode is None:
                bot.terminate()
                await asyncio.wait_for(dying, _DRAIN)
            elif not stop.is_set():
                log.warning("the bot ended and is started again", status=bot.returncode)
                await asyncio.sleep(1)
    finally:
        stopping.cancel()
