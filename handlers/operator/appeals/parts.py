"""Parts of an appeal that its card leaves out, each as messages of their own."""

from html import escape

from aiogram.types import CallbackQuery, Message

from handlers.operator.appeals.callbacks import Part
from services.appeals.model import AppealCard, Attachment, AttachmentKind


async def send_part(callback: CallbackQuery, card: AppealCard, part: Part) -> None:
    """Send the part below the card."""
    if not isinstance(callback.message, Message):
        return
    match part:
        case Part.TEXT:
            await _send_texts(callback.message, card)
        case Part.FILES:
            for file in card.attachments:
                await _send_file(callback.message, file)
        case Part.MAP:
            await _send_place(callback.message, card)


async def _send_texts(message: Message, card: AppealCard) -> None:
    for text in (card.text, card.answer):
        if text:
            await message.answer(escape(text))


async def _send_file(message: Message, file: Attachment) -> None:
    match file.kind:
        case AttachmentKind.PHOTO:
            await message.answer_photo(file.file_id)
        case AttachmentKind.VIDEO:
            await message.answer_video(file.file_id)
        case AttachmentKind.VIDEO_NOTE:
            await message.answer_video_note(file.file_id)
        case AttachmentKind.VOICE:
            await message.answer_voice(file.file_id)
        case AttachmentKind.AUDIO:
            await message.answer_audio(file.file_id)
        case AttachmentKind.DOCUMENT:
            await message.answer_document(file.file_id)


async def _send_place(message: Message, card: AppealCard) -> None:
    if card.latitude is not None and card.longitude is not None:
        await message.answer_location(card.latitude, card.longitude)
