"""Letting others read words of an appeal: look, shorten if need be, allow."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.appeals.quote_callbacks import (
    QuoteAllowed,
    QuoteAsked,
    QuotesListed,
    QuoteTakenBack,
)
from handlers.operator.appeals.showing import show_card
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.quotes import list_screen, proposal_screen, wording_problem, wording_screen
from services.appeals.quoting import (
    approve_quote,
    checked_quote,
    list_unquoted,
    open_proposal,
    take_back_quote,
)
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.refusal import Refusal
from storage.database import Database

_KEPT = "quote"
_PAGE = 6


class Quoting(StatesGroup):
    """What the bot waits for."""

    wording = State()


async def open_list(
    callback: CallbackQuery,
    press: QuotesListed,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
) -> None:
    """Show appeals that could be quoted; what was worded stays."""
    await state.set_state(None)
    page = await db.read(list_unquoted, person.id, before=press.before or None, limit=_PAGE)
    await show(callback, list_screen(page, organisations.current, "", first=not press.before))


async def begin(
    callback: CallbackQuery,
    press: QuoteAsked,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show what could be quoted; a shorter wording may follow."""
    found = await db.write(open_proposal, press.appeal, person.id, clock.now())
    draft = (await state.get_data()).get(_KEPT) or {}
    if draft.get("appeal") != press.appeal:
        shown = found.standing or found.text
        draft = {"appeal": press.appeal, "number": found.number, "text": shown, "message": 0}
        if not may_somewhere(person.roles, Deed.READ_APPEAL):
            draft["listed"] = True
        await state.update_data({_KEPT: draft})
    await state.set_state(Quoting.wording)
    if draft["message"]:
        await show(callback, wording_screen(draft))
    else:
        await show(callback, proposal_screen(draft, standing=found.standing))


async def take_wording(message: Message, words: str, state: FSMContext) -> None:
    """Keep the moderator's own wording and show it; newer words replace older ones."""
    draft: dict[str, Any] = (await state.get_data())[_KEPT]
    if message.message_id <= draft["message"]:
        return
    try:
        text = checked_quote(words)
    except Refusal as refusal:
        await show(message, wording_problem(draft, _(refusal.message)))
        return
    draft |= {"text": text, "message": message.message_id}
    await state.update_data({_KEPT: draft})
    await show(message, wording_screen(draft))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that it needs words."""
    draft = (await state.get_data())[_KEPT]
    problem = _("Please write it in words, as a text message.")
    await show(message, wording_problem(draft, problem))


async def allow(
    callback: CallbackQuery,
    press: QuoteAllowed,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Let others read the words that were shown; a repeated tap changes nothing."""
    draft = (await state.get_data()).get(_KEPT) or {}
    if (draft.get("appeal"), draft.get("message")) != (press.appeal, press.words):
        await acknowledge(callback, _("This button is old. Please open the appeal again."))
        return
    await db.write(approve_quote, press.appeal, person.id, draft["text"], clock.now())
    await _leave(
        callback,
        press.appeal,
        _("✅ The quote may be shown in digests and reports."),
        state=state,
        person=person,
        organisations=organisations,
        db=db,
        clock=clock,
    )


async def take_back(
    callback: CallbackQuery,
    press: QuoteTakenBack,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Let nobody read the quote any more."""
    await db.write(take_back_quote, press.appeal, person.id, clock.now())
    await _leave(
        callback,
        press.appeal,
        _("🗑 The quote is not shown any more."),
        state=state,
        person=person,
        organisations=organisations,
        db=db,
        clock=clock,
    )


async def _leave(
    callback: CallbackQuery,
    appeal: int,
    note: str,
    *,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Forget the draft and show the appeal, or the list to who reads no cards."""
    await state.update_data({_KEPT: None})
    await state.set_state(None)
    if not may_somewhere(person.roles, Deed.READ_APPEAL):
        page = await db.read(list_unquoted, person.id, before=None, limit=_PAGE)
        await show(callback, list_screen(page, organisations.current, note, first=True))
        return
    await show_card(
        callback,
        appeal,
        person=person,
        organisations=organisations,
        db=db,
        clock=clock,
        note=note,
    )


def router() -> Router:
    """Return the router of the buttons of quotes."""
    router = Router(name="appeal quotes")
    desk = Works(Deed.APPROVE_QUOTE)
    router.callback_query.register(open_list, Pressed(QuotesListed), desk)
    router.callback_query.register(begin, Pressed(QuoteAsked), desk)
    router.callback_query.register(allow, Pressed(QuoteAllowed), desk)
    router.callback_query.register(take_back, Pressed(QuoteTakenBack), desk)
    return router


def words() -> Router:
    """Return the router of wordings; it waits for words, so it stands behind menus."""
    router = Router(name="appeal quotes in words")
    router.message.register(take_wording, StateFilter(Quoting), Words())
    router.message.register(take_something_else, StateFilter(Quoting), NotWords())
    return router
