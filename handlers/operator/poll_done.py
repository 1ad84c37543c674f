"""Staff tell people what was done about a poll's result, and put the poll away."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.screen import acknowledge, show
from handlers.text import N_, _
from handlers.views.poll_done import (
    DoneBegun,
    DoneSent,
    FollowedOpened,
    PollArchived,
    ask_screen,
    check_done_screen,
    followed_screen,
)
from services.clock import Clock
from services.delivery.mailing import count_audience
from services.people.deeds import Deed
from services.people.model import Person
from services.polls.done import Followed, archive, check_done, followed, tell_done
from services.refusal import Refusal
from storage.database import Database

_DRAFT = "poll_done"


class Telling(StatesGroup):
    """What the bot waits for."""

    kk = State()
    ru = State()


_STATES = {"kk": Telling.kk, "ru": Telling.ru}


async def open_followed(
    callback: CallbackQuery, press: FollowedOpened, state: FSMContext, db: Database
) -> None:
    """Show what became of a poll."""
    await state.set_state(None)
    await show(callback, followed_screen(await _found(db, press.poll)))


async def begin(
    callback: CallbackQuery, press: DoneBegun, state: FSMContext, db: Database
) -> None:
    """Ask for the words in one language."""
    found = await _found(db, press.poll)
    if found.told_at is not None or press.language not in _STATES:
        await show(callback, followed_screen(found))
        return
    draft = await _draft(state)
    if draft.get("poll") != press.poll:
        draft = {"poll": press.poll}
        await state.update_data({_DRAFT: draft})
    await state.set_state(_STATES[press.language])
    await show(callback, ask_screen(found, press.language, draft.get(press.language, "")))


async def take_words(
    message: Message, words: str, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Keep the words and go on to what is missing, then to the check."""
    draft = await _draft(state)
    if message.message_id <= draft.get("message", 0):
        return
    language = "kk" if await state.get_state() == Telling.kk.state else "ru"
    draft |= {language: check_done(words), "message": message.message_id}
    await state.update_data({_DRAFT: draft})
    found = await _found(db, draft["poll"])
    other = "ru" if language == "kk" else "kk"
    if other not in draft:
        await state.set_state(_STATES[other])
        await show(message, ask_screen(found, other))
        return
    people = await db.read(_audience, found, clock)
    texts = (draft["kk"], draft["ru"])
    await show(message, check_done_screen(found, texts, draft["message"], people))


async def send_done(
    callback: CallbackQuery,
    press: DoneSent,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
) -> None:
    """Tell what was shown; a repeated tap changes nothing."""
    draft = await _draft(state)
    note = _("✅ It goes to everybody whom the poll was for.")
    if (draft.get("poll"), draft.get("message")) != (press.poll, press.words):
        found = await _found(db, press.poll)
        if found.told_at is not None:
            await show(callback, followed_screen(found, note))
            return
        old = _("This button belongs to an earlier text. Please open the poll again.")
        await acknowledge(callback, old)
        return
    texts = (draft["kk"], draft["ru"])
    await db.write(tell_done, press.poll, person.id, texts, clock.now())
    await state.update_data({_DRAFT: None})
    await state.set_state(None)
    await show(callback, followed_screen(await _found(db, press.poll), note))


async def put_away(
    callback: CallbackQuery, press: PollArchived, db: Database, clock: Clock, person: Person
) -> None:
    """Put the poll into the archive; its result stays in the list."""
    await db.write(archive, press.poll, person.id, clock.now())
    await show(callback, followed_screen(await _found(db, press.poll)))


async def ask_for_words(message: Message) -> None:
    """Say that only words can be taken."""
    await message.answer(_("Please send this as a text message."))


def _audience(connection: Any, found: Followed, clock: Clock) -> int:
    return count_audience(connection, now=clock.now(), target=found.target)


async def _draft(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_DRAFT) or {}


async def _found(db: Database, poll: int) -> Followed:
    found = await db.read(followed, poll)
    if found is None:
        raise Refusal(N_("This poll has no result yet."))
    return found


def router() -> Router:
    """Return the router of what was done."""
    router = Router(name="what was done after polls")
    staff = Works(Deed.TELL_DONE)
    router.callback_query.register(open_followed, Pressed(FollowedOpened), staff)
    router.callback_query.register(begin, Pressed(DoneBegun), staff)
    router.callback_query.register(send_done, Pressed(DoneSent), staff)
    router.callback_query.register(put_away, Pressed(PollArchived), staff)
    return router


def words() -> Router:
    """Return the router that waits for the words."""
    router = Router(name="words about what was done")
    waiting = StateFilter(Telling.kk, Telling.ru)
    router.message.register(take_words, waiting, Words())
    router.message.register(ask_for_words, waiting, NotWords())
    return router
