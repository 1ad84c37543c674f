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
from handlers.views.reception import filed_screen
from handlers.views.story_words import near_row
from services.appeals.draft import Step
from services.appeals.reception import file_for_visitor, find_filed
from services.appeals.registration import find_registered, register_appeal
from services.refusal import Refusal
from services.stories.reading import story_after


async def send_appeal(callback: CallbackQuery, press: AppealSent, talk: Talk) -> None:
    """Register the draft; pressed again, on whatever device, show the same number."""
    draft = await talk.draft()
    if draft is None or draft.id != press.draft:
        await _show_sent(callback, press.draft, talk)
        return
    if draft.next_step is not Step.CHECK:
        await talk.show_next(callback, draft)
        return
    if draft.visitor is None:
        draft = replace(draft, language=current_language())
    command = register_appeal if draft.visitor is None else file_for_visitor
    try:
        await talk.db.write(command, draft, talk.person.id, talk.clock.now())
    except Refusal as refusal:
        note = _(refusal.message).format(**refusal.parameters)
        await talk.show_next(callback, draft, note)
        return
    await talk.drop()
    await _show_sent(callback, press.draft, talk)


async def _show_sent(callback: CallbackQuery, draft_id: str, talk: Talk) -> None:
    """Show the number of what the draft has become, for a citizen or for a reception desk."""
    registered = await talk.db.read(find_registered, draft_id, talk.person.id)
    if registered is not None:
        story = await talk.db.read(story_after, registered.id, talk.clock.now())
        await show(callback, accepted_screen(registered, near_row(story)))
        return
    filed = await talk.db.read(find_filed, draft_id, talk.person.id)
    if filed is not None:
        await show(callback, filed_screen(filed, talk.organisation))
        return
    await talk.current(callback, draft_id)


def router() -> Router:
    """Return the router of «Send»."""
    router = Router(name="appeal: sending")
    router.callback_query.register(send_appeal, Pressed(AppealSent))
    return router
