"""Beginning an appeal, going on with an unfinished one, leaving it for later."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.states import draft_of, keep, new_draft
from handlers.citizen.appeal.steps import current_draft, show_next
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
from services.appeals.registration import find_registered
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database


async def begin(
    event: Event, state: FSMContext, organisations: Organisations, db: Database, person: Person
) -> None:
    """Begin a draft; where an unfinished one would be lost, ask first."""
    draft = await draft_of(state)
    if draft is not None and not draft.is_blank:
        if await db.read(find_registered, draft.id, person.id) is None:
            await state.set_state(None)
            await show(event, unfinished_screen(draft, organisations.current))
            return
        draft = None
    draft = draft or await keep(state, new_draft(event))
    await show_next(event, draft, state, organisations, db, person)


async def go_on(
    callback: CallbackQuery,
    press: DraftContinued,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Show what the unfinished draft needs next."""
    draft = await current_draft(callback, state, press.draft)
    if draft is not None:
        await show_next(callback, draft, state, organisations, db, person)


async def start_anew(
    callback: CallbackQuery,
    press: DraftDropped,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Drop exactly the draft that was shown; pressed again, show the new one as it is."""
    draft = await draft_of(state)
    if draft is None or draft.id == press.draft:
        draft = await keep(state, new_draft(callback))
    await show_next(callback, draft, state, organisations, db, person)


async def leave(callback: CallbackQuery, state: FSMContext) -> None:
    """Leave the conversation; the draft stays. A draft already sent is not spoken of."""
    draft = await draft_of(state)
    await state.set_state(None)
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
