"""Looking at an installation: each finding is ok, or says what to do."""

import os
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.i18n import Catalogues
from bot.settings import Settings
from bot.telegram import make_bot
from services.language import Language
from storage import migrations

_LEAST_FREE = 200 * 2**20  # bytes; below that SQLite may not finish a checkpoint
_MOST_SKEW = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found."""

    subject: str
    ok: bool
    words: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield a finding for the token, rights, clock, disk, database, keys and catalogues."""
    async for finding in _telegram(settings):
        yield finding
    yield await _clock(settings)
    yield _disk(settings)
    yield _database(settings)
    yield _keys(settings.keys_dir)
    yield _catalogues()


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield Finding("token", ok=False, words="BOT_TOKEN is not set: ask @BotFather for one")
        return
    try:
        async with make_bot(settings) as bot:
            me = await bot.get_me()
            webhook = await bot.get_webhook_info()
    except TelegramUnauthorizedError:
        yield Finding("token", ok=False, words="Telegram refuses BOT_TOKEN: copy it anew")
        return
    except (TelegramNetworkError, TelegramAPIError) as error:
        words = f"{settings.telegram_api} does not answer ({type(error).__name__})"
        yield Finding("token", ok=False, words=f"{words}: check TELEGRAM_API and the network")
        return
    yield Finding("token", ok=True, words=f"@{me.username}")
    if me.can_join_groups:
        yield Finding(
            "rights", ok=True, words="works in private chats; /setjoingroups could be off"
        )
    else:
        yield Finding("rights", ok=True, words="private chats only")
    if webhook.url and settings.webhook_url is None:
        words = "a webhook is set and WEBHOOK_URL is empty: `run` removes it and polls"
        yield Finding("webhook", ok=True, words=words)


async def _clock(settings: Settings) -> Finding:
    """Compare with the Date header of Telegram's server (RFC 9110, whole seconds)."""
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.head(
                settings.telegram_api, timeout=aiohttp.ClientTimeout(total=10)
            ) as response,
        ):
            date = response.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError):
        date = None
    if date is None:
        return Finding("clock", ok=True, words="not compared, no server to compare with")
    skew = abs(time.time() - parsedate_to_datetime(date).timestamp())
    if skew > _MOST_SKEW:
        words = f"off by {skew:.0f} s: switch on time synchronisation (timedatectl set-ntp true)"
        return Finding("clock", ok=False, words=words)
    return Finding("clock", ok=True, words=f"within {max(skew, 1):.0f} s of the server")


def _disk(settings: Settings) -> Finding:
    path = _existing(_data_folder(settings))
    free = shutil.disk_usage(path).free
    if free < _LEAST_FREE:
        words = f"{free // 2**20} MB free: make room, at least {_LEAST_FREE // 2**20} MB"
        return Finding("disk", ok=False, words=words)
    if not os.access(path, os.W_OK):
        return Finding("disk", ok=False, words=f"{path} cannot be written: change its owner")
    return Finding("disk", ok=True, words=f"{free // 2**30} GB free")


def _database(settings: Settings) -> Finding:
    try:
        current = migrations.current(settings.database_url)
    except (SQLAlchemyError, OSError) as error:
        words = f"cannot be opened ({type(error).__name__}): check DATABASE_URL"
        return Finding("database", ok=False, words=words)
    head = migrations.head()
    if current is None:
        return Finding("database", ok=True, words="empty; `run` makes its tables")
    if current != head:
        words = f"at revision {current}, this version needs {head}: python -m bot migrate"
        return Finding("database", ok=False, words=words)
    return Finding("database", ok=True, words=f"at revision {current}")


def _keys(folder: Path) -> Finding:
    if not folder.exists():
        return Finding("keys", ok=True, words="no poll is open; `run` makes the folder")
    if folder.stat().st_mode & 0o077:
        words = f"{folder} is open to others on this machine: chmod 700 {folder}"
        return Finding("keys", ok=False, words=words)
    return Finding("keys", ok=True, words="readable by the bot alone")


def _catalogues() -> Finding:
    missing = [str(code) for code in Language if not Catalogues().locales[code.value]._catalog]  # type: ignore[attr-defined]  # noqa: SLF001  # gettext offers no count
    if missing:
        words = f"{', '.join(missing)} is empty: restore the folder locales/"
        return Finding("catalogues", ok=False, words=words)
    return Finding("catalogues", ok=True, words=", ".join(Language))


def _data_folder(settings: Settings) -> Path:
    if settings.database_url.startswith("sqlite:///"):
        return Path(settings.database_url.removeprefix("sqlite:///")).parent
    return settings.keys_dir


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
