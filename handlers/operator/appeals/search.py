"""Looking for an appeal: by its number, a phone, or words in either alphabet.

What is looked for stands under `search` in the conversation until the desk is opened again, so
that «Back» from a card and the next page show the same.
"""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Has, Pressed, Works
from handlers.operator.appeals.callbacks import FoundMore, SearchBegun
from handlers.operator.appeals.showing import show_card
from handlers.screen import show
from handlers.text import _
from handlers.views.operator_search import found_screen, search_screen
from services.appeals.lists import Listed
from services.appeals.lookup import Found, search_desk
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from storage.database import Database

_DRAFT = "search"
_PAGE = 8
# Enough for every word that anybody remembers of an appeal.
_LONGEST = 200


class Searching(StatesGroup):
    """What the bot waits for."""

    words = State()


async def begin(callback: CallbackQuery, state: FSMContext) -> None:
    """Ask what to look for."""
    await state.set_state(Searching.words)
    await show(callback, search_screen())


async def take_words(
    message: Message,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show what was found: the appeal itself where it is only one."""
    draft: dict[str, Any] = (await state.get_data()).get(_DRAFT) or {}
    if draft.get("message") == message.message_id:
        return
    words = (message.text or "")[:_LONGEST]
    await state.update_data({_DRAFT: {"words": words, "message": message.message_id}})
    found = await _look_up(db, person, words, clock.now(), None)
    if len(found.lines) == 1 and not found.more:
        await show_card(
            message,
            found.lines[0].id,
            person=person,
            organisations=organisations,
            db=db,
            clock=clock,
            source=Listed.FOUND,
        )
        return
    await show(message, found_screen(words, found, organisations.current, first=True))


async def take_something_else(message: Message) -> None:
    """Say that a search is made of words."""
    await show(message, search_screen(_("Please write in words what to look for.")))


async def show_found(
    callback: CallbackQuery,
    press: FoundMore,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show a page of what was found, by key."""
    words = ((await state.get_data()).get(_DRAFT) or {}).get("words")
    await state.set_state(Searching.words)
    if words is None:
        await show(callback, search_screen())
        return
    found = await _look_up(db, person, words, clock.now(), press.before or None)
    first = not press.before
    await show(callback, found_screen(words, found, organisations.current, first=first))


async def forget(state: FSMContext) -> None:
    """Look for nothing any more."""
    if (await state.get_data()).get(_DRAFT) is not None:
        await state.update_data({_DRAFT: None})


async def _look_up(
    db: Database, person: Person, words: str, now: datetime, before: int | None
) -> Found:
    return await db.write(search_desk, person.id, words, now, before=before, limit=_PAGE)


def router() -> Router:
    """Return the router of the search's buttons."""
    router = Router(name="search of appeals")
    staff = Works(Deed.SEARCH)
    router.callback_query.register(begin, Pressed(SearchBegun), staff)
    router.callback_query.register(show_found, Pressed(FoundMore), staff)
    return router


def words() -> Router:
    """Return the router that waits for what to look for; it stands behind the menu."""
    router = Router(name="words of a search")
    waiting, staff = StateFilter(Searching.words), Works(Deed.SEARCH)
    router.message.register(take_words, waiting, Has("text"), staff)
    router.message.register(take_something_else, waiting, staff)
    return router
