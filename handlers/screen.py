"""Showing a screen: in place where a button was pressed, as a new message otherwise."""

from dataclasses import dataclass

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from handlers.seat import present_seat

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
Event = Message | CallbackQuery


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees: Telegram HTML (at most 4,096 characters shown) and what to press.

    With a photo (a file id, or a file to upload) the text is its caption (at most 1,024).
    """

    text: str
    keyboard: Keyboard | None = None
    photo: str | InputFile | None = None


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


async def send(event: Event, screen: Screen) -> None:
    """Show the screen as a new message and leave the pressed one as it is."""
    if isinstance(event, Message):
        await _send(event, screen)
        return
    await acknowledge(event)
    if isinstance(event.message, Message):
        await _send(event.message, screen)


async def acknowledge(callback: CallbackQuery, text: str | None = None) -> None:
    """Answer the press, with a short pop-up where there is something to say (200 characters).

    Telegram takes one answer within about 30 s; a repeated update brings an answered query.
    """
    try:
        await callback.answer(text, show_alert=text is not None)
    except TelegramBadRequest as error:
        if "query is too old" not in error.message and "query ID is invalid" not in error.message:
            raise


def _fits_in_place(message: Message, screen: Screen) -> bool:
    """Telegram edits text into text, and only under inline keyboards."""
    inline = screen.keyboard is None or isinstance(screen.keyboard, InlineKeyboardMarkup)
    return inline and message.text is not None and screen.photo is None


async def _edited(message: Message, screen: Screen) -> bool:
    keyboard = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
    try:
        await message.edit_text(screen.text, reply_markup=keyboard)
    except TelegramBadRequest as error:
        # The screen already shows this: a repeated tap.
        return "message is not modified" in error.message
    return True


async def _send(message: Message, screen: Screen) -> None:
    if screen.photo is not None:
        await message.answer_photo(screen.photo, caption=screen.text, reply_markup=screen.keyboard)
        return
    call = message.answer(screen.text, reply_markup=screen.keyboard)
    seat = present_seat()
    if seat is not None:
        if (earlier := seat.vacate()) is not None:
            await earlier
        if seat.take(call):
            return
    await call
