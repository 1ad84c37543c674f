"""Errands: mine and given by me; accepting one, saying that it is done, calling it off."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.official.digest_callbacks import (
    ErrandAccepted,
    ErrandCallingOff,
    ErrandDone,
    ErrandEnding,
    ErrandOpened,
    Errands,
    ErrandsListed,
)
from handlers.screen import Event, send, show
from handlers.text import _
from handlers.views.errand_screens import (
    calling_off_screen,
    ending_preview,
    ending_screen,
    errand_screen,
    errands_screen,
    words_problem,
)
from services.appeals.wording import comment_problem
from services.clock import Clock, local_date
from services.digests.errand import Errand
from services.digests.errand_lists import errands_given, errands_of_mine, read_errand
from services.digests.errands import accept_errand, call_off_errand, finish_errand
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person, Role
from storage.database import Database

_PAGE = 8
_DRAFT = "errand_end"


class ErrandEnd(StatesGroup):
    """What the bot waits for."""

    words = State()


async def open_errands(
    event: Event,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
    press: ErrandsListed | None = None,
) -> None:
    """Show a page of errands and leave whatever was being written."""
    listed = press or ErrandsListed()
    given = listed.kind is Errands.GIVEN
    query = errands_given if given else errands_of_mine
    page = await db.read(query, person.id, before=listed.before, limit=_PAGE)
    await state.set_state(None)
    screen = errands_screen(
        listed.kind,
        page,
        organisations.current,
        local_date(clock.now()),
        first=not listed.before,
        official=person.is_a(Role.OFFICIAL),
    )
    await show(event, screen)


async def open_errand(
    callback: CallbackQuery,
    press: ErrandOpened,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show one errand."""
    errand = await db.read(read_errand, person.id, press.errand)
    await state.set_state(None)
    await _show(callback, errand, person, organisations, clock)


async def accept(
    callback: CallbackQuery,
    press: ErrandAccepted,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Take an errand that somebody gave."""
    errand = await db.write(accept_errand, person.id, press.errand, clock.now())
    await _show(callback, errand, person, organisations, clock)


async def begin_ending(
    callback: CallbackQuery,
    press: ErrandEnding,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask in what words it is done; the errand stays above."""
    errand = await db.read(read_errand, person.id, press.errand)
    if errand.over:
        await _show(callback, errand, person, organisations, clock)
        return
    if (await _draft(state)).get("errand") != errand.id:
        await state.update_data({_DRAFT: {"errand": errand.id}})
    await state.set_state(ErrandEnd.words)
    await send(callback, ending_screen(errand))


async def take_words(message: Message, words: str, state: FSMContext) -> None:
    """Keep the words and show them; newer words replace older ones."""
    draft = await _draft(state)
    if message.message_id <= draft.get("message", 0):
        return
    problem = comment_problem(words)
    if problem is not None:
        await show(message, words_problem(_(problem), draft["errand"]))
        return
    draft |= {"message": message.message_id, "text": words.strip()}
    await state.update_data({_DRAFT: draft})
    await show(message, ending_preview(draft["errand"], draft["message"], draft["text"]))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that it needs words."""
    draft = await _draft(state)
    words = _("Please write it in words, as a text message.")
    await show(message, words_problem(words, draft["errand"]))


async def finish(
    callback: CallbackQuery,
    press: ErrandDone,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Say that it is done; a repeated tap shows it."""
    draft = await _draft(state)
    own = draft.get("errand") == press.errand
    if press.words and own and draft["message"] != press.words:
        # The button of an older preview: the newer words want a look first.
        await show(callback, ending_preview(press.errand, draft["message"], draft["text"]))
        return
    text = draft.get("text", "") if press.words and own else ("" if press.words else None)
    errand = await db.write(finish_errand, person.id, press.errand, text, clock.now())
    await state.update_data({_DRAFT: None})
    await state.set_state(None)
    await _show(callback, errand, person, organisations, clock)


async def call_off(
    callback: CallbackQuery,
    press: ErrandCallingOff,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask whether it is meant, then call the errand off."""
    errand = await db.read(read_errand, person.id, press.errand)
    if press.sure:
        errand = await db.write(call_off_errand, person.id, press.errand, clock.now())
    elif not errand.over:
        await show(callback, calling_off_screen(errand, organisations.current))
        return
    await _show(callback, errand, person, organisations, clock)


async def _show(
    callback: CallbackQuery,
    errand: Errand,
    person: Person,
    organisations: Organisations,
    clock: Clock,
) -> None:
    today = local_date(clock.now())
    await show(callback, errand_screen(errand, organisations.current, today, person.id))


async def _draft(state: FSMContext) -> dict[str, Any]:
    draft: dict[str, Any] = (await state.get_data()).get(_DRAFT) or {}
    return draft


def router() -> Router:
    """Return the router of /errands and the buttons."""
    router = Router(name="errands")
    router.message.register(open_errands, Command("errands"), Works(Deed.HAVE_ERRAND))
    router.callback_query.register(open_errands, Pressed(ErrandsListed))
    router.callback_query.register(open_errand, Pressed(ErrandOpened))
    router.callback_query.register(accept, Pressed(ErrandAccepted))
    router.callback_query.register(begin_ending, Pressed(ErrandEnding))
    router.callback_query.register(finish, Pressed(ErrandDone))
    router.callback_query.register(call_off, Pressed(ErrandCallingOff))
    return router


def words() -> Router:
    """Return the router of the words; it stands after all menus."""
    router = Router(name="errands: words")
    router.message.register(take_words, StateFilter(ErrandEnd.words), Words())
    router.message.register(take_something_else, StateFilter(ErrandEnd.words), NotWords())
    return router
