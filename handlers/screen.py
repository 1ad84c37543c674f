"""Showing a screen: in place where a button was pressed, as a new message otherwise."""

from dataclasses import dataclass

from aiogram.client.default import Default
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MediaUnion,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from handlers.seat import present_seat
from services.news.model import Media, MediaType

# What Telegram says of marks that it does not know.
REFUSED_MARKS = "can't parse entities"

_USUAL_MARKS = Default("parse_mode")

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
Event = Message | CallbackQuery


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees: Telegram HTML (at most 4,096 characters shown) and what to press.

    With a photo (a file id, or a file to upload) or one of media the text is its caption (at
    most 1,024); several media are an album, which goes ahead of the text. plain: the same words
    without any marks, shown where Telegram refuses the marks.
    """

    text: str
    keyboard: Keyboard | None = None
    photo: str | InputFile | None = None
    media: tuple[Media, ...] = ()
    plain: str | None = None


async def show(event: Event, screen: Screen) -> None:
    """Show the screen and acknowledge the press, so that no button keeps spinning."""
    if isinstance(event, Message):
        await _send(event, screen)
        return
    await acknowledge(event)
    message = event.message
    if not isinstance(message, Message):
        return
    if _fits_in_place(message, screen) and await _edited(message, screen):
        return
    await _send(message, screen)


async def turn(callback: CallbackQuery, screen: Screen) -> None:
    """Show the screen in place, whether words or a picture stood there: pages are turned."""
    await acknowledge(callback)
    message = callback.message
    if not isinstance(message, Message):
        return
    if screen.photo is not None and message.photo and await _repainted(message, screen):
        return
    if screen.photo is None and _fits_in_place(message, screen) and await _edited(message, screen):
        return
    await _send(message, screen)


async def send(event: Event, screen: Screen) -> None:
    """Show the screen as a new message and leave the pressed one as it is."""
    if isinstance(event, Message):
        await _send(event, screen)
        return
    await acknowledge(event)
    if isinstance(event.message, Message):
        await _send(event.message, screen)


async def acknowledge(
    callback: CallbackQuery, text: str | None = None, *, alert: bool = True
) -> None:
    """Answer the press, with a short pop-up where there is something to say (200 characters).

    Without `alert` it vanishes by itself, which suits a word of thanks.

    Telegram takes one answer within about 30 s; a repeated update brings an answered query.
    """
    try:
        await callback.answer(text, show_alert=alert and text is not None)
    except TelegramBadRequest as error:
        if "query is too old" not in error.message and "query ID is invalid" not in error.message:
            raise


async def change_buttons(callback: CallbackQuery, buttons: InlineKeyboardMarkup) -> None:
    """Put other buttons under the message that was pressed, which stays as it is."""
    if not isinstance(callback.message, Message):
        return
    try:
        await callback.message.edit_reply_markup(reply_markup=buttons)
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise


def _fits_in_place(message: Message, screen: Screen) -> bool:
    """Telegram edits text into text, and only under inline keyboards."""
    inline = screen.keyboard is None or isinstance(screen.keyboard, InlineKeyboardMarkup)
    plain = screen.photo is None and not screen.media
    return inline and message.text is not None and plain


async def _edited(
    message: Message, screen: Screen, parse_mode: str | Default | None = _USUAL_MARKS
) -> bool:
    keyboard = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
    try:
        await message.edit_text(screen.text, reply_markup=keyboard, parse_mode=parse_mode)
    except TelegramBadRequest as error:
        if screen.plain is not None and REFUSED_MARKS in error.message:
            return await _edited(message, Screen(screen.plain, screen.keyboard), parse_mode=None)
        # The screen already shows this: a repeated tap.
        return "message is not modified" in error.message
    return True


async def _repainted(message: Message, screen: Screen) -> bool:
    keyboard = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
    picture = InputMediaPhoto(media=screen.photo or "", caption=screen.text)
    try:
        await message.edit_media(picture, reply_markup=keyboard)
    except TelegramBadRequest as error:
        return "message is not modified" in error.message
    return True


async def _send(message: Message, screen: Screen) -> None:
    if screen.photo is not None:
        await message.answer_photo(screen.photo, caption=screen.text, reply_markup=screen.keyboard)
        return
    if len(screen.media) == 1:
        await _send_one(message, screen, screen.media[0])
        return
    if screen.media:
        await message.answer_media_group([*map(_part_of_album, screen.media)])
    if screen.plain is not None:
        await _send_marked(message, screen, screen.plain)
        return
    call = message.answer(screen.text, reply_markup=screen.keyboard)
    seat = present_seat()
    if seat is not None:
        if (earlier := seat.vacate()) is not None:
            await earlier
        if seat.take(call):
            return
    await call


async def _send_marked(message: Message, screen: Screen, plain: str) -> None:
    """Send with marks, else without: whether Telegram takes them has to be heard."""
    try:
        await message.answer(screen.text, reply_markup=screen.keyboard)
    except TelegramBadRequest as error:
        if REFUSED_MARKS not in error.message:
            raise
        await message.answer(plain, reply_markup=screen.keyboard, parse_mode=None)


async def _send_one(message: Message, screen: Screen, media: Media) -> None:
    caption, keyboard = screen.text, screen.keyboard
    match media.type:
        case MediaType.PHOTO:
            await message.answer_photo(media.file_id, caption=caption, reply_markup=keyboard)
        case MediaType.VIDEO:
            await message.answer_video(media.file_id, caption=caption, reply_markup=keyboard)
        case MediaType.DOCUMENT:
            await message.answer_document(media.file_id, caption=caption, reply_markup=keyboard)


def _part_of_album(media: Media) -> MediaUnion:
    match media.type:
        case MediaType.PHOTO:
            return InputMediaPhoto(media=media.file_id)
        case MediaType.VIDEO:
            return InputMediaVideo(media=media.file_id)
        case MediaType.DOCUMENT:
            return InputMediaDocument(media=media.file_id)
