"""Fetching a file from Telegram by its id, up to the size that bots are handed."""

from io import BytesIO
from typing import Any, BinaryIO, cast

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


async def fetch(bot: Bot, file_id: str) -> bytes:
    """Return the content of a file of Telegram; nothing of it comes to the disk.

    Raises TooBig, NotThere, and what aiogram and aiohttp raise where the network is in trouble.
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
    limited = _Limited()
    try:
        await bot.download_file(
            found.file_path, cast("BinaryIO", limited), timeout=PATIENCE, seek=False
        )
    except ClientResponseError as error:
        if error.status == _NOT_FOUND:
            raise NotThere from error
        raise
    return limited.content()


class _Limited:
    """What a server sends, in memory, and no more of it than the limit."""

    def __init__(self) -> None:
        self._kept = BytesIO()

    def write(self, data: bytes) -> int:
        """Take a piece; raises TooBig instead where it is too much."""
        if self._kept.tell() + len(data) > FILE_SIZE_LIMIT:
            raise TooBig
        return self._kept.write(data)

    def flush(self) -> Any:
        """Do nothing: all is there."""

    def content(self) -> bytes:
        """Return all that was sent."""
        return self._kept.getvalue()
