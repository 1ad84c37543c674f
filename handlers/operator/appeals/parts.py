"""Parts of an appeal that its card leaves out, each as messages of their own."""

from collections.abc import Sequence
from html import escape

from aiogram.types import Message

from handlers.views.appeal_history import is_shortened
from services.appeals.history import Moment
from services.appeals.model import AppealCard, EntryKind


async def send_texts(message: Message, card: AppealCard, moments: Sequence[Moment]) -> None:
    """Send the appeal, its answer and all other words that screens shorten, as they are."""
    await message.answer(escape(card.text))
    known = [said for each in moments for said in each.said if said.kind is not EntryKind.TEXT]
    for said in known:
        if is_shortened(said):
            await message.answer(escape(said.text))
    if card.answer and card.answer not in {said.text for said in known}:
        await message.answer(escape(card.answer))


async def send_place(message: Message, card: AppealCard) -> None:
    """Send the point on the map, if there is one."""
    if card.latitude is not None and card.longitude is not None:
        await message.answer_location(card.latitude, card.longitude)
