"""Keeping a draft, and showing the step that it is at."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer import approving, screens
from handlers.operator.news_composer.audience import audience_screen, reachable
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import clear, keep
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.timing import when_screen
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.text import _
from handlers.views.post_previews import previews

_ASKING: Mapping[Step, Callable[[Sheet], Screen]] = {
    Step.TEXT_KK: screens.text_kk_screen,
    Step.TEXT_RU: screens.text_ru_screen,
    Step.MEDIA: screens.media_screen,
    Step.LINKS: screens.links_screen,
    Step.CHANNEL: screens.channel_screen,
}


def set_to(sheet: Sheet, **values: Any) -> Sheet:
    """Return the draft with these values at its next step; a new version only if they are new."""
    if any(getattr(sheet, name) != value for name, value in values.items()):
        return sheet.changed(**values)
    return replace(sheet, step=sheet.missing)


async def settle(event: Event, desk: NewsDesk, sheet: Sheet) -> Sheet | None:
    """Keep the draft; every change of it comes through here.

    A draft that changed since approval was asked for it takes the question back; where the
    approval came first, the post is out: this draft is put away, its author told, and None
    returned.
    """
    if sheet.asked is not None and sheet.asked != sheet.version:
        if not await approving.withdraw(desk, sheet):
            await clear(desk.state, sheet)
            await _too_late(event)
            return None
        sheet = replace(sheet, asked=None)
    await keep(desk.state, sheet)
    return sheet


async def go(event: Event, desk: NewsDesk, sheet: Sheet) -> None:
    """Keep the draft and show the step it is at."""
    settled = await settle(event, desk, sheet)
    if settled is None:
        return
    if settled.step is Step.CHECK:
        await _check(event, desk, settled)
    else:
        await show(event, await _asking(desk, settled))


async def _check(event: Event, desk: NewsDesk, sheet: Sheet) -> None:
    """Show the post as it will arrive, then the check; a post that Telegram refuses is told."""
    problem = ""
    try:
        for notice in previews(sheet.post(), desk.organisation):
            await send(event, screens.post_screen(notice))
    except TelegramBadRequest as error:
        problem = _("Telegram does not take this post: {words}").format(words=error.message)
    people = await reachable(desk, sheet)
    waits = await approving.silence_line(desk, sheet)
    await send(event, screens.check_screen(desk, sheet, people, problem, waits))


async def only_buttons(message: Message, desk: NewsDesk, sheet: Sheet) -> None:
    """Say that this step is answered with buttons, and show it again."""
    await show(message, Screen(_("Please use the buttons below.")))
    await go(message, desk, sheet)


async def _asking(desk: NewsDesk, sheet: Sheet) -> Screen:
    if sheet.step is Step.AUDIENCE:
        return await audience_screen(desk, sheet)
    if sheet.step is Step.WHEN:
        return await when_screen(desk, sheet)
    if sheet.step in _ASKING:
        return _ASKING[sheet.step](sheet)
    return screens.topic_screen(sheet, desk.organisation)


async def _too_late(event: Event) -> None:
    if isinstance(event, CallbackQuery):
        await acknowledge(event, screens.too_late_screen().text)
    else:
        await show(event, screens.too_late_screen())
