"""Sources of news: the list, the card of each, and what is changed about them."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.source_desk import SourceDesk
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.source_callbacks import (
    RetireAsked,
    RetireConfirmed,
    SourceLanguageSet,
    SourceModeSet,
    SourceOpened,
    SourcesListed,
    SourceTopicAsked,
    SourceTopicSet,
)
from handlers.views.source_screens import card_screen, list_screen, retire_screen, topic_screen
from services.news.sources import (
    Source,
    change_source,
    existing,
    list_sources,
    retire_source,
)
from services.people.deeds import Deed
from services.refusal import Refusal


async def show_list(callback: CallbackQuery, press: SourcesListed, sources: SourceDesk) -> None:
    """Show the sources in use; what was being added is left."""
    await sources.state.set_state(None)
    page = await sources.db.read(list_sources, press.after)
    await show(callback, list_screen(page, first=not press.after))


async def open_source(callback: CallbackQuery, press: SourceOpened, sources: SourceDesk) -> None:
    """Show a source."""
    await _show_card(callback, sources, await sources.db.read(existing, press.source))


async def ask_topic(callback: CallbackQuery, press: SourceTopicAsked, sources: SourceDesk) -> None:
    """Show the topics."""
    source = await sources.db.read(existing, press.source)
    await show(callback, topic_screen(source, sources.organisation))


async def set_topic(callback: CallbackQuery, press: SourceTopicSet, sources: SourceDesk) -> None:
    """Set what the news of a source is about."""
    await _change(callback, press, sources, topic=press.topic)


async def set_language(
    callback: CallbackQuery, press: SourceLanguageSet, sources: SourceDesk
) -> None:
    """Set to whom the news of a source goes."""
    await _change(callback, press, sources, language=press.language)


async def set_mode(callback: CallbackQuery, press: SourceModeSet, sources: SourceDesk) -> None:
    """Set whether a source publishes by itself."""
    await _change(callback, press, sources, automatic=press.automatic)


async def ask_to_retire(callback: CallbackQuery, press: RetireAsked, sources: SourceDesk) -> None:
    """Ask before a source is given up."""
    await show(callback, retire_screen(await sources.db.read(existing, press.source)))


async def retire(callback: CallbackQuery, press: RetireConfirmed, sources: SourceDesk) -> None:
    """Take no more news from a source."""
    now = sources.clock.now()
    by, place = sources.person.id, (press.source, press.version)
    try:
        source = await sources.db.write(retire_source, by, *place, now)
    except Refusal as refusal:
        await _show_as_it_is(callback, press.source, sources, refusal)
        return
    await _show_card(callback, sources, source)


async def _change(
    callback: CallbackQuery,
    press: SourceTopicSet | SourceLanguageSet | SourceModeSet,
    sources: SourceDesk,
    **given: Any,
) -> None:
    by, place = sources.person.id, (press.source, press.version)
    try:
        source = await sources.db.write(change_source, by, *place, sources.clock.now(), **given)
    except Refusal as refusal:
        await _show_as_it_is(callback, press.source, sources, refusal)
        return
    await _show_card(callback, sources, source)


async def _show_as_it_is(
    callback: CallbackQuery, source_id: int, sources: SourceDesk, refusal: Refusal
) -> None:
    """Show the source that somebody else has changed meanwhile, and say so."""
    note = _(refusal.message).format(**refusal.parameters)
    await _show_card(callback, sources, await sources.db.read(existing, source_id), note)


async def _show_card(
    callback: CallbackQuery, sources: SourceDesk, source: Source, note: str = ""
) -> None:
    administrator = sources.administrator
    screen = card_screen(source, sources.organisation, note, administrator=administrator)
    await show(callback, screen)


def router() -> Router:
    """Return the router of the list and the cards; for operators and administrators."""
    router = provide(Router(name="sources"), "sources", SourceDesk)
    router.callback_query.filter(Works(Deed.CHANGE_SOURCES))
    router.callback_query.register(show_list, Pressed(SourcesListed))
    router.callback_query.register(open_source, Pressed(SourceOpened))
    router.callback_query.register(ask_topic, Pressed(SourceTopicAsked))
    router.callback_query.register(set_topic, Pressed(SourceTopicSet))
    router.callback_query.register(set_language, Pressed(SourceLanguageSet))
    router.callback_query.register(set_mode, Pressed(SourceModeSet))
    router.callback_query.register(ask_to_retire, Pressed(RetireAsked))
    router.callback_query.register(retire, Pressed(RetireConfirmed))
    return router
