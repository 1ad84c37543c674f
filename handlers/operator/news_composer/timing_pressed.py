"""The buttons with which the composer of news asks when a post goes out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer.audience import reachable
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import keep
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.steps import go, set_to
from handlers.operator.news_composer.timing import days_screen, hours_screen, when_screen
from handlers.operator.news_composer.timing_callbacks import (
    NewsDayChosen,
    NewsDaysShown,
    NewsLateSet,
    NewsPaidSet,
    NewsRepeatSet,
    NewsTimeChosen,
)
from handlers.screen import Event, show
from handlers.text import _
from services.clock import local_date
from services.delivery.cost import stars_for
from services.delivery.timing import (
    allowed_near,
    check_start,
    last_day,
    read_moment,
)
from services.news.posts import content_of
from services.refusal import Refusal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The minutes of the year 9999: what is forged beyond them is no moment.
_MOST_MINUTES = 4_000_000_000


async def take_words(message: Message, desk: NewsDesk, sheet: Sheet) -> None:
    """Take a day and a time that were written."""
    if message.message_id in sheet.taken:
        return
    now = desk.clock.now()
    at = read_moment(message.text or "", now)
    if at is None:
        note = _("I did not understand the time. Write it like this: 25.11 14:30")
        await show(message, await when_screen(desk, sheet, note))
        return
    await _go_on(message, desk, sheet, at, message.message_id)


async def choose(callback: CallbackQuery, press: NewsTimeChosen, desk: NewsDesk) -> None:
    """Set when it goes out, and go on."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None:
        return
    if press.at:
        at = _EPOCH + timedelta(minutes=min(max(press.at, 1), _MOST_MINUTES))
        await _go_on(callback, desk, sheet, at)
    else:
        await go(callback, desk, set_to(sheet, publish_at=None))


async def show_days(callback: CallbackQuery, press: NewsDaysShown, desk: NewsDesk) -> None:
    """Show the days."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await show(callback, days_screen(sheet, press.page, desk.clock.now()))


async def choose_day(callback: CallbackQuery, press: NewsDayChosen, desk: NewsDesk) -> None:
    """Show the hours of a day."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        now = desk.clock.now()
        first, last = local_date(now).toordinal(), last_day(now).toordinal()
        day = date.fromordinal(min(max(press.day, first), last))
        await show(callback, hours_screen(sheet, day, now))


async def set_late(callback: CallbackQuery, press: NewsLateSet, desk: NewsDesk) -> None:
    """Set whether who joins later gets it too."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await _stay(callback, desk, set_to(sheet, late_joiners=press.on))


async def set_repeat(callback: CallbackQuery, press: NewsRepeatSet, desk: NewsDesk) -> None:
    """Set whether a message that may have arrived is sent again."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await _stay(callback, desk, set_to(sheet, repeat_uncertain=press.on))


async def set_paid(callback: CallbackQuery, press: NewsPaidSet, desk: NewsDesk) -> None:
    """Set whether sending is paid for; what costs too much is refused with a sentence."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is None:
        return
    people, content = await reachable(desk, sheet), content_of(sheet.post())
    stars = stars_for(people, content) if press.on else None
    most = desk.policy.paid_stars
    if stars is not None and stars > most:
        note = _("This would cost {stars} Stars, and at most {most} are allowed.")
        note = note.format(stars=stars, most=most)
        await show(callback, await when_screen(desk, sheet, note))
        return
    await _stay(callback, desk, set_to(sheet, stars=stars))


async def _go_on(
    event: Event, desk: NewsDesk, sheet: Sheet, at: datetime, message_id: int | None = None
) -> None:
    """Set the time and go on; one that cannot be is answered with why, and the nearest one."""
    now = desk.clock.now()
    try:
        check_start(at, now)
    except Refusal as refusal:
        note = _(refusal.message).format(**refusal.parameters)
        nearest = allowed_near(at)
        instead = nearest if nearest != at and now < nearest else None
        await show(event, await when_screen(desk, sheet, note, instead))
        return
    at = at.astimezone(UTC)
    if message_id is not None:
        sheet = sheet.changed(message_id, publish_at=at)
    else:
        sheet = set_to(sheet, publish_at=at)
    await go(event, desk, sheet)


async def _stay(callback: CallbackQuery, desk: NewsDesk, sheet: Sheet) -> None:
    sheet = replace(sheet, step=Step.WHEN)
    await keep(desk.state, sheet)
    await show(callback, await when_screen(desk, sheet))


def router() -> Router:
    """Return the router of this step; the composer admits and provides."""
    router = Router(name="news timing")
    router.callback_query.register(choose, Pressed(NewsTimeChosen))
    router.callback_query.register(show_days, Pressed(NewsDaysShown))
    router.callback_query.register(choose_day, Pressed(NewsDayChosen))
    router.callback_query.register(set_late, Pressed(NewsLateSet))
    router.callback_query.register(set_repeat, Pressed(NewsRepeatSet))
    router.callback_query.register(set_paid, Pressed(NewsPaidSet))
    return router
