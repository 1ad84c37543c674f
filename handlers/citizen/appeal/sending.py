"""Sending the draft: it becomes an appeal with a number."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.states import draft_of, drop
from handlers.citizen.appeal.steps import current_draft, show_next
from handlers.filters import Pressed
from handlers.screen import show
from handlers.text import _, current_language
from handlers.views.appeal_callbacks import AppealSent
from handlers.views.appeal_draft import accepted_screen
from services.appeals.draft import Step
from services.appeals.registration import find_registered, register_appeal
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person
from services.refusal import Refusal
from storage.database import Database


async def send_appeal(
    callback: CallbackQuery,
    press: AppealSent,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Register the draft; pressed again, on whatever device, show the same number."""
    draft = await draft_of(state)
    if draft is None or draft.id != press.draft:
        registered = await db.read(find_registered, press.draft, person.id)
        if registered is None:
            await current_draft(callback, state, press.draft)
            return
        await show(callback, accepted_screen(registered))
        return
    if draft.next_step is not Step.CHECK:
        await show_next(callback, draft, state, organisations, db, person)
        return
    draft = replace(draft, language=current_language())
    try:
        registered = await db.write(register_appeal, draft, person.id, clock.now())
    except Refusal as refusal:
        note = _(refusal.message).format(**refusal.parameters)
        await show_next(callback, draft, state, organisations, db, person, note)
        return
    await drop(state)
    await show(callback, accepted_screen(registered))


def router() -> Router:
    """Return the router of «Send»."""
    router = Router(name="appeal: sending")
    router.callback_query.register(send_appeal, Pressed(AppealSent))
    return router
