"""Handing one message to Telegram, and reading from the answer what became of it."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import BufferedInputFile, FSInputFile
from aiohttp import ClientConnectorError

from bot.sender.uploads import Uploads
from bot.sender.wire import TIMEOUT, Form, Wire
from handlers.notice import Drawing
from handlers.notices import Notice
from handlers.papers import Papers
from handlers.screen import REFUSED_MARKS
from services.delivery.outcome import Outcome, Result
from services.news.model import Media, MediaType

log = structlog.get_logger(__name__)

_GONE = ("chat not found", "user is deactivated", "can't initiate conversation", "peer_id_invalid")
_FILE = ("file identifier", "file_id", "file reference")


@dataclass(slots=True)
class Parcel:
    """A notice, packed once for everybody who gets it.

    form is None while its picture has to be uploaded, and where its document is drawn when it is
    sent; album goes ahead of it.
    """

    notice: Notice
    form: Form | None
    album: Form | None = None


class Post:
    """Sends notices to people; never raises for what Telegram or the network did.

    An album takes no buttons: it goes ahead, and the text follows as a message of its own. The
    two are one message in flight, with one row and one end: where the text did not arrive, or a
    kill came in between, another try sends both again. Documents, which follow the text, are part
    of it in the same way; files that are not there (yet) are waited for.
    """

    def __init__(self, bot: Bot, papers: Papers | None = None) -> None:
        self._bot = bot
        self._papers = papers
        self._wire = Wire(bot)
        self._uploads = Uploads()

    def pack(self, notice: Notice) -> Parcel:
        """Make a notice ready to be sent."""
        if notice.picture is not None or notice.drawing is not None:
            return Parcel(notice, None)
        if len(notice.media) > 1:
            form = self._wire.form(notice.text, notice.keyboard)
            return Parcel(notice, form, self._wire.album(notice.media))
        media = next(iter(notice.media), None)
        return Parcel(notice, self._wire.form(notice.text, notice.keyboard, media))

    async def deliver(self, person_id: int, parcel: Parcel, *, paid: bool = False) -> Outcome:
        """Send a parcel and return what became of it.

        The outcome has the ids of an album even where the text was refused: it did arrive.
        """
        ahead: tuple[int, ...] = ()
        if parcel.notice.documents and not await asyncio.to_thread(_are_there, parcel.notice):
            return Outcome(Result.UNCERTAIN, error="its files are not drawn")
        drawn = await self._drawn(parcel.notice.drawing)
        if parcel.notice.drawing is not None and drawn is None:
            return Outcome(Result.UNCERTAIN, error="its document is not drawn")
        try:
            if parcel.album is not None:
                ahead = await self._wire.send(person_id, parcel.album, paid=paid)
            if drawn is not None:
                message_id = await self._send_drawn(person_id, parcel.notice, drawn)
            else:
                message_id = await self._send(person_id, parcel, paid=paid)
            for document in parcel.notice.documents:
                ahead = (*ahead, await self._send_document(person_id, document, paid=paid))
        except (AiogramError, OSError) as error:
            return replace(_after_album(outcome_of(error), ahead), other_ids=ahead)
        return Outcome(Result.DELIVERED, message_id, other_ids=ahead)

    async def _send_document(self, person_id: int, document: Path, *, paid: bool) -> int:
        message = await self._bot.send_document(
            person_id,
            FSInputFile(document),
            allow_paid_broadcast=paid or None,
            request_timeout=TIMEOUT,
        )
        return message.message_id

    async def _send(self, person_id: int, parcel: Parcel, *, paid: bool) -> int:
        if parcel.form is None:
            return await self._send_picture(person_id, parcel, paid=paid)
        try:
            return (await self._wire.send(person_id, parcel.form, paid=paid))[0]
        except TelegramBadRequest as error:
            if parcel.notice.plain is not None and REFUSED_MARKS in error.message:
                form = self._wire.plain_form(parcel.notice.plain, parcel.notice.keyboard)
                return (await self._wire.send(person_id, form, paid=paid))[0]
            lost = any(word in error.message.lower() for word in _FILE)
            if parcel.notice.picture is None or not lost:
                raise
        # Telegram forgot the picture: once more, from the file.
        parcel.form = None
        self._uploads.forget(parcel.notice.picture)
        return await self._send_picture(person_id, parcel, paid=paid)

    async def _drawn(self, drawing: Drawing | None) -> BufferedInputFile | None:
        """Draw a document; None where there is none, or it cannot be drawn now."""
        if drawing is None or self._papers is None:
            return None
        try:
            data = await self._papers.certificate(drawing.sheet)
        except Exception as error:  # noqa: BLE001  # whatever it is must not stop the others
            log.warning("a document cannot be drawn", kind=type(error).__name__)
            return None
        return BufferedInputFile(data, drawing.name)

    async def _send_drawn(
        self, person_id: int, notice: Notice, document: BufferedInputFile
    ) -> int:
        message = await self._bot.send_document(
            person_id,
            document,
            caption=notice.text,
            reply_markup=notice.keyboard,
            request_timeout=TIMEOUT,
        )
        return message.message_id

    async def _send_picture(self, person_id: int, parcel: Parcel, *, paid: bool) -> int:
        """Upload the picture with the first message; the others then go by its file id."""
        notice = parcel.notice
        if notice.picture is None:
            raise ValueError("there is no picture to upload")
        async with self._uploads.photo(notice.picture) as photo:
            if isinstance(photo, str):
                media = Media(MediaType.PHOTO, photo)
                parcel.form = self._wire.form(notice.text, notice.keyboard, media)
                return (await self._wire.send(person_id, parcel.form, paid=paid))[0]
            message = await self._bot.send_photo(
                person_id,
                photo,
                caption=notice.text,
                reply_markup=notice.keyboard,
                allow_paid_broadcast=paid or None,
                request_timeout=TIMEOUT,
            )
            self._uploads.keep(notice.picture, message)
            return message.message_id


def _are_there(notice: Notice) -> bool:
    files = notice.documents if notice.picture is None else (notice.picture, *notice.documents)
    return all(path.exists() for path in files)


def _after_album(outcome: Outcome, ahead: tuple[int, ...]) -> Outcome:
    """Return what a text that certainly was not sent means once its album has arrived."""
    unsent = outcome.result is Result.UNSENT and ahead
    return replace(outcome, result=Result.UNCERTAIN) if unsent else outcome


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
