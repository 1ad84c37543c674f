"""The picker of readers as the composer of news uses it."""

from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.operator.audience.picker import TargetPicker
from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer.audience import HOST
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import keep, sheet_of
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.steps import go, set_to
from handlers.operator.news_composer.ways import ways_out
from handlers.screen import Event
from services.delivery.target import EVERYBODY, Target


async def take_words(message: Message, desk: NewsDesk, sheet: Sheet) -> None:
    """Take words at the step of the audience for the name of a place."""
    resources = {"desk": desk, "db": desk.db, "clock": desk.clock}
    await _PICKER.typed(message, message.text or "", sheet.draft, **resources)


async def _kept(
    event: Event, *, key: str, desk: NewsDesk, **_more: Any
) -> tuple[Target, str | None] | None:
    if isinstance(event, CallbackQuery):
        sheet = await desk.sheet_for(event, key)
    else:
        sheet = await sheet_of(desk.state)
    return None if sheet is None else (sheet.target or EVERYBODY, sheet.topic)


async def _keep(_callback: CallbackQuery, target: Target, *, desk: NewsDesk, **_more: Any) -> None:
    """Keep the choice; a new version only where it is another one."""
    sheet = await sheet_of(desk.state)
    if sheet is not None:
        await keep(desk.state, replace(set_to(sheet, target=target), step=Step.AUDIENCE))


async def _go_on(callback: CallbackQuery, *, desk: NewsDesk, **_more: Any) -> None:
    sheet = await sheet_of(desk.state)
    if sheet is not None:
        await go(callback, desk, set_to(sheet, target=sheet.target or EVERYBODY))


async def _last(*, desk: NewsDesk, **_more: Any) -> list[InlineKeyboardButton]:
    sheet = await sheet_of(desk.state)
    return [] if sheet is None else ways_out(replace(sheet, step=Step.AUDIENCE))


_PICKER = TargetPicker(host=HOST, kept=_kept, keep=_keep, done=_go_on, last=_last)


def router() -> Router:
    """Return the router of this step; the composer admits and provides."""
    return _PICKER.router()
