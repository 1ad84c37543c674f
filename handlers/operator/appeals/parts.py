"""Parts of an appeal that its card leaves out, each as messages of their own."""

from html import escape

from aiogram.types import Message

from services.appeals.model import AppealCard


async def send_texts(message: Message, card: AppealCard) -> None:
    """Send the appeal and its answer as they were written."""
    for text in (card.text, card.answer):
        if text:
            await message.answer(escape(text))


async def send_place(message: Message, card: AppealCard) -> None:
    """Send the point on the map, if there is one."""
    if card.latitude is not None and card.longitude is not None:
        await message.answer_location(card.latitude, card.longitude)
