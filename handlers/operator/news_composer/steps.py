"""Showing the step that a draft is at."""

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.callbacks import Noop
from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer import screens
from handlers.operator.news_composer.sheet import Sheet, keep
from handlers.screen import Event, Screen, send, show
from handlers.views.news_notices import news_notice
from services.clock import Clock
from services.delivery.mailing import count_audience
from services.language import Language
from services.organisation.directory import Organisation, Organisations
from storage.database import Database


async def go(
    event: Event,
    sheet: Sheet,
    *,
    state: FSMContext,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Keep the draft and show the step it is at."""
    await keep(state, sheet)
    organisation = organisations.current
    if sheet.step is Step.CHECK:
        for screen in _previews(sheet, organisation):
            await send(event, screen)
        reachable = await _reachable(sheet, db, clock)
        await send(event, screens.check_screen(sheet, organisation, reachable))
    elif sheet.step is Step.AUDIENCE:
        reachable = await _reachable(replace(sheet, region=None), db, clock)
        await show(event, screens.audience_screen(sheet, reachable))
    else:
        await show(event, _asking(sheet, organisation))


def _asking(sheet: Sheet, organisation: Organisation) -> Screen:
    if sheet.step is Step.TEXT_KK:
        return screens.text_kk_screen(sheet)
    if sheet.step is Step.TEXT_RU:
        return screens.text_ru_screen(sheet)
    if sheet.step is Step.PHOTO:
        return screens.photo_screen(sheet)
    return screens.topic_screen(sheet, organisation)


async def _reachable(sheet: Sheet, db: Database, clock: Clock) -> int:
    return await db.read(
        count_audience, now=clock.now(), target=replace(sheet.target, topic=sheet.topic)
    )


def _previews(sheet: Sheet, organisation: Organisation) -> list[Screen]:
    """Return the post as a reader of each language gets it, Kazakh first."""
    payload = {
        "topic": sheet.topic,
        "text_kk": sheet.text_kk,
        "text_ru": sheet.text_ru,
        "media": [{"type": "photo", "file_id": sheet.photo}] if sheet.photo else [],
        "links": [],
    }
    previews = []
    i18n = I18n.get_current(no_error=False)
    for language in Language:
        with i18n.use_locale(language.value):
            notice = news_notice(payload, organisation)
        previews.append(screens.post_screen(notice, _showing_only(notice.keyboard)))
    return previews


def _showing_only(buttons: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup:
    rows = buttons.inline_keyboard if buttons else []
    return keyboard(*([button(one.text, Noop()) for one in row] for row in rows))
