"""One message at a time: each question takes the place of the one before."""

from contextlib import suppress

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.screen import Screen, acknowledge, send, show


async def show_pressed(callback: CallbackQuery, screen: Screen) -> None:
    """Show the screen in place of the message that was pressed.

    A picture cannot become text nor text a picture: then the pressed message goes.
    """
    message = callback.message
    if not isinstance(message, Message) or (message.photo is None and screen.photo is None):
        await show(callback, screen)
        return
    await acknowledge(callback)
    if message.photo and screen.photo is not None and await _captioned(message, screen):
        return
    with suppress(TelegramBadRequest):
        # Older than two days, or gone already.
        await message.delete()
    await send(callback, screen)


async def _captioned(message: Message, screen: Screen) -> bool:
    """Change the caption where it is the same question; tell whether it was."""
    markup = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
    first = screen.text.partition("\n")[0].replace("<b>", "").replace("</b>", "")
    if not (message.caption or "").startswith(f"{first}\n"):
        return False
    try:
        await message.edit_caption(caption=screen.text, reply_markup=markup)
    except TelegramBadRequest as error:
        return "message is not modified" in error.message
    return True
