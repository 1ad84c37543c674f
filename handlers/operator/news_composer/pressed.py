"""The buttons of the composer of news."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.news_callbacks import (
    ComposeNews,
    LinkRemoved,
    MediaLeftOut,
    MediaWhole,
    NewsChannelChosen,
    NewsDropped,
    NewsEditOpened,
    NewsPartOpened,
    NewsSent,
    NewsTested,
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
from handlers.operator.news_composer.received import check_whole
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.steps import go, set_to
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import _
from services.news.trying import send_test
from services.people.deeds import Deed
from services.refusal import Refusal


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


async def media_whole(callback: CallbackQuery, press: MediaWhole, desk: NewsDesk) -> None:
    """Go on with the media as they have come."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None:
        return
    try:
        check_whole(sheet)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await show(callback, screens.media_screen(sheet, problem))
        return
    await go(callback, desk, replace(sheet, step=sheet.missing))


async def remove_link(callback: CallbackQuery, press: LinkRemoved, desk: NewsDesk) -> None:
    """Remove a button from the version that was shown; of another version show the buttons."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None:
        return
    if press.version == sheet.version:
        left = [link for number, link in enumerate(sheet.links) if number != press.number]
        sheet = sheet.changed(links=tuple(left))
    await go(callback, desk, replace(sheet, step=Step.LINKS))


async def choose_channel(
    callback: CallbackQuery, press: NewsChannelChosen, desk: NewsDesk
) -> None:
    """Set in which words the post also stands in the channel."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await go(callback, desk, set_to(sheet, channel=press.channel))


async def open_parts(callback: CallbackQuery, press: NewsEditOpened, desk: NewsDesk) -> None:
    """Show the parts of the post to change."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await show(callback, screens.edit_screen(desk, sheet))


async def try_out(callback: CallbackQuery, press: NewsTested, desk: NewsDesk) -> None:
    """Send the post that was shown to its author only; where it changed since, show it anew."""
    sheet = await _as_shown(callback, press, desk)
    if sheet is None:
        return
    now = desk.clock.now()
    test = (desk.person.id, sheet.draft, callback.id, sheet.post(), now)
    await desk.db.write(send_test, *test)
    await acknowledge(callback, _("The post is coming to you in both languages, to you only."))


async def publish(callback: CallbackQuery, press: NewsSent, desk: NewsDesk) -> None:
    """Send the post that was shown; where it changed since, show it anew."""
    sheet = await _as_shown(callback, press, desk)
    if sheet is None:
        return
    await show(callback, await approving.send(desk, sheet, await reachable(desk, sheet)))


async def drop(callback: CallbackQuery, press: NewsDropped, desk: NewsDesk) -> None:
    """Throw the draft away; the approval asked for it is taken back."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None:
        return
    too_late = sheet.asked is not None and not await approving.withdraw(desk, sheet)
    await clear(desk.state, sheet)
    await show(callback, screens.too_late_screen() if too_late else screens.dropped_screen())


async def _as_shown(
    callback: CallbackQuery, press: NewsSent | NewsTested, desk: NewsDesk
) -> Sheet | None:
    """Return the draft if it is complete and still what the button stood under."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None or (press.version == sheet.version and sheet.missing is Step.CHECK):
        return sheet
    await go(callback, desk, replace(sheet, step=sheet.missing))
    return None


def router() -> Router:
    """Return the router of the composer's buttons; for operators and administrators."""
    router = Router(name="news composer")
    router.callback_query.filter(Works(Deed.PUBLISH_NEWS))
    router.callback_query.register(begin, Pressed(ComposeNews))
    router.callback_query.register(open_part, Pressed(NewsPartOpened))
    router.callback_query.register(choose_topic, Pressed(NewsTopicChosen))
    router.callback_query.register(leave_media_out, Pressed(MediaLeftOut))
    router.callback_query.register(media_whole, Pressed(MediaWhole))
    router.callback_query.register(remove_link, Pressed(LinkRemoved))
    router.callback_query.register(choose_channel, Pressed(NewsChannelChosen))
    router.callback_query.register(open_parts, Pressed(NewsEditOpened))
    router.callback_query.register(try_out, Pressed(NewsTested))
    router.callback_query.register(publish, Pressed(NewsSent))
    router.callback_query.register(drop, Pressed(NewsDropped))
    router.include_routers(audience_pressed.router(), timing_pressed.router())
    return provide(router, "desk", NewsDesk)
