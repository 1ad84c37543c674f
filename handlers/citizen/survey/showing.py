"""One message at a time: each question takes the place of the one before."""

from contextlib import suppress

from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.screen import Screen, acknowledge, show

KEY = "survey"


class Surveying(StatesGroup):
    """A message may be an answer; which one, the locked sheet knows."""

    answers = State()


async def enter(state: FSMContext, poll_id: int, shown: int | None) -> None:
    """Wait for messages to this poll; `shown` is the message with the present question."""
    if await state.get_state() != Surveying.answers.state:
        await state.set_state(Surveying.answers)
    here = {"poll": poll_id, "message": shown}
    if (await state.get_data()).get(KEY) != here:
        await state.update_data({KEY: here})


async def leave(state: FSMContext) -> None:
    """Wait for no messages any more, and forget which poll it was."""
    data = await state.get_data()
    if data.pop(KEY, None) is not None:
        await state.set_data(data)
    if await state.get_state() == Surveying.answers.state:
        await state.set_state(None)


async def show_pressed(callback: CallbackQuery, screen: Screen) -> int | None:
    """Show the screen in place of the message that was pressed; return the id of what is shown.

    A picture cannot become text nor text a picture: then the pressed message goes.
    """
    message = callback.message
    if not isinstance(message, Message):
        await acknowledge(callback)
        return None
    if message.photo is None and screen.photo is None:
        await show(callback, screen)
        return message.message_id
    await acknowledge(callback)
    if message.photo and screen.photo is not None and await _captioned(message, screen):
        return message.message_id
    return await show_below(message, screen, message.message_id)


async def show_below(message: Message, screen: Screen, earlier: int | None) -> int:
    """Show the screen as the last message in place of an earlier one; return its id.

    So what was marked in the earlier one does not stay in the chat.
    """
    if earlier is not None and message.bot is not None:
        with suppress(TelegramBadRequest):
            # Older than two days, or gone already.
            await message.bot.delete_message(message.chat.id, earlier)
    if screen.photo is None:
        sent = await message.answer(screen.text, reply_markup=screen.keyboard)
    else:
        sent = await message.answer_photo(
            screen.photo, caption=screen.text, reply_markup=screen.keyboard
        )
    return sent.message_id


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
