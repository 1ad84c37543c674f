"""The PIN that begins a session of staff: chosen once, and typed after hours without use.

The message with the PIN is deleted before anything else is done with it; the conversation keeps
only what was going on before, which goes on after it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.citizen.words import NotWords
from handlers.confidential import delete_secret
from handlers.filters import Has
from handlers.screen import Screen, acknowledge, show
from handlers.text import _
from handlers.views.staff_session import (
    begun_screen,
    choosing_screen,
    chosen_screen,
    not_deleted,
    problem_screen,
    typing_screen,
    wrong_screen,
)
from services.clock import Clock
from services.people.model import Person
from services.people.pins import DIGITS
from services.people.sessions import Session, begin, choose, session_of
from services.refusal import Refusal, SessionEnded
from storage.database import Database

_KEY = "staff_pin"


class StaffPin(StatesGroup):
    """What the bot waits for. No message in these states is ever written down."""

    typing = State()
    choosing = State()


_SCREENS = {Session.ENDED: (StaffPin.typing, typing_screen)} | {
    Session.NO_PIN: (StaffPin.choosing, choosing_screen)
}


class AsksPin(BaseMiddleware):
    """Shows the screen of the PIN where a session has ended, in place of what was to be done."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Go on; where the session has ended, ask for the PIN."""
        try:
            return await handler(event, data)
        except SessionEnded:
            if isinstance(event, CallbackQuery):
                await acknowledge(event)
            person: Person = data["person"]
            bot: Bot = data["bot"]
            if not await ask_for_pin(bot, person.id, data["state"], data["db"]):
                await bot.send_message(person.id, begun_screen().text)
            return None


class TakenBefore(Filter):
    """A message that was taken as a PIN and is delivered once more."""

    async def __call__(self, message: Message, person: Person, state: FSMContext) -> bool:
        """Look into the conversation only for what looks like a PIN of one of the staff."""
        if len(message.text or "") != DIGITS or not person.roles:
            return False
        kept = (await state.get_data()).get(_KEY, {})
        return bool(kept.get("heard") == message.message_id)


class Unasked(Filter):
    """A PIN that is typed outside of its screen, while the session has ended."""

    async def __call__(self, message: Message, person: Person, db: Database) -> bool:
        """Ask the database only for what looks like a PIN of one of the staff."""
        text = message.text or ""
        if len(text) != DIGITS or not text.isdigit() or not person.roles:
            return False
        return await db.read(session_of, person.id) is Session.ENDED


async def ask_for_pin(bot: Bot, person_id: int, state: FSMContext, db: Database) -> bool:
    """Show the screen of the PIN, to be typed or chosen; False where none is needed."""
    session = await db.read(session_of, person_id)
    if session is Session.OPEN:
        return False
    waiting, screen = _SCREENS[session]
    before = await state.get_state()
    if before is None or not before.startswith(f"{StaffPin.__name__}:"):
        await state.update_data({_KEY: {"before": before}})
    await state.set_state(waiting)
    shown = screen()
    await bot.send_message(person_id, shown.text, reply_markup=shown.keyboard)
    return True


async def take_typed(
    message: Message, state: FSMContext, db: Database, clock: Clock, person: Person
) -> None:
    """Begin the session where the PIN is right, and go back to what was going on."""
    await delete_secret(message, not_deleted())
    now = clock.now()
    try:
        tried = await begin(db, person.id, message.message_id, message.text or "", now)
    except Refusal as refusal:
        await show(message, _problem(refusal))
        return
    if not tried.right:
        await show(message, wrong_screen(tried.left, tried.wait_until, now))
        return
    await _go_back(state, message)
    await show(message, begun_screen())


async def take_chosen(
    message: Message, state: FSMContext, db: Database, clock: Clock, person: Person
) -> None:
    """Keep the PIN that somebody chose, and go back to what was going on."""
    await delete_secret(message, not_deleted())
    words = message.text or ""
    try:
        await choose(db, person.id, message.message_id, words, clock.now())
    except Refusal as refusal:
        await show(message, _problem(refusal))
        return
    await _go_back(state, message)
    await show(message, chosen_screen())


async def take_again(message: Message) -> None:
    """Delete a PIN that Telegram has brought once more."""
    await delete_secret(message, not_deleted())


async def take_something_else(message: Message) -> None:
    """Say that it needs digits."""
    await show(message, problem_screen(_("Please send the PIN as a text message: six digits.")))


async def _go_back(state: FSMContext, message: Message) -> None:
    data = await state.get_data()
    if (await state.get_state() or "").startswith(StaffPin.__name__):
        await state.set_state(data.get(_KEY, {}).get("before"))
    await state.update_data({_KEY: {"heard": message.message_id}})


def _problem(refusal: Refusal) -> Screen:
    return problem_screen(_(refusal.message).format(**refusal.parameters))


def router() -> Router:
    """Return the router of what comes again; it stands before all that wait for words."""
    router = Router(name="staff session")
    router.message.register(take_again, TakenBefore())
    return router


def words() -> Router:
    """Return the router of the PIN; no command or button of the menu may come first."""
    router = Router(name="staff PIN")
    router.message.register(take_typed, StateFilter(StaffPin.typing), Has("text"))
    router.message.register(take_chosen, StateFilter(StaffPin.choosing), Has("text"))
    router.message.register(take_something_else, StateFilter(StaffPin), NotWords())
    router.message.register(take_typed, StateFilter(None), Unasked())
    return router
