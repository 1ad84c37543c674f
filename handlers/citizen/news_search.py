"""Looking for a post by its words.

What was looked for last stands under `news_search` in the conversation, for the next page.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.screen import acknowledge, show
from handlers.text import _, current_language
from handlers.views.news_callbacks import NewsFound, NewsSearchBegun
from handlers.views.news_screens import found_screen, search_screen, words_hash
from services.news.search import LONGEST, search
from services.organisation.directory import Organisations
from storage.database import Database

_KEY = "news_search"


class SearchingNews(StatesGroup):
    """What the bot waits for."""

    words = State()


async def begin(callback: CallbackQuery, state: FSMContext) -> None:
    """Ask what to look for."""
    await state.set_state(SearchingNews.words)
    await show(callback, search_screen())


async def take_words(
    message: Message,
    words: str,
    state: FSMContext,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show what was found; other words look for something else."""
    sought = " ".join(words.split())[:LONGEST]
    await state.update_data({_KEY: sought})
    page = await db.read(search, sought, current_language())
    await show(message, found_screen(sought, page, organisations.current, first=True))


async def take_something_else(message: Message) -> None:
    """Say that a search is made of words."""
    await show(message, search_screen(_("Please write in words what to look for.")))


async def show_found(
    callback: CallbackQuery,
    press: NewsFound,
    state: FSMContext,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show a page of what was found by these words."""
    sought = (await state.get_data()).get(_KEY) or ""
    if words_hash(sought) != press.words:
        await acknowledge(callback, _("This button belongs to an earlier search."))
        return
    before = press.edge or None
    page = await db.read(search, sought, current_language(), before=before)
    screen = found_screen(sought, page, organisations.current, first=before is None)
    await show(callback, screen)


async def leave(state: FSMContext) -> None:
    """Wait for words no more."""
    if await state.get_state() == SearchingNews.words.state:
        await state.set_state(None)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="news: search")
    router.callback_query.register(begin, Pressed(NewsSearchBegun))
    router.callback_query.register(show_found, Pressed(NewsFound))
    return router


def words() -> Router:
    """Return the router that waits for words; it stands behind the menu."""
    router = Router(name="news: words of a search")
    waiting = StateFilter(SearchingNews.words)
    router.message.register(take_words, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
