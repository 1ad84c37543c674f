"""The machine under the bot: its clock, its disks, its files."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from bot.doctor.finding import Finding
from bot.i18n import Catalogues
from bot.settings import Settings
from services.language import Language
from services.polls.keys import PollKeys

_LEAST_FREE = 200 * 2**20  # bytes; below that SQLite may not finish a checkpoint
_MOST_SKEW = 30.0  # seconds


async def look_at_clock(server: str) -> Finding:
    """Compare with the Date header of a server (RFC 9110, whole seconds)."""
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.head(server, timeout=timeout) as response,
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


def look_at_disks(settings: Settings) -> Iterator[Finding]:
    """Look for room and for the right to write, where the database, backups and files lie."""
    yield _disk("disk", _data_folder(settings))
    if settings.backup_dir is not None:
        yield _disk("backup disk", settings.backup_dir)
    if settings.attachments_dir is not None:
        yield _disk("disk of files", settings.attachments_dir)


def look_at_keys(folder: Path) -> Finding:
    """Look who may read the keys of open polls."""
    if not folder.exists():
        return Finding("keys", ok=True, words="no poll is open; `run` makes the folder")
    exposed = PollKeys(folder).exposed()
    if folder in exposed:
        words = f"{folder} is open to others on this machine: chmod 700 {folder}"
        return Finding("keys", ok=False, words=words)
    if exposed:
        words = f"{len(exposed)} keys are open to others on this machine: chmod 600 {folder}/*"
        return Finding("keys", ok=False, words=words)
    return Finding("keys", ok=True, words="readable by the bot alone")


def look_at_catalogues() -> Finding:
    """Look whether both languages are there."""
    missing = [str(code) for code in Language if not Catalogues().locales[code.value]._catalog]  # type: ignore[attr-defined]  # noqa: SLF001  # gettext offers no count
    if missing:
        words = f"{', '.join(missing)} is empty: restore the folder locales/"
        return Finding("catalogues", ok=False, words=words)
    return Finding("catalogues", ok=True, words=", ".join(Language))


def _disk(subject: str, folder: Path) -> Finding:
    path = _existing(folder)
    free = shutil.disk_usage(path).free
    if free < _LEAST_FREE:
        words = f"{free // 2**20} MB free at {path}: make room, {_LEAST_FREE // 2**20} MB at least"
        return Finding(subject, ok=False, words=words)
    try:
        tempfile.TemporaryFile(dir=path).close()
    except OSError as error:
        words = f"{path} cannot be written ({error.strerror}): change its owner or its mount"
        return Finding(subject, ok=False, words=words)
    return Finding(subject, ok=True, words=f"{free // 2**30} GB free")


def _data_folder(settings: Settings) -> Path:
    if settings.database_url.startswith("sqlite:///"):
        return Path(settings.database_url.removeprefix("sqlite:///")).parent
    return settings.keys_dir


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
