"""Reading the latest news and opening one post."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.citizen import news_pressed, news_search, news_subscription
from handlers.filters import MenuButton, Pressed
from handlers.menu import NEWS
from handlers.screen import acknowledge, send, show
from handlers.text import _, current_language
from handlers.views.news_callbacks import NewsListed, NewsOpenedBelow, PostOpened
from handlers.views.news_screens import news_screen, post_screen
from services.news.latest import latest, newer_than
from services.news.reading import read_post
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database


async def open_news(
    message: Message, state: FSMContext, db: Database, organisations: Organisations
) -> None:
    """Show the latest posts; a search that was going on is left."""
    await news_search.leave(state)
    page = await db.read(latest, current_language())
    await show(message, news_screen(page, organisations.current))


async def open_below(callback: CallbackQuery, db: Database, organisations: Organisations) -> None:
    """Show the latest posts below a digest."""
    page = await db.read(latest, current_language())
    await send(callback, news_screen(page, organisations.current))


async def turn(
    callback: CallbackQuery,
    press: NewsListed,
    state: FSMContext,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show the page before or after; a search that was going on is left."""
    await news_search.leave(state)
    if press.newer:
        page = await db.read(newer_than, current_language(), press.edge)
    else:
        page = await db.read(latest, current_language(), press.edge or None)
    await show(callback, news_screen(page, organisations.current))


async def open_post(
    callback: CallbackQuery,
    press: PostOpened,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show a post below, with its buttons as they stand for this person."""
    read = await db.read(read_post, press.post, person.id)
    if read is None or not read.is_out:
        await acknowledge(callback, _("This post is no longer there."))
        return
    await send(callback, post_screen(read, organisations.current, all_muted=person.muted))


def router() -> Router:
    """Return the router of /news, «News», the buttons under posts and the subscription."""
    router = Router(name="news")
    router.message.register(open_news, Command("news"))
    router.message.register(open_news, MenuButton(NEWS))
    router.callback_query.register(turn, Pressed(NewsListed))
    router.callback_query.register(open_below, Pressed(NewsOpenedBelow))
    router.callback_query.register(open_post, Pressed(PostOpened))
    router.include_routers(news_pressed.router(), news_subscription.router(), news_search.router())
    return router


def words() -> Router:
    """Return the router of words to look for; it stands behind the menu."""
    return news_search.words()
