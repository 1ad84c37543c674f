"""Beginning an appeal, going on with an unfinished one, leaving it for later."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.talk import Talk
from handlers.filters import MenuButton, Pressed
from handlers.menu import APPEAL
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.appeal_callbacks import (
    AppealBegun,
    DraftContinued,
    DraftDropped,
    DraftLeft,
)
from handlers.views.appeal_draft import left_screen, unfinished_screen
from services.appeals.admission import waiting_ahead


async def begin(event: Event, talk: Talk) -> None:
    """Begin a draft; where an unfinished one would be lost, ask first.

    Who has just left several appeals learns from when on the next one can be sent; raises
    Refusal for who is banned, ConsentNeeded for who does not agree to an appeal's being kept.
    """
    waiting = await talk.db.read(waiting_ahead, talk.person.id, talk.clock.now())
    note = _(waiting.message).format(**waiting.parameters) if waiting else ""
    talk.require_consent()
    draft = await talk.draft()
    if draft is not None and not draft.is_blank:
        if not await talk.is_sent(draft):
            await talk.leave()
            await show(event, unfinished_screen(draft, talk.organisation))
            return
        draft = None
    elif draft is not None and (draft.news is not None or draft.recipient is not None):
        draft = None
    await talk.show_next(event, draft or await talk.keep(talk.new_draft(event)), note)


async def go_on(callback: CallbackQuery, press: DraftContinued, talk: Talk) -> None:
    """Show what the unfinished draft needs next."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        if draft.visitor is None:
            talk.require_consent()
        await talk.show_next(callback, draft)


async def start_anew(callback: CallbackQuery, press: DraftDropped, talk: Talk) -> None:
    """Drop exactly the draft that was shown; pressed again, show the new one as it is."""
    draft = await talk.draft()
    talk.require_consent()
    if draft is None or draft.id == press.draft:
        draft = await talk.keep(talk.new_draft(callback))
    await talk.show_next(callback, draft)


async def leave(callback: CallbackQuery, talk: Talk) -> None:
    """Leave the conversation; the draft stays. A draft already sent is not spoken of."""
    draft = await talk.draft()
    await talk.leave()
    if draft is None:
        await acknowledge(callback, _("There is no unfinished appeal."))
        return
    await show(callback, left_screen(draft))


def router() -> Router:
    """Return the router of /appeal and of the buttons that begin and leave."""
    router = Router(name="appeal: begin")
    for opening in (Command("appeal"), MenuButton(APPEAL)):
        router.message.register(begin, opening)
    router.callback_query.register(begin, Pressed(AppealBegun))
    router.callback_query.register(go_on, Pressed(DraftContinued))
    router.callback_query.register(start_anew, Pressed(DraftDropped))
    router.callback_query.register(leave, Pressed(DraftLeft))
    return router
