"""How a reader wants digests: the hour, days off, Telegram or e-mail.

Buttons carry what is to be, never a change of what is: pressed twice they say the same. An
address is asked for in words, shown back, and kept only once it is confirmed.
"""

from collections.abc import Collection
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.official.digest_callbacks import (
    AddressKept,
    ChannelSet,
    DaysOffSet,
    DigestSettings,
    HourSet,
)
from handlers.screen import show
from handlers.text import _
from handlers.views.digest_settings import (
    address_problem,
    address_screen,
    confirm_screen,
    hours_screen,
    settings_screen,
)
from services.digests.channel import require_open
from services.digests.model import Channel
from services.digests.readers import (
    checked_email,
    preferences_of,
    set_channel,
    set_days_off,
    set_hour,
)
from services.people.model import Person
from services.refusal import Refusal
from storage.database import Database

_DRAFT = "digest_email"


class DigestAddress(StatesGroup):
    """What the bot waits for."""

    words = State()


async def open_settings(
    callback: CallbackQuery,
    state: FSMContext,
    person: Person,
    channels: Collection[Channel],
    db: Database,
) -> None:
    """Show what is chosen and leave whatever was being written."""
    chosen = await db.read(preferences_of, person.id)
    await state.set_state(None)
    await show(callback, settings_screen(chosen, channels))


async def choose_hour(
    callback: CallbackQuery,
    press: HourSet,
    person: Person,
    channels: Collection[Channel],
    db: Database,
) -> None:
    """Let digests come at this minute, or show all there are to choose from."""
    if press.minute < 0:
        await show(callback, hours_screen(await db.read(preferences_of, person.id)))
        return
    chosen = await db.write(set_hour, person.id, press.minute)
    await show(callback, settings_screen(chosen, channels))


async def choose_days(
    callback: CallbackQuery,
    press: DaysOffSet,
    person: Person,
    channels: Collection[Channel],
    db: Database,
) -> None:
    """Let digests come on days off, or not."""
    chosen = await db.write(set_days_off, person.id, wanted=press.wanted)
    await show(callback, settings_screen(chosen, channels))


async def choose_way(
    callback: CallbackQuery,
    press: ChannelSet,
    state: FSMContext,
    person: Person,
    channels: Collection[Channel],
    db: Database,
) -> None:
    """Let digests come in Telegram, or ask for the address."""
    if press.channel is Channel.TELEGRAM:
        chosen = await db.write(set_channel, person.id, press.channel)
        await state.set_state(None)
        await show(callback, settings_screen(chosen, channels))
        return
    require_open(channels, press.channel)
    chosen = await db.read(preferences_of, person.id)
    await state.set_state(DigestAddress.words)
    await show(callback, address_screen(chosen.email))


async def take_address(message: Message, words: str, state: FSMContext) -> None:
    """Keep the address and show it back; a newer one replaces an older."""
    draft = await _draft(state)
    if message.message_id <= draft.get("message", 0):
        return
    try:
        address = checked_email(words)
    except Refusal as refusal:
        await show(message, address_problem(_(refusal.message).format(**refusal.parameters)))
        return
    await state.update_data({_DRAFT: {"message": message.message_id, "email": address}})
    await show(message, confirm_screen(address, message.message_id))


async def take_something_else(message: Message) -> None:
    """Say that it needs words."""
    await show(message, address_problem(_("Please write it in words, as a text message.")))


async def keep_address(
    callback: CallbackQuery,
    press: AddressKept,
    state: FSMContext,
    person: Person,
    channels: Collection[Channel],
    db: Database,
) -> None:
    """Let digests go to the address that was shown; 0 is the one given before."""
    require_open(channels, Channel.EMAIL)
    draft = await _draft(state)
    if press.words and draft.get("message", press.words) != press.words:
        # The button of an older address: the newer one wants a look first.
        await show(callback, confirm_screen(draft["email"], draft["message"]))
        return
    email = draft.get("email") if press.words else None
    chosen = await db.write(set_channel, person.id, Channel.EMAIL, email)
    await state.update_data({_DRAFT: None})
    await state.set_state(None)
    note = _("✅ Kept. The next digest goes there.")
    await show(callback, settings_screen(chosen, channels, note))


async def _draft(state: FSMContext) -> dict[str, Any]:
    draft: dict[str, Any] = (await state.get_data()).get(_DRAFT) or {}
    return draft


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="digest settings")
    router.callback_query.register(open_settings, Pressed(DigestSettings))
    router.callback_query.register(choose_hour, Pressed(HourSet))
    router.callback_query.register(choose_days, Pressed(DaysOffSet))
    router.callback_query.register(choose_way, Pressed(ChannelSet))
    router.callback_query.register(keep_address, Pressed(AddressKept))
    return router


def words() -> Router:
    """Return the router of the address; it stands after all menus."""
    router = Router(name="digest settings: words")
    waiting = StateFilter(DigestAddress.words)
    router.message.register(take_address, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
