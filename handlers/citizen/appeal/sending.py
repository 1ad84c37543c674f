"""Sending the draft: it becomes an appeal with a number."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.talk import Talk
from handlers.filters import Pressed
from handlers.screen import show
from handlers.text import _, current_language
from handlers.views.appeal_callbacks import AppealSent
from handlers.views.appeal_draft import accepted_screen
from services.appeals.draft import Step
from services.appeals.registration import find_registered, register_appeal
from services.refusal import Refusal


async def send_appeal(callback: CallbackQuery, press: AppealSent, talk: Talk) -> None:
    """Register the draft; pressed again, on whatever device, show the same number."""
    draft = await talk.draft()
    if draft is None or draft.id != press.draft:
        registered = await talk.db.read(find_registered, press.draft, talk.person.id)
        if registered is None:
            await talk.current(callback, press.draft)
            return
        await show(callback, accepted_screen(registered))
        return
    if draft.next_step is not Step.CHECK:
        await talk.show_next(callback, draft)
        return
    draft = replace(draft, language=current_language())
    try:
        registered = await talk.db.write(register_appeal, draft, talk.person.id, talk.clock.now())
    except Refusal as refusal:
        note = _(refusal.message).format(**refusal.parameters)
        await talk.show_next(callback, draft, note)
        return
    await talk.drop()
    await show(callback, accepted_screen(registered))


def router() -> Router:
    """Return the router of «Send»."""
    router = Router(name="appeal: sending")
    router.callback_query.register(send_appeal, Pressed(AppealSent))
    return router
