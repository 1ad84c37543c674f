"""Asking the citizen a question, and keeping a note, by whoever handles the appeal."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.official.asking_callbacks import AskBegun, NoteBegun, QuestionSent
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.asking_screens import (
    asked_screen,
    note_screen,
    noted_screen,
    question_preview,
    question_screen,
    words_problem,
)
from services.appeals.answering import answer_sheet
from services.appeals.asking import ask_citizen, note_appeal, number_to_note
from services.appeals.queue import keep_lent
from services.appeals.wording import comment_problem
from services.clock import Clock
from services.people.model import Person
from storage.database import Database

_QUESTION, _NOTE = "ask", "note"


class Asking(StatesGroup):
    """What the bot waits for."""

    question = State()
    note = State()


async def begin_question(
    callback: CallbackQuery,
    press: AskBegun,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the words of the question."""
    sheet = await db.read(answer_sheet, press.appeal, person.id, clock.now())
    await db.write(keep_lent, sheet.id, person.id, clock.now())
    old: dict[str, Any] = (await state.get_data()).get(_QUESTION) or {}
    draft = {"appeal": sheet.id, "version": press.version}
    if any(old.get(name) != value for name, value in draft.items()):
        await state.update_data({_QUESTION: draft})
    await state.set_state(Asking.question)
    await show(callback, question_screen(sheet))


async def take_question(message: Message, words: str, state: FSMContext) -> None:
    """Keep the question and show it; newer words replace older ones."""
    draft = (await state.get_data())[_QUESTION]
    if message.message_id <= draft.get("message", 0):
        return
    problem = comment_problem(words)
    if problem is not None:
        await show(message, words_problem(draft["appeal"], _(problem)))
        return
    draft |= {"text": words.strip(), "message": message.message_id}
    await state.update_data({_QUESTION: draft})
    await show(message, _preview(draft))


async def send_question(
    callback: CallbackQuery,
    press: QuestionSent,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Send the question that was shown; a repeated tap changes nothing."""
    draft = (await state.get_data()).get(_QUESTION) or {}
    if draft.get("appeal") != press.appeal or "text" not in draft:
        old = _("This button belongs to an earlier answer. Please open the appeal again.")
        await acknowledge(callback, old)
        return
    if (draft["version"], draft["message"]) != (press.version, press.words):
        await show(callback, _preview(draft))
        return
    appeal, version, now = press.appeal, press.version, clock.now()
    await db.write(ask_citizen, appeal, version, person.id, draft["text"], now)
    await state.update_data({_QUESTION: None})
    await state.set_state(None)
    await show(callback, asked_screen(appeal))


async def begin_note(
    callback: CallbackQuery,
    press: NoteBegun,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the words of the note."""
    number = await db.read(number_to_note, press.appeal, person.id, clock.now())
    await state.update_data({_NOTE: {"appeal": press.appeal}})
    await state.set_state(Asking.note)
    await show(callback, note_screen(number, press.appeal))


async def take_note(
    message: Message, words: str, state: FSMContext, person: Person, db: Database, clock: Clock
) -> None:
    """Keep the note at once."""
    appeal = (await state.get_data())[_NOTE]["appeal"]
    problem = comment_problem(words)
    if problem is not None:
        await show(message, words_problem(appeal, _(problem)))
        return
    await db.write(note_appeal, appeal, person.id, message.message_id, words, clock.now())
    await show(message, noted_screen(appeal))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that it needs words."""
    kept = _QUESTION if await state.get_state() == Asking.question.state else _NOTE
    appeal = (await state.get_data())[kept]["appeal"]
    await show(message, words_problem(appeal, _("Please write it in words, as a text message.")))


def _preview(draft: dict[str, Any]) -> Any:
    return question_preview(draft["appeal"], draft["version"], draft["message"], draft["text"])


def router() -> Router:
    """Return the router of questions and notes; it waits for words, so it stands behind menus."""
    router = Router(name="official asking")
    router.callback_query.register(begin_question, Pressed(AskBegun))
    router.callback_query.register(send_question, Pressed(QuestionSent))
    router.callback_query.register(begin_note, Pressed(NoteBegun))
    router.message.register(take_question, StateFilter(Asking.question), Words())
    router.message.register(take_note, StateFilter(Asking.note), Words())
    router.message.register(take_something_else, StateFilter(Asking), NotWords())
    return router
