"""Copies of citizens' files under ATTACHMENTS_DIR, made in the background by the leader.

A copy is checked by its content, sealed and written beside its place, made safe on the disk and
renamed; only then does the database know of it, so that a kill at any instant leaves nothing but
a part that is written anew. Its name is made of numbers: whatever the citizen called the file is
no part of any path. What was sent comes to the disk sealed only, where there is a key.
"""

import asyncio
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from time import time

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientError

from bot.fetching import NotThere, TooBig, fetch
from bot.kept_files import sync_folder, write_copy
from bot.nursery import Nursery
from services.appeals.content import recognise
from services.appeals.files import (
    KeptFile,
    copy_missed,
    files_to_copy,
    postpone_copy,
    settle_copy,
)
from services.appeals.model import CopyState
from services.clock import Clock
from services.rights.files import is_erased
from storage.database import Database

log = structlog.get_logger(__name__)

BATCH = 20
AT_MOST = 500  # files in one look; the next minute goes on
PATIENCE = 3  # troubles in a row, after which a look ends
OLD_PART = 3600.0  # seconds after which nobody writes a part any more
TROUBLE = (
    ClientError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
    TimeoutError,
)
_FOLDER_OF = 1000  # appeals in one folder


@dataclass(frozen=True, slots=True)
class Stored:
    """A copy on the disk: its path under the folder, and its SHA-256 in hexadecimal digits."""

    path: str
    sha256: str


class AttachmentCopies:
    """Copies what has no copy yet; without a folder nothing is copied."""

    def __init__(
        self, directory: Path | None, *, bot: Bot, db: Database, clock: Clock, nursery: Nursery
    ) -> None:
        self._directory = directory
        self._bot = bot
        self._db = db
        self._clock = clock
        self._nursery = nursery
        self._running = False

    async def look(self) -> None:
        """Begin to copy where something waits; the tick does not wait for it."""
        if self._directory is None or self._running:
            return
        if await self._db.read(files_to_copy, self._clock.now(), None, 1):
            self._running = True
            self._nursery.spawn(self._copy_all(self._directory), "copies of files", endless=True)

    async def copy_now(self) -> int:
        """Copy what may be tried now, and return how many files were tried."""
        if self._directory is None:
            return 0
        return await self._copy(self._directory)

    async def _copy_all(self, directory: Path) -> None:
        try:
            await self._copy(directory)
        except OSError as error:
            log.error("files cannot be kept", reason=error.strerror, code=error.errno)  # noqa: TRY400
        finally:
            self._running = False

    async def _copy(self, directory: Path) -> int:
        await asyncio.to_thread(_prepare, directory)
        after: tuple[int, int] | None = None
        tried = in_a_row = 0
        while tried < AT_MOST and in_a_row < PATIENCE:
            files = await self._db.read(files_to_copy, self._clock.now(), after, BATCH)
            for file in files:
                after = file.key
                tried += 1
                in_a_row = 0 if await self._copy_one(directory, file) else in_a_row + 1
                if in_a_row >= PATIENCE:
                    break
            if len(files) < BATCH:
                break
        return tried

    async def _copy_one(self, directory: Path, file: KeptFile) -> bool:
        """Copy a file, or keep why not; False where the network was in trouble."""
        now = self._clock.now()
        try:
            data = await fetch(self._bot, file.file.file_id)
            stored = await asyncio.to_thread(_keep, directory, data, file)
        except TooBig:
            await self._db.write(settle_copy, file.key, CopyState.TOO_BIG)
        except NotThere:
            await self._db.write(copy_missed, file.key, file.tries + 1, now)
        except TROUBLE as error:
            await self._db.write(postpone_copy, file.key, now)
            log.info("a file was not fetched", kind=type(error).__name__)
            return False
        else:
            if stored is None:
                await self._db.write(settle_copy, file.key, CopyState.BAD_TYPE)
            else:
                kept = (CopyState.STORED, stored.path, stored.sha256)
                await self._db.write(settle_copy, file.key, *kept)
                if await self._db.read(is_erased, file.key):
                    (directory / stored.path).unlink(missing_ok=True)
        return True


def _prepare(directory: Path) -> None:
    """Make the folder, for the bot alone, and remove parts that a kill has left."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in directory.glob("*.part"):
        if time() - part.stat().st_mtime > OLD_PART:
            part.unlink(missing_ok=True)


def _keep(directory: Path, data: bytes, file: KeptFile) -> Stored | None:
    """Put a copy in its place; None where its content is nothing that is kept."""
    content = recognise(data)
    if content is None:
        return None
    folder = directory / f"{file.appeal // _FOLDER_OF:06d}"
    folder.mkdir(mode=0o700, exist_ok=True)
    place = folder / f"{_name(file)}.{content.value.extension}"
    part = directory / f"{_name(file)}.{os.getpid()}.part"
    try:
        write_copy(part, data)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    for changed in (folder, directory):
        sync_folder(changed)
    return Stored(place.relative_to(directory).as_posix(), hashlib.sha256(data).hexdigest())


def _name(file: KeptFile) -> str:
    return f"{file.appeal}-{file.message_id}"
