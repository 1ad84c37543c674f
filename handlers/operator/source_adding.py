"""Adding a source: its address or a post of it, then topic, language, and who decides.

What was found is kept under `source` in the conversation until it is saved.
"""

import hashlib
from typing import Any

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, MessageOriginChannel

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.source_desk import SourceDesk
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.source_callbacks import (
    ChannelBegun,
    ChannelTaken,
    FeedBegun,
    NewLanguage,
    NewMode,
    NewSaved,
    NewTopic,
)
from handlers.views.source_screens import (
    address_screen,
    card_screen,
    channel_screen,
    check_screen,
    found_screen,
    language_screen,
    mode_screen,
)
from services.language import Language
from services.news.feeds import TROUBLES, FeedTrouble
from services.news.sources import (
    ADDRESS_LENGTH,
    NewSource,
    Source,
    SourceKind,
    add_source,
    existing,
)
from services.people.deeds import Deed

_KEY = "source"
_NEWEST = 3


class SourceAdding(StatesGroup):
    """An operator says where news shall come from."""

    feed = State()
    channel = State()


async def begin_feed(callback: CallbackQuery, sources: SourceDesk) -> None:
    """Ask for the address of a feed."""
    await sources.state.set_state(SourceAdding.feed)
    await show(callback, address_screen())


async def begin_channel(callback: CallbackQuery, sources: SourceDesk) -> None:
    """Ask for a post of a channel."""
    await sources.state.set_state(SourceAdding.channel)
    await show(callback, channel_screen())


async def take_address(message: Message, words: str, sources: SourceDesk) -> None:
    """Read the feed at once and show what it holds, or say why it cannot be read."""
    if await _heard(sources, message):
        return
    address = words.strip()
    if "://" not in address:
        address = f"https://{address}"
    if len(address) > ADDRESS_LENGTH or any(sign.isspace() for sign in address):
        await show(message, address_screen(_("This is not an address.")))
        return
    try:
        feed = await sources.feeds.look_at(address)
    except FeedTrouble as error:
        await show(message, address_screen(_(TROUBLES[error.trouble])))
        return
    newest = [item.title for item in feed.items[:_NEWEST]]
    await _found(message, sources, SourceKind.FEED, address, feed.title, newest)


async def take_post(message: Message, sources: SourceDesk) -> None:
    """Take the channel that a forwarded post comes from, if the bot may read it."""
    if await _heard(sources, message):
        return
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        await show(message, channel_screen(_("This is not a post of a channel.")))
        return
    await _take_channel(message, sources, origin.chat.id)


async def take_offered(callback: CallbackQuery, press: ChannelTaken, sources: SourceDesk) -> None:
    """Take the channel that the bot was let into."""
    await _take_channel(callback, sources, press.chat)


async def not_an_address(message: Message) -> None:
    """Say that an address is asked for."""
    await show(message, address_screen(_("This is not an address.")))


async def choose_topic(callback: CallbackQuery, press: NewTopic, sources: SourceDesk) -> None:
    """Set what it is about and go on."""
    if await _set(callback, sources, press.draft, topic=press.topic):
        await show(callback, language_screen(press.draft))


async def choose_language(
    callback: CallbackQuery, press: NewLanguage, sources: SourceDesk
) -> None:
    """Set the language and go on: only administrators may choose who decides."""
    language = press.language.value
    if sources.administrator:
        if await _set(callback, sources, press.draft, language=language):
            await show(callback, mode_screen(press.draft))
        return
    kept = await _set(callback, sources, press.draft, language=language, automatic=False)
    await _show_check(callback, sources, press.draft, kept)


async def choose_mode(callback: CallbackQuery, press: NewMode, sources: SourceDesk) -> None:
    """Set who decides and show everything."""
    kept = await _set(callback, sources, press.draft, automatic=press.automatic)
    await _show_check(callback, sources, press.draft, kept)


async def save(callback: CallbackQuery, press: NewSaved, sources: SourceDesk) -> None:
    """Take up the source and show its card."""
    kept = await _set(callback, sources, press.draft) or {}
    new = _new_source(kept)
    if new is not None:
        now = sources.clock.now()
        source = await sources.db.write(add_source, sources.person.id, new, now)
        saved = {"draft": press.draft, "saved": source.id}
        await sources.state.update_data({_KEY: saved})
        await _show_card(callback, sources, source)
    elif "saved" in kept:
        source = await sources.db.read(existing, kept["saved"])
        await _show_card(callback, sources, source)


