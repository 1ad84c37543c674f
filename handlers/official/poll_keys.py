"""Setting and giving a passphrase of a poll with two keys.

The message with the words is deleted before anything else is done with it; the conversation keeps
only which poll it is about.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords
from handlers.confidential import delete_secret
from handlers.filters import Has, Pressed
from handlers.screen import Screen, show
from handlers.text import _
from handlers.views.poll_key_callbacks import PassphraseGiven, PassphraseSet
from handlers.views.poll_keys import (
    different_screen,
    given_screen,
    giving_screen,
    not_deleted,
    once_screen,
    problem_screen,
    set_screen,
    setting_screen,
)
from services.clock import Clock
from services.delivery.policy import Policy
from services.people.model import Person
from services.polls.keys import PollKeys
from services.polls.locked_launch import launch_ready
from services.polls.opening import both_given, check_patience, give, turn_of
from services.polls.two_keys import Said, find_locked, own_place, say
from services.refusal import Refusal
from storage.database import Database

_KEY = "poll_key"


class PassphraseWords(StatesGroup):
    """What the bot waits for. No message in these states is ever written down."""

    setting = State()
    giving = State()


async def begin_setting(
    callback: CallbackQuery, press: PassphraseSet, state: FSMContext, person: Person, db: Database
) -> None:
    """Ask for a passphrase that does not exist yet."""
    row = await db.read(own_place, press.draft, person.id)
    locked = await db.read(find_locked, press.draft)
    if locked is None or row["confirmed"]:
        closes_at = locked.draft.closes_at if locked else None
        await show(callback, set_screen(closes_at, open_now=locked is None))
        return
    await _wait_for(state, PassphraseWords.setting, press.draft)
    await show(callback, setting_screen(locked.draft.title, again=row["lock"] is not None))


async def take_setting(
    message: Message,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
    keys: PollKeys,
    policy: Policy,
) -> None:
    """Take the passphrase for the first or the second time."""
    await delete_secret(message, not_deleted())
    draft_id = await _draft(state)
    locked = await db.read(find_locked, draft_id)
    try:
        words, now = message.text or "", clock.now()
        said = await say(db, draft_id, person.id, message.message_id, words, now)
    except Refusal as refusal:
        await show(message, _problem(refusal))
        return
    if said is not Said.TWICE:
        await show(message, once_screen() if said is Said.ONCE else different_screen())
        return
    await launch_ready(db, keys, policy, clock.now())
    await state.set_state(None)
    open_now = await db.read(find_locked, draft_id) is None
    closes_at = locked.draft.closes_at if locked else None
    await show(message, set_screen(closes_at, open_now=open_now))


async def begin_giving(
    callback: CallbackQuery,
    press: PassphraseGiven,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the passphrase that opens the answers."""
    turn = await db.read(turn_of, press.draft, person.id)
    if turn.given:
        await show(callback, given_screen(both=await db.read(both_given, press.draft)))
        return
    check_patience(turn, clock.now())
    await _wait_for(state, PassphraseWords.giving, press.draft)
    poll = turn.launched.poll
    await show(callback, giving_screen((poll.title_kk, poll.title_ru)))


async def take_giving(
    message: Message,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
    keys: PollKeys,
) -> None:
    """Open one half of the key."""
    await delete_secret(message, not_deleted())
    draft_id = await _draft(state)
    now, words = clock.now(), message.text or ""
    try:
        await give(db, keys, draft_id, person.id, message.message_id, words, now)
    except Refusal as refusal:
        await show(message, _problem(refusal))
        return
    await state.set_state(None)
    await show(message, given_screen(both=await db.read(both_given, draft_id)))


async def take_something_else(message: Message) -> None:
    """Say that it needs words."""
    await show(message, problem_screen(_("Please send the passphrase as a text message.")))


async def _wait_for(state: FSMContext, waiting: State, draft_id: str) -> None:
    await state.update_data({_KEY: {"draft": draft_id}})
    await state.set_state(waiting)


async def _draft(state: FSMContext) -> str:
    draft_id: str = (await state.get_data())[_KEY]["draft"]
    return draft_id


def _problem(refusal: Refusal) -> Screen:
    return problem_screen(_(refusal.message).format(**refusal.parameters))


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="poll keys")
    router.callback_query.register(begin_setting, Pressed(PassphraseSet))
    router.callback_query.register(begin_giving, Pressed(PassphraseGiven))
    return router


def words() -> Router:
    """Return the router of the words; no command or button of the menu may come first."""
    router = Router(name="poll key words")
    router.message.register(take_setting, StateFilter(PassphraseWords.setting), Has("text"))
    router.message.register(take_giving, StateFilter(PassphraseWords.giving), Has("text"))
    router.message.register(take_something_else, StateFilter(PassphraseWords), NotWords())
    return router
