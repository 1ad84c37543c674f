"""Handing one message to Telegram, and reading from the answer what became of it."""

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import InputFile, Message
from aiohttp import ClientConnectorError

from bot.sender.uploads import Uploads
from handlers.notices import Notice
from services.delivery.outcome import Outcome, Result

log = structlog.get_logger(__name__)

TIMEOUT = 30  # seconds for one call

_GONE = ("chat not found", "user is deactivated", "can't initiate conversation", "peer_id_invalid")
_FILE = ("file identifier", "file_id", "file reference")


class Post:
    """Sends notices to people; never raises for what Telegram or the network did."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._uploads = Uploads()

    async def deliver(self, person_id: int, notice: Notice) -> Outcome:
        """Send a notice and return what became of it."""
        try:
            message = await self._send(person_id, notice)
        except (AiogramError, OSError) as error:
            return outcome_of(error)
        return Outcome(Result.DELIVERED, message.message_id)

    async def _send(self, person_id: int, notice: Notice) -> Message:
        if notice.picture is None:
            return await self._call(person_id, notice, notice.photo)
        try:
            async with self._uploads.photo(notice.picture) as photo:
                message = await self._call(person_id, notice, photo)
                self._uploads.keep(notice.picture, message)
                return message
        except TelegramBadRequest as error:
            if not any(word in error.message.lower() for word in _FILE):
                raise
        # Telegram forgot the picture: once more, from the file.
        self._uploads.forget(notice.picture)
        async with self._uploads.photo(notice.picture) as photo:
            return await self._call(person_id, notice, photo)

    async def _call(
        self, person_id: int, notice: Notice, photo: str | InputFile | None
    ) -> Message:
        if photo is None:
            return await self._bot.send_message(
                person_id, notice.text, reply_markup=notice.keyboard, request_timeout=TIMEOUT
            )
        return await self._bot.send_photo(
            person_id,
            photo,
            caption=notice.text,
            reply_markup=notice.keyboard,
            request_timeout=TIMEOUT,
        )


def outcome_of(error: AiogramError | OSError) -> Outcome:
    """Return what a failed call means for its message."""
    words = getattr(error, "message", None) or type(error).__name__
    return Outcome(_result(error, str(words).lower()), error=str(words))


def _result(error: AiogramError | OSError, words: str) -> Result:
    if isinstance(error, TelegramForbiddenError | TelegramBadRequest):
        if any(one in words for one in _GONE):
            return Result.GONE
        blocked = isinstance(error, TelegramForbiddenError)
        return Result.BLOCKED if blocked else Result.REFUSED
    if isinstance(error, TelegramEntityTooLarge | TelegramMigrateToChat | OSError):
        # An OSError: a picture that cannot be read.
        return Result.REFUSED
    if isinstance(error.__cause__, ClientConnectorError):
        return Result.UNSENT
    # 5xx, a timeout, a broken connection, an answer that is none.
    return Result.UNCERTAIN
