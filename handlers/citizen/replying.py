"""The citizen's reply to a question about their appeal: each message is passed on as it comes."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.consent_needed import ask_below
from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.menu import home
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.appeal_verdict import replied_screen, reply_screen
from handlers.views.verdict_callbacks import ReplyBegun, ReplyEnded
from services.appeals.asking import reply_to_question
from services.appeals.reading import own_number
from services.appeals.wording import comment_problem
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from services.people.model import Person
from storage.database import Database

_DRAFT = "asked"


class Replying(StatesGroup):
    """What the bot waits for."""

    words = State()


async def begin(
    callback: CallbackQuery,
    press: ReplyBegun,
    state: FSMContext,
    db: Database,
    person: Person,
    organisations: Organisations,
) -> None:
    """Ask for the reply below the question, which stays as it is."""
    number = await db.read(own_number, press.appeal, person.id)
    if not person.agrees(ConsentKind.APPEALS):
        await ask_below(callback, ConsentKind.APPEALS, state, organisations)
        return
    await wait_for_reply(state, press)
    await send(callback, reply_screen(number))


async def wait_for_reply(state: FSMContext, asked: ReplyBegun) -> None:
    """Take the next messages for replies to this question."""
    await state.update_data({_DRAFT: {"appeal": asked.appeal, "question": asked.question}})
    await state.set_state(Replying.words)


async def take_words(
    message: Message,
    words: str,
    state: FSMContext,
    db: Database,
    person: Person,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Pass a message on; the conversation waits for more."""
    problem = comment_problem(words)
    if problem is not None:
        await show(message, Screen(_(problem)))
        return
    asked = (await state.get_data())[_DRAFT]
    appeal, question = asked["appeal"], asked["question"]
    message_id, now = message.message_id, clock.now()
    await db.write(reply_to_question, appeal, question, person.id, message_id, words, now)
    await show(message, replied_screen(words, organisations.current))


async def take_something_else(message: Message) -> None:
    """Say that it needs words."""
    await show(message, Screen(_("Please write it in words, as a text message.")))


async def end(callback: CallbackQuery, state: FSMContext, person: Person) -> None:
    """Go home."""
    await state.set_state(None)
    await send(callback, home(person))


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="reply")
    router.callback_query.register(begin, Pressed(ReplyBegun))
    router.callback_query.register(end, Pressed(ReplyEnded))
    return router


def words() -> Router:
    """Return the router of replies; it stands after all menus."""
    router = Router(name="reply: words")
    waiting = StateFilter(Replying.words)
    router.message.register(take_words, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
