"""Objecting to the own ban: words, a look at them, sent to the administrators.

What is written stands under `objection` in the conversation, for the ban that it is about.
"""

from html import escape
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.buttons import button, cancel, keyboard
from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.screen import Event, Screen, send, show
from handlers.text import _
from handlers.views.ban_callbacks import ObjectionBegun, ObjectionSent
from services.appeals.banning import object_to_ban, own_ban, require_objectable
from services.appeals.reasons import reason_problem
from services.clock import Clock
from services.people.model import Person
from storage.database import Database

_KEY = "objection"


class Objecting(StatesGroup):
    """What the bot waits for."""

    words = State()


async def begin(
    callback: CallbackQuery,
    press: ObjectionBegun,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the words; the message about the ban stays as it is."""
    await _ask(callback, press.ban, state, person, db, clock)


async def begin_by_command(
    message: Message, state: FSMContext, person: Person, db: Database, clock: Clock
) -> None:
    """Ask for the words against the ban that is in force; raises Refusal where none is."""
    ban = await db.read(own_ban, person.id, clock.now())
    await _ask(message, ban, state, person, db, clock)


async def _ask(
    event: Event, ban: int, state: FSMContext, person: Person, db: Database, clock: Clock
) -> None:
    await db.read(require_objectable, person.id, ban, clock.now())
    old = await _draft(state)
    if old.get("ban") != ban:
        await state.update_data({_KEY: {"ban": ban}})
    await state.set_state(Objecting.words)
    text = _("Please write in one message why you do not agree. An administrator will read it.")
    await send(event, Screen(text, keyboard([cancel()])))


async def take_words(message: Message, words: str, state: FSMContext) -> None:
    """Keep the words and show them; newer ones replace older ones."""
    draft = await _draft(state)
    if not draft or draft.get("message", 0) >= message.message_id:
        return
    problem = reason_problem(words)
    if problem is not None:
        await show(message, Screen(_(problem), keyboard([cancel()])))
        return
    words = words.strip()
    await state.update_data({_KEY: {**draft, "words": words, "message": message.message_id}})
    sent = ObjectionSent(ban=draft["ban"], words=message.message_id)
    text = _("Shall I send it like this? To change it, just write it anew.")
    row = [button(_("✅ Yes, send it"), sent)]
    screen = Screen(f"{text}\n<blockquote>{escape(words)}</blockquote>", keyboard(row, [cancel()]))
    await show(message, screen)


async def take_something_else(message: Message) -> None:
    """Say that words are asked for."""
    await show(message, Screen(_("Please write it as a text message."), keyboard([cancel()])))


async def send_objection(
    callback: CallbackQuery,
    press: ObjectionSent,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Send exactly the words that were shown; pressed again, say so again."""
    draft = await _draft(state)
    if (draft.get("ban"), draft.get("message")) == (press.ban, press.words):
        words = draft["words"]
        await db.write(object_to_ban, person.id, press.ban, words, clock.now())
        await state.update_data({_KEY: None})
        await state.set_state(None)
    await show(callback, Screen(_("✅ Sent. An administrator will read it."), keyboard()))


async def _draft(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


def router() -> Router:
    """Return the router of /objection and the buttons."""
    router = Router(name="objection")
    router.message.register(begin_by_command, Command("objection"))
    router.callback_query.register(begin, Pressed(ObjectionBegun))
    router.callback_query.register(send_objection, Pressed(ObjectionSent))
    return router


def words() -> Router:
    """Return the router of what is written; it stands after all menus."""
    router = Router(name="objection: words")
    waiting = StateFilter(Objecting.words)
    router.message.register(take_words, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
