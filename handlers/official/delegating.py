"""Taking a digest on, giving it to somebody by name and day, asking the operators about it.

Every step names all that was chosen so far, so that a button of an older screen, or one that is
pressed twice, does what stands on it. Words being written stand under `errand` in the
conversation.
"""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.official.digest_callbacks import (
    DelegateChosen,
    Delegated,
    Delegating,
    DueChosen,
    OperatorsAsked,
    QuestionPut,
    TakenOn,
    TakingOn,
)
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.errand_making import (
    delegates_screen,
    due_screen,
    errand_preview,
    errand_words_screen,
    problem_screen,
    question_preview,
    question_screen,
    taking_screen,
)
from handlers.views.errand_screens import errand_screen
from services.appeals.wording import comment_problem
from services.clock import Clock, local_date
from services.digests.delegates import delegates, find_delegate, terms
from services.digests.errand_lists import taken_on
from services.digests.errands import ask_operators, delegate, take_on
from services.digests.reading_proof import require_own
from services.organisation.directory import Organisation, Organisations
from services.people.deeds import Deed
from services.people.model import Person
from storage.database import Database

_DRAFT = "errand"


class ErrandWords(StatesGroup):
    """What the bot waits for."""

    errand = State()
    question = State()


async def begin_taking(
    callback: CallbackQuery,
    press: TakingOn,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask by when, below the digest; what was taken on already is shown."""
    now = clock.now()
    await db.read(require_own, Deed.GIVE_ERRAND, person.id, press.digest)
    taken = await db.read(taken_on, person.id, press.digest, now)
    if taken is None:
        await send(callback, taking_screen(press.digest, await db.read(terms, now)))
        return
    organisation = organisations.current
    await send(callback, errand_screen(taken, organisation, local_date(now), person.id))


async def take(
    callback: CallbackQuery,
    press: TakenOn,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Take the digest on."""
    now = clock.now()
    due_on = _day(press.due)
    errand = await db.write(take_on, person.id, press.digest, due_on, now)
    organisation = organisations.current
    await show(callback, errand_screen(errand, organisation, local_date(now), person.id))


async def choose_person(
    callback: CallbackQuery,
    press: Delegating,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask to whom; the first page comes below the digest, the others in place."""
    await db.read(require_own, Deed.GIVE_ERRAND, person.id, press.digest)
    found = await db.read(delegates, person.id, clock.now())
    screen = delegates_screen(press.digest, found, press.after, organisations.current)
    await (send if _under_a_digest(callback) else show)(callback, screen)


async def choose_day(
    callback: CallbackQuery,
    press: DelegateChosen,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask by when."""
    now = clock.now()
    to = await db.read(find_delegate, person.id, press.person, now)
    await state.set_state(None)
    offered = await db.read(terms, now)
    await show(callback, due_screen(press.digest, to, offered, organisations.current))


async def ask_words(
    callback: CallbackQuery,
    press: DueChosen,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for words, which may be left out."""
    to = await db.read(find_delegate, person.id, press.person, clock.now())
    draft = {"digest": press.digest, "person": press.person, "due": press.due}
    await _begin(state, ErrandWords.errand, draft)
    day = _day(press.due)
    await show(callback, errand_words_screen(press.digest, to, day, organisations.current))


async def take_words(
    message: Message,
    words: str,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Keep the words and show the errand; newer words replace older ones."""
    draft = await _kept(message, words, state)
    if draft is not None:
        await show(message, await _preview(draft, person, organisations.current, db, clock))


async def give(
    callback: CallbackQuery,
    press: Delegated,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Give the errand; a repeated tap shows it."""
    now, draft = clock.now(), await _draft(state)
    words = (press.words, draft.get("text", ""))
    if press.words and draft.get("message", press.words) != press.words:
        # The button of an older preview: the newer words want a look first.
        await show(callback, await _preview(draft, person, organisations.current, db, clock))
        return
    due_on = _day(press.due)
    errand = await db.write(delegate, person.id, press.digest, press.person, due_on, words, now)
    await _end(state)
    note = _("✅ The errand is on its way. You will be told when it is accepted and done.")
    organisation, today = organisations.current, local_date(now)
    await show(callback, errand_screen(errand, organisation, today, person.id, note))


async def begin_question(
    callback: CallbackQuery, press: OperatorsAsked, state: FSMContext, person: Person, db: Database
) -> None:
    """Ask what to ask, below the digest."""
    await db.read(require_own, Deed.GIVE_ERRAND, person.id, press.digest)
    await _begin(state, ErrandWords.question, {"digest": press.digest})
    await send(callback, question_screen())


async def take_question(message: Message, words: str, state: FSMContext) -> None:
    """Keep the question and show it; newer words replace older ones."""
    draft = await _kept(message, words, state)
    if draft is not None:
        await show(message, question_preview(draft["digest"], draft["message"], draft["text"]))


async def put_question(
    callback: CallbackQuery,
    press: QuestionPut,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Send the question to the operators; a repeated tap shows it."""
    now, draft = clock.now(), await _draft(state)
    if "digest" in draft and draft.get("message", press.words) != press.words:
        await show(callback, question_preview(draft["digest"], draft["message"], draft["text"]))
        return
    text = draft.get("text", "")
    errand = await db.write(ask_operators, person.id, press.digest, press.words, text, now)
    await _end(state)
    note = _("✅ The question is on its way. The answer will come here.")
    organisation, today = organisations.current, local_date(now)
    await show(callback, errand_screen(errand, organisation, today, person.id, note))


async def take_something_else(message: Message) -> None:
    """Say that it needs words."""
    await show(message, problem_screen(_("Please write it in words, as a text message.")))


async def _preview(
    draft: dict[str, Any], person: Person, organisation: Organisation, db: Database, clock: Clock
) -> Screen:
    to = await db.read(find_delegate, person.id, draft["person"], clock.now())
    words = (draft["message"], draft["text"])
    return errand_preview(draft["digest"], to, _day(draft["due"]), words, organisation)


def _day(ordinal: int) -> date:
    """Return the day that a button names; a forged one is none that can be chosen."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


async def _begin(state: FSMContext, waiting: State, draft: dict[str, Any]) -> None:
    """Wait for words; those written for the same before are kept."""
    old = await _draft(state)
    if any(old.get(name) != value for name, value in draft.items()):
        await state.update_data({_DRAFT: draft})
    await state.set_state(waiting)


async def _kept(message: Message, words: str, state: FSMContext) -> dict[str, Any] | None:
    draft = await _draft(state)
    if message.message_id <= draft.get("message", 0):
        return None
    problem = comment_problem(words)
    if problem is not None:
        await show(message, problem_screen(_(problem)))
        return None
    draft |= {"message": message.message_id, "text": words.strip()}
    await state.update_data({_DRAFT: draft})
    return draft


async def _draft(state: FSMContext) -> dict[str, Any]:
    draft: dict[str, Any] = (await state.get_data()).get(_DRAFT) or {}
    return draft


async def _end(state: FSMContext) -> None:
    await state.update_data({_DRAFT: None})
    await state.set_state(None)


def _under_a_digest(callback: CallbackQuery) -> bool:
    """Tell whether the message that was pressed is a digest, which stays as it is."""
    markup = callback.message.reply_markup if isinstance(callback.message, Message) else None
    asking = OperatorsAsked.__prefix__
    rows = markup.inline_keyboard if markup else []
    return any((each.callback_data or "").startswith(f"{asking}:") for row in rows for each in row)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="delegating")
    router.callback_query.register(begin_taking, Pressed(TakingOn))
    router.callback_query.register(take, Pressed(TakenOn))
    router.callback_query.register(choose_person, Pressed(Delegating))
    router.callback_query.register(choose_day, Pressed(DelegateChosen))
    router.callback_query.register(ask_words, Pressed(DueChosen))
    router.callback_query.register(give, Pressed(Delegated))
    router.callback_query.register(begin_question, Pressed(OperatorsAsked))
    router.callback_query.register(put_question, Pressed(QuestionPut))
    return router


def words() -> Router:
    """Return the router of the words; it stands after all menus."""
    router = Router(name="delegating: words")
    router.message.register(take_words, StateFilter(ErrandWords.errand), Words())
    router.message.register(take_question, StateFilter(ErrandWords.question), Words())
    router.message.register(take_something_else, StateFilter(ErrandWords), NotWords())
    return router
