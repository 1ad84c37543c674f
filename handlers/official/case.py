"""One appeal before its official, and what its card leaves out."""

from html import escape

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.official.callbacks import AnswerDropped, CaseOpened, CasePart, CaseShown
from handlers.screen import acknowledge, show
from handlers.views.official import case_screen
from services.appeals.model import AppealCard, Attachment, AttachmentKind
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.model import Person
from services.roadmap.desk import open_case
from storage.database import Database


async def open_card(
    callback: CallbackQuery,
    press: CaseOpened | AnswerDropped,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the appeal; an answer that was being written is left where it is."""
    case = await db.read(open_case, press.appeal, person.id, local_date(clock.now()))
    await state.set_state(None)
    await show(callback, case_screen(case, press.kind, organisations.current))


async def show_part(
    callback: CallbackQuery, press: CaseShown, person: Person, db: Database, clock: Clock
) -> None:
    """Send what was asked for below the card."""
    case = await db.read(open_case, press.appeal, person.id, local_date(clock.now()))
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    match press.part:
        case CasePart.TEXT:
            await _send_texts(callback.message, case.card)
        case CasePart.FILES:
            for file in case.card.attachments:
                await _send_file(callback.message, file)
        case CasePart.MAP:
            await _send_place(callback.message, case.card)


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


def router() -> Router:
    """Return the router of cases."""
    router = Router(name="official case")
    router.callback_query.register(open_card, Pressed(CaseOpened))
    router.callback_query.register(open_card, Pressed(AnswerDropped))
    router.callback_query.register(show_part, Pressed(CaseShown))
    return router
