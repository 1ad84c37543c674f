"""The buttons of the composer of news."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.news_callbacks import (
    ComposeNews,
    MediaLeftOut,
    NewsDropped,
    NewsPartOpened,
    NewsSent,
    NewsTopicChosen,
    Step,
)
from handlers.operator.news_composer import (
    approving,
    audience_pressed,
    screens,
    timing_pressed,
)
from handlers.operator.news_composer.audience import reachable
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import clear, new_sheet, sheet_of
from handlers.operator.news_composer.steps import go, set_to
from handlers.provided import provide
from handlers.screen import show
from services.news.posts import publish_post
from services.people.model import Role


async def begin(callback: CallbackQuery, desk: NewsDesk) -> None:
    """Begin a post, or offer to go on with the one begun."""
    sheet = await sheet_of(desk.state)
    if sheet is not None and sheet.version:
        await show(callback, screens.begun_screen(sheet, desk.organisation))
        return
    if sheet is None and callback.message is not None:
        sheet = await new_sheet(desk.state, callback.from_user.id, callback.message.message_id)
    if sheet is not None:
        await go(callback, desk, sheet)


async def open_part(callback: CallbackQuery, press: NewsPartOpened, desk: NewsDesk) -> None:
    """Go to a step."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await go(callback, desk, replace(sheet, step=press.step))


async def choose_topic(callback: CallbackQuery, press: NewsTopicChosen, desk: NewsDesk) -> None:
    """Set what the post is about."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await go(callback, desk, set_to(sheet, topic=press.topic))


async def leave_media_out(callback: CallbackQuery, press: MediaLeftOut, desk: NewsDesk) -> None:
    """Set that the post has words only."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await go(callback, desk, set_to(sheet, media=()))


async def publish(callback: CallbackQuery, press: NewsSent, desk: NewsDesk) -> None:
    """Send the post that was shown; where it changed since, show it anew."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None:
        return
    if press.version != sheet.version or sheet.missing is not Step.CHECK:
        await go(callback, desk, replace(sheet, step=sheet.missing))
        return
    asked = await approving.ask(desk, sheet, await reachable(desk, sheet))
    if asked is not None:
        await show(callback, asked)
        return
    now = desk.clock.now()
    await desk.db.write(publish_post, desk.person.id, sheet.draft, sheet.post(), now)
    await clear(desk.state, sheet)
    await show(callback, screens.sent_screen())


async def drop(callback: CallbackQuery, press: NewsDropped, desk: NewsDesk) -> None:
    """Throw the draft away."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await clear(desk.state, sheet)
        await show(callback, screens.dropped_screen())


def router() -> Router:
    """Return the router of the composer's buttons; for operators and administrators."""
    router = Router(name="news composer")
    router.callback_query.filter(Works(Role.OPERATOR, Role.ADMINISTRATOR))
    router.callback_query.register(begin, Pressed(ComposeNews))
    router.callback_query.register(open_part, Pressed(NewsPartOpened))
    router.callback_query.register(choose_topic, Pressed(NewsTopicChosen))
    router.callback_query.register(leave_media_out, Pressed(MediaLeftOut))
    router.callback_query.register(publish, Pressed(NewsSent))
    router.callback_query.register(drop, Pressed(NewsDropped))
    router.include_routers(audience_pressed.router(), timing_pressed.router())
    return provide(router, "desk", NewsDesk)
