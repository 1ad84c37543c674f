"""The buttons of the composer of news."""

from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.news_callbacks import (
    ComposeNews,
    NewsAudienceChosen,
    NewsDropped,
    NewsPartOpened,
    NewsRegionsOpened,
    NewsSent,
    NewsTopicChosen,
    PhotoLeftOut,
    Step,
)
from handlers.operator.news_composer import screens
from handlers.operator.news_composer.sheet import (
    Sheet,
    clear,
    keep,
    last_draft,
    new_sheet,
    sheet_of,
)
from handlers.operator.news_composer.steps import go
from handlers.screen import acknowledge, show
from handlers.text import _
from services.clock import Clock
from services.news.posts import publish_post
from services.organisation.directory import Organisations
from services.people.model import Person, Role
from storage.database import Database

_Press = (
    NewsPartOpened
    | NewsTopicChosen
    | PhotoLeftOut
    | NewsAudienceChosen
    | NewsRegionsOpened
    | NewsSent
    | NewsDropped
)


async def begin(
    callback: CallbackQuery,
    state: FSMContext,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Begin a post, or offer to go on with the one begun."""
    sheet = await sheet_of(state)
    if sheet is not None and sheet.version:
        await show(callback, screens.begun_screen(sheet, organisations.current))
        return
    if sheet is None and callback.message is not None:
        sheet = await new_sheet(state, callback.from_user.id, callback.message.message_id)
    if sheet is not None:
        await go(callback, sheet, state=state, db=db, clock=clock, organisations=organisations)


async def change(
    callback: CallbackQuery,
    press: _Press,
    state: FSMContext,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Set what the button says and go on."""
    sheet = await _sheet(callback, press, state)
    if sheet is None:
        return
    values = _values(press)
    if isinstance(press, NewsPartOpened):
        sheet = replace(sheet, step=press.step)
    elif any(getattr(sheet, name) != value for name, value in values.items()):
        sheet = sheet.changed(**values)
    else:
        sheet = replace(sheet, step=sheet.missing)
    await go(callback, sheet, state=state, db=db, clock=clock, organisations=organisations)


async def open_regions(
    callback: CallbackQuery, press: NewsRegionsOpened, state: FSMContext
) -> None:
    """Show the regions."""
    sheet = await _sheet(callback, press, state)
    if sheet is not None:
        await keep(state, sheet)
        await show(callback, screens.regions_screen(sheet))


async def publish(
    callback: CallbackQuery,
    press: NewsSent,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Send the post that was shown; where it changed since, show it anew."""
    sheet = await _sheet(callback, press, state)
    if sheet is None:
        return
    if press.version != sheet.version or sheet.missing is not Step.CHECK:
        sheet = replace(sheet, step=sheet.missing)
        await go(callback, sheet, state=state, db=db, clock=clock, organisations=organisations)
        return
    await db.write(publish_post, person.id, sheet.draft, sheet.post(), clock.now())
    await clear(state, sheet)
    await show(callback, screens.sent_screen())


async def drop(callback: CallbackQuery, press: NewsDropped, state: FSMContext) -> None:
    """Throw the draft away."""
    sheet = await _sheet(callback, press, state)
    if sheet is not None:
        await clear(state, sheet)
        await show(callback, screens.dropped_screen())


async def _sheet(callback: CallbackQuery, press: _Press, state: FSMContext) -> Sheet | None:
    """Return the draft of this button; where it is no longer there, say so."""
    sheet = await sheet_of(state)
    if sheet is not None and sheet.draft == press.draft:
        return sheet
    if press.draft == await last_draft(state):
        await acknowledge(callback, _("This post has already been sent or deleted."))
    else:
        await acknowledge(callback, _("This button belongs to an older draft."))
    return None


def _values(press: _Press) -> dict[str, Any]:
    match press:
        case NewsTopicChosen(topic=topic):
            return {"topic": topic}
        case PhotoLeftOut():
            return {"with_photo": False, "photo": None, "album": None}
        case NewsAudienceChosen(region=region):
            return {"everybody": region is None, "region": region}
        case _:
            return {}


def router() -> Router:
    """Return the router of the composer's buttons; for operators and administrators."""
    router = Router(name="news composer")
    router.callback_query.filter(Works(Role.OPERATOR, Role.ADMINISTRATOR))
    router.callback_query.register(begin, Pressed(ComposeNews))
    for kind in (NewsPartOpened, NewsTopicChosen, PhotoLeftOut, NewsAudienceChosen):
        router.callback_query.register(change, Pressed(kind))
    router.callback_query.register(open_regions, Pressed(NewsRegionsOpened))
    router.callback_query.register(publish, Pressed(NewsSent))
    router.callback_query.register(drop, Pressed(NewsDropped))
    return router