async def _show_check(
    callback: CallbackQuery, sources: SourceDesk, draft: str, kept: dict[str, Any] | None
) -> None:
    new = _new_source(kept) if kept else None
    if new is not None:
        organisation, administrator = sources.organisation, sources.administrator
        screen = check_screen(draft, new, organisation, administrator=administrator)
        await show(callback, screen)


async def _show_card(callback: CallbackQuery, sources: SourceDesk, source: Source) -> None:
    administrator = sources.administrator
    await show(callback, card_screen(source, sources.organisation, administrator=administrator))


async def _take_channel(event: Event, sources: SourceDesk, chat_id: int) -> None:
    try:
        me = await sources.bot.get_chat_member(chat_id, sources.bot.id)
        chat = await sources.bot.get_chat(chat_id)
    except TelegramAPIError:
        able, title = False, ""
    else:
        able, title = me.status == ChatMemberStatus.ADMINISTRATOR, chat.title or str(chat_id)
    if not able:
        await show(event, channel_screen(_("The bot is not an administrator of this channel.")))
        return
    await _found(event, sources, SourceKind.CHANNEL, str(chat_id), title, [])


async def _found(
    event: Event,
    sources: SourceDesk,
    kind: SourceKind,
    address: str,
    title: str,
    newest: list[str],
) -> None:
    draft = hashlib.sha256(f"{kind}:{address}".encode()).hexdigest()[:8]
    found = {"draft": draft, "kind": kind.value, "address": address, "title": title}
    kept = await _kept(sources)
    await sources.state.update_data({_KEY: {"heard": kept.get("heard", 0)} | found})
    await sources.state.set_state(None)
    await show(event, found_screen(draft, title, newest, sources.organisation))


async def _set(
    callback: CallbackQuery, sources: SourceDesk, draft: str, **given: Any
) -> dict[str, Any] | None:
    """Keep a choice about the new source; None, with a word, where another took its place."""
    kept = await _kept(sources)
    if kept.get("draft") != draft:
        await acknowledge(callback, _("This button belongs to an older draft."))
        return None
    await sources.state.update_data({_KEY: kept | given})
    return kept | given


def _new_source(kept: dict[str, Any]) -> NewSource | None:
    if not {"topic", "language", "automatic"} <= kept.keys():
        return None
    return NewSource(
        SourceKind(kept["kind"]),
        kept["address"],
        kept["title"],
        kept["topic"],
        Language(kept["language"]),
        automatic=kept["automatic"],
    )


async def _heard(sources: SourceDesk, message: Message) -> bool:
    """Tell whether this message was dealt with already; remember that it is now."""
    kept = await _kept(sources)
    if message.message_id <= kept.get("heard", 0):
        return True
    await sources.state.update_data({_KEY: kept | {"heard": message.message_id}})
    return False


async def _kept(sources: SourceDesk) -> dict[str, Any]:
    kept: dict[str, Any] = (await sources.state.get_data()).get(_KEY) or {}
    return kept


def router() -> Router:
    """Return the router of the buttons; for operators and administrators."""
    router = provide(Router(name="source adding"), "sources", SourceDesk)
    router.callback_query.filter(Works(Deed.CHANGE_SOURCES))
    router.callback_query.register(begin_feed, Pressed(FeedBegun))
    router.callback_query.register(begin_channel, Pressed(ChannelBegun))
    router.callback_query.register(take_offered, Pressed(ChannelTaken))
    router.callback_query.register(choose_topic, Pressed(NewTopic))
    router.callback_query.register(choose_language, Pressed(NewLanguage))
    router.callback_query.register(choose_mode, Pressed(NewMode))
    router.callback_query.register(save, Pressed(NewSaved))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it waits for free text."""
    router = provide(Router(name="source adding words"), "sources", SourceDesk)
    router.message.filter(Works(Deed.CHANGE_SOURCES))
    router.message.register(take_address, StateFilter(SourceAdding.feed), Words())
    router.message.register(not_an_address, StateFilter(SourceAdding.feed), NotWords())
    router.message.register(take_post, StateFilter(SourceAdding.channel), Words())
    router.message.register(take_post, StateFilter(SourceAdding.channel), NotWords())
    return router
