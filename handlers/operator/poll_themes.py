"""A moderator reads answers in words one at a time and gives each a theme.

A theme under way is kept under `theme` in the conversation: for which answer, its Kazakh words,
and the last message heard.
"""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.screen import Event, show, turn
from handlers.text import _
from handlers.views.poll_report_callbacks import (
    AnswerSkipped,
    TextsListed,
    TextsOpened,
    ThemeBegun,
    ThemeGiven,
    ThemeTakenBack,
)
from handlers.views.poll_themes import naming_screen, reading_screen, texts_screen
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from services.polls.themes import (
    add_theme,
    check_words,
    give_theme,
    questions_to_read,
    skip_answer,
    take_again,
    take_next,
)
from services.refusal import Refusal
from storage.database import Database

_KEY = "theme"


class Naming(StatesGroup):
    """A moderator names a theme."""

    words = State()


async def list_texts(
    callback: CallbackQuery, state: FSMContext, person: Person, db: Database
) -> None:
    """Show the questions with answers in words."""
    await state.set_state(None)
    await _forget(state)
    await turn(callback, texts_screen(await db.read(questions_to_read, person.id)))


async def open_texts(
    callback: CallbackQuery,
    press: TextsOpened,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show the next answer that nobody else reads."""
    await _forget(state)
    reading = await db.write(
        take_next, person.id, press.poll, press.question, press.after, clock.now()
    )
    await turn(callback, reading_screen(reading))


async def give(
    callback: CallbackQuery,
    press: ThemeGiven,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Count the answer under its theme and show the next."""
    await _forget(state)
    answer = (press.poll, press.question, press.number)
    await db.write(give_theme, person.id, answer, press.code, clock.now())
    await _show_next(callback, answer, person, db, clock, counted=True)


async def skip(
    callback: CallbackQuery,
    press: AnswerSkipped,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Leave the answer to others and show the next."""
    await _forget(state)
    answer = (press.poll, press.question, press.number)
    await db.write(skip_answer, person.id, answer)
    await _show_next(callback, answer, person, db, clock, counted=False)


async def take_back(
    callback: CallbackQuery,
    press: ThemeTakenBack,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show the answer that was counted last once more, without its theme."""
    await _forget(state)
    answer = (press.poll, press.question, press.number)
    reading = await db.write(take_again, person.id, answer, clock.now())
    await turn(callback, reading_screen(reading))


async def begin(
    callback: CallbackQuery,
    press: ThemeBegun,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the words of a new theme in Kazakh, under the answer."""
    answer = (press.poll, press.question, press.number)
    reading = await db.write(
        take_next, person.id, press.poll, press.question, press.number - 1, clock.now()
    )
    if reading.number != press.number:
        await turn(callback, reading_screen(reading))
        return
    before = await _kept(state)
    kept = {"answer": [*answer], "kk": "", "heard": before.get("heard", 0)}
    await state.update_data({_KEY: kept})
    await state.set_state(Naming.words)
    await turn(callback, naming_screen(answer, about=reading.text))


async def take_words(
    message: Message,
    words: str,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Take the words in Kazakh, then in Russian; with both the answer has its theme."""
    kept = await _kept(state)
    if kept and message.message_id <= kept["heard"]:
        return
    if not kept or kept["answer"] is None:
        await state.set_state(None)
        raise SkipHandler
    kept = kept | {"heard": message.message_id}
    poll, question, number = kept["answer"]
    answer = (poll, question, number)
    try:
        check_words(words)
        if not kept["kk"]:
            await state.update_data({_KEY: kept | {"kk": words}})
            await show(message, naming_screen(answer, words))
            return
        said, now = (kept["kk"], words), clock.now()
        theme = await db.write(add_theme, person.id, poll, question, said, now)
    except Refusal as refusal:
        await state.update_data({_KEY: kept})
        problem = _(refusal.message).format(**refusal.parameters)
        await show(message, naming_screen(answer, kept["kk"], problem))
        return
    # The state stays: a repetition of the message is known by its number and changes nothing.
    await state.update_data({_KEY: kept | {"answer": None, "kk": ""}})
    await db.write(give_theme, person.id, answer, str(theme.number), clock.now())
    await _show_next(message, answer, person, db, clock, counted=True)


async def not_words(message: Message, state: FSMContext) -> None:
    """Say that words are asked for."""
    kept = await _kept(state)
    if kept and kept["answer"] is not None:
        poll, question, number = kept["answer"]
        problem = _("Please send it as text.")
        await show(message, naming_screen((poll, question, number), kept["kk"], problem))


async def _show_next(
    event: Event,
    answer: tuple[int, int, int],
    person: Person,
    db: Database,
    clock: Clock,
    *,
    counted: bool,
) -> None:
    poll, question, number = answer
    reading = await db.write(take_next, person.id, poll, question, number, clock.now())
    screen = reading_screen(reading, number if counted else None)
    if isinstance(event, Message):
        await show(event, screen)
    else:
        await turn(event, screen)


async def _forget(state: FSMContext) -> None:
    """Leave the naming of a theme, where one was begun."""
    data = await state.get_data()
    if data.pop(_KEY, None) is not None:
        await state.set_data(data)
        await state.set_state(None)


async def _kept(state: FSMContext) -> dict[str, Any]:
    kept: dict[str, Any] = (await state.get_data()).get(_KEY, {})
    return kept


def router() -> Router:
    """Return the router of buttons."""
    router = Router(name="poll themes")
    staff = Works(Deed.READ_ANSWERS)
    router.callback_query.register(list_texts, Pressed(TextsListed), staff)
    router.callback_query.register(open_texts, Pressed(TextsOpened), staff)
    router.callback_query.register(give, Pressed(ThemeGiven), staff)
    router.callback_query.register(skip, Pressed(AnswerSkipped), staff)
    router.callback_query.register(take_back, Pressed(ThemeTakenBack), staff)
    router.callback_query.register(begin, Pressed(ThemeBegun), staff)
    return router


def words() -> Router:
    """Return the router of what is typed."""
    router = Router(name="poll themes in words")
    router.message.register(take_words, StateFilter(Naming.words), Words())
    router.message.register(not_words, StateFilter(Naming.words), NotWords())
    return router
