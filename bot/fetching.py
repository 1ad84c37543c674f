"""Fetching a file from Telegram by its id, up to the size that bots are handed."""

from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import ClientResponseError

from services.appeals.draft import FILE_SIZE_LIMIT

PATIENCE = 120  # seconds for one file
_NOT_FOUND = 404


class TooBig(Exception):  # noqa: N818  # a fact about the file
    """The file is larger than Telegram hands to bots (Bot API, getFile: 20 MB)."""


class NotThere(Exception):  # noqa: N818  # likewise
    """Telegram does not find the file: for now, or for good."""


async def fetch(bot: Bot, file_id: str, path: Path) -> None:
    """Write a file of Telegram to a new file on the disk.

    Raises TooBig, NotThere, OSError of the disk, and what aiogram and aiohttp raise where the
    network is in trouble.
    """
    try:
        found = await bot.get_file(file_id)
    except TelegramBadRequest as error:
        if "too big" in error.message:
            raise TooBig from error
        raise NotThere from error
    if found.file_path is None:
        raise NotThere
    if found.file_size is not None and found.file_size > FILE_SIZE_LIMIT:
        raise TooBig
    with _Limited(path) as limited:
        try:
            await bot.download_file(
                found.file_path, cast("BinaryIO", limited), timeout=PATIENCE, seek=False
            )
        except ClientResponseError as error:
            if error.status == _NOT_FOUND:
                raise NotThere from error
            raise


class _Limited:
    """A file on the disk that takes no more than the limit, whatever a server sends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = 0

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        """Write a piece; raises TooBig instead where it is too much."""
        self._written += len(data)
        if self._written > FILE_SIZE_LIMIT:
            raise TooBig
        return self._file.write(data)

    def flush(self) -> Any:
        """Hand on to the system what was written."""
        self._file.flush()
