"""Reading news and choosing which of it to get."""

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.filters import MenuButton, Pressed
from handlers.menu import NEWS
from handlers.screen import acknowledge, send, show
from handlers.text import _
from handlers.views.news_callbacks import (
    AllMuted,
    NewsListed,
    OpenNewsTopics,
    PostOpened,
    TopicMuted,
    Under,
)
from handlers.views.news_notices import post_keyboard
from handlers.views.news_screens import news_screen, post_screen, topics_screen
from services.clock import Clock
from services.news.latest import find_post, latest, newer_than
from services.news.subscription import mute_all, mute_topic, muted_topics
from services.organisation.directory import Organisations
from services.people.directory import Directory
from services.people.model import Person
from storage.database import Database


async def open_news(message: Message, db: Database, organisations: Organisations) -> None:
    """Show the latest posts."""
    await show(message, news_screen(await db.read(latest), organisations.current))


async def turn(
    callback: CallbackQuery, press: NewsListed, db: Database, organisations: Organisations
) -> None:
    """Show the page before or after."""
    if press.newer:
        page = await db.read(newer_than, press.edge)
    else:
        page = await db.read(latest, press.edge or None)
    await show(callback, news_screen(page, organisations.current))


async def open_post(
    callback: CallbackQuery,
    press: PostOpened,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show a post below, with its buttons as they stand for this person."""
    post = await db.read(find_post, press.post)
    if post is None:
        await acknowledge(callback, _("This post is no longer there."))
        return
    muted = await db.read(muted_topics, person.id)
    screen = post_screen(
        post,
        organisations.current,
        topic_muted=post.topic in muted,
        all_muted=person.muted,
    )
    await send(callback, screen)


async def open_topics(
    callback: CallbackQuery, person: Person, db: Database, organisations: Organisations
) -> None:
    """Show which topics are on."""
    muted = await db.read(muted_topics, person.id)
    await show(callback, topics_screen(organisations.current, muted, all_muted=person.muted))


async def set_topic(
    callback: CallbackQuery,
    press: TopicMuted,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Switch one topic off or on."""
    await db.write(mute_topic, person.id, press.topic, muted=press.muted)
    await _show_where_pressed(callback, press, person, db, organisations)


async def set_all(
    callback: CallbackQuery,
    press: AllMuted,
    person: Person,
    people: Directory,
    db: Database,
    organisations: Organisations,
    clock: Clock,
) -> None:
    """Switch all news off or on."""
    person = await people.change(mute_all, person.id, clock.now(), muted=press.muted)
    await _show_where_pressed(callback, press, person, db, organisations)


async def _show_where_pressed(
    callback: CallbackQuery,
    press: TopicMuted | AllMuted,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    muted = await db.read(muted_topics, person.id)
    if press.under is Under.TOPICS:
        screen = topics_screen(organisations.current, muted, all_muted=person.muted)
        await show(callback, screen)
        return
    await acknowledge(callback)
    buttons = post_keyboard(
        press.topic,
        organisations.current,
        topic_muted=press.topic in muted,
        all_muted=person.muted,
    )
    await _change_buttons(callback, buttons)


async def _change_buttons(callback: CallbackQuery, buttons: InlineKeyboardMarkup) -> None:
    if not isinstance(callback.message, Message):
        return
    try:
        await callback.message.edit_reply_markup(reply_markup=buttons)
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise


def router() -> Router:
    """Return the router of /news, «News» and the buttons under posts."""
    router = Router(name="news")
    router.message.register(open_news, Command("news"))
    router.message.register(open_news, MenuButton(NEWS))
    router.callback_query.register(turn, Pressed(NewsListed))
    router.callback_query.register(open_post, Pressed(PostOpened))
    router.callback_query.register(open_topics, Pressed(OpenNewsTopics))
    router.callback_query.register(set_topic, Pressed(TopicMuted))
    router.callback_query.register(set_all, Pressed(AllMuted))
    return router
