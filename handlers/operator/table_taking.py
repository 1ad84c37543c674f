"""Fetching a table that somebody sent as a document."""

from io import BytesIO

from aiogram import Bot
from aiogram.types import Document

from services.tables.reading import LARGEST_FILE

_PATIENCE = 30  # seconds


async def fetched(bot: Bot, document: Document) -> bytes:
    """Return the file; nothing of one that is too large, which the reading then refuses.

    Raises TelegramAPIError, TimeoutError and OSError where it cannot be fetched.
    """
    if document.file_size is not None and document.file_size > LARGEST_FILE:
        return bytes(LARGEST_FILE + 1)
    found = await bot.get_file(document.file_id)
    file = BytesIO()
    if found.file_path is not None:
        await bot.download_file(found.file_path, file, timeout=_PATIENCE)
    return file.getvalue()
