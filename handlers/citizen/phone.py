"""Confirming a phone number by sharing one's own contact; the message with it is deleted at once.

Under `phone` in the conversation stand the poll on the way to which it was asked, and the last
contact that was heard; never the number.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiogram import BaseMiddleware, Bot, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.filters import Has, MenuButton, Pressed
from handlers.menu import home, menu_keyboard
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.phone import (
    LEAVE,
    PhoneOpened,
    PhoneWithdrawn,
    again_screen,
    confirmed_screen,
    needed_screen,
    to_poll_screen,
    why_screen,
    withdrawn_screen,
)
from services.clock import Clock
from services.people.model import Person
from services.people.phone_confirmation import (
    Contact,
    PhoneNeeded,
    confirm_phone,
    confirmed_since,
    withdraw_phone,
)
from services.refusal import Refusal
from storage.database import Database

_KEY = "phone"


class PhoneSharing(StatesGroup):
    """A person is asked to share their own contact."""

    contact = State()


class AsksForPhone(BaseMiddleware):
    """Leads whoever would answer a poll of confirmed numbers to the confirmation."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Say it with a button, below what was pressed."""
        try:
            return await handler(event, data)
        except PhoneNeeded as needed:
            if isinstance(event, Message | CallbackQuery):
                await send(event, needed_screen(_(needed.message), needed.poll))
            return None


async def open_phone(
    callback: CallbackQuery, press: PhoneOpened, state: FSMContext, db: Database, person: Person
) -> None:
    """Show that it is confirmed, or ask for the contact."""
    since = await db.read(confirmed_since, person.id)
    if since is not None:
        await show(callback, confirmed_screen(since))
        return
    heard = (await _kept(state)).get("heard", 0)
    await state.update_data({_KEY: {"poll": press.poll, "heard": heard}})
    await state.set_state(PhoneSharing.contact)
    await send(callback, why_screen())


async def take_contact(
    message: Message, bot: Bot, state: FSMContext, db: Database, person: Person, clock: Clock
) -> None:
    """Confirm the number of one's own contact; what is another's confirms nothing."""
    kept = await _kept(state)
    contact = message.contact
    if contact is None or message.message_id <= kept.get("heard", 0):
        return
    if await state.get_state() != PhoneSharing.contact.state:
        raise SkipHandler
    await state.update_data({_KEY: kept | {"heard": message.message_id}})
    with suppress(TelegramAPIError):  # where Telegram deletes it no more, the person can
        await bot.delete_message(message.chat.id, message.message_id)
    # Telegram names the sender as the owner only of a contact that is shared by its button.
    forwarded = message.forward_origin is not None
    shared = Contact(contact.phone_number, None if forwarded else contact.user_id)
    try:
        await db.write(confirm_phone, person.id, shared, clock.now())
    except Refusal as refusal:
        await show(message, again_screen(_(refusal.message).format(**refusal.parameters)))
        return
    await state.set_state(None)
    done = _("✅ Your phone number is confirmed. The message with it was deleted here.")
    await show(message, Screen(done, menu_keyboard(person)))
    if kept.get("poll"):
        await show(message, to_poll_screen(kept["poll"]))


async def refuse_words(message: Message) -> None:
    """Say that only the button shows whose number it is."""
    text = _(
        "A typed number confirms nothing: Telegram has to say that it is yours. Please press "
        "“📱 Share my number” below, or “✖️ Not now”."
    )
    await show(message, again_screen(text))


async def leave(message: Message, state: FSMContext, person: Person) -> None:
    """Go back to the menu without a number."""
    await state.set_state(None)
    await show(message, home(person))


async def withdraw(callback: CallbackQuery, db: Database, person: Person, clock: Clock) -> None:
    """Forget the number at once."""
    await db.write(withdraw_phone, person.id, clock.now())
    await show(callback, withdrawn_screen())


async def _kept(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="phone")
    router.callback_query.register(open_phone, Pressed(PhoneOpened))
    router.callback_query.register(withdraw, Pressed(PhoneWithdrawn))
    router.message.register(leave, StateFilter(PhoneSharing.contact), MenuButton(LEAVE))
    return router


def words() -> Router:
    """Return the router of contacts, and of what is sent in their place."""
    router = Router(name="phone: contacts")
    router.message.register(take_contact, Has("contact"))
    router.message.register(refuse_words, StateFilter(PhoneSharing.contact))
    return router
