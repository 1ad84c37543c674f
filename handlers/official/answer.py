"""Answering an appeal: words, preview, sent.

What is being written stands under `reply` in the conversation, so that a restart of the bot or a
look elsewhere loses nothing. Every button names the appeal and the version that was seen: an
answer that somebody else gave meanwhile is never overwritten.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Has, Pressed
from handlers.official.callbacks import AnswerBegun, AnswerSent
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.official import (
    answer_screen,
    answered_screen,
    case_screen,
    preview_screen,
    problem_screen,
)
from services.appeals.answering import answer_appeal
from services.appeals.model import OPEN
from services.appeals.wording import answer_problem
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.model import Person
from services.refusal import Refusal
from services.roadmap.desk import CaseFile, CaseList, first_overdue, open_case
from storage.database import Database

_DRAFT = "reply"


class Answering(StatesGroup):
    """What the bot waits for."""

    words = State()


async def begin(
    callback: CallbackQuery,
    press: AnswerBegun,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the words; an appeal that is answered already is shown with its answer."""
    case = await db.read(open_case, press.appeal, person.id, local_date(clock.now()))
    if case.card.status not in OPEN:
        await show(callback, case_screen(case, press.kind, organisations.current))
        return
    await state.update_data({_DRAFT: _draft_for(case, press.kind, await state.get_data())})
    await state.set_state(Answering.words)
    await show(callback, answer_screen(case, press.kind))


async def take_words(message: Message, state: FSMContext) -> None:
    """Keep the words and show them as the citizen will read them; newer words replace older."""
    draft = (await state.get_data())[_DRAFT]
    if draft.get("message") == message.message_id:
        return
    words = (message.text or "").strip()
    problem = answer_problem(words)
    if problem is not None:
        screen = problem_screen(draft["appeal"], CaseList(draft["kind"]), _(problem))
        await show(message, screen)
        return
    draft |= {"text": words, "message": message.message_id}
    await state.update_data({_DRAFT: draft})
    await show(message, preview_screen(_sending(draft), words))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that an answer is made of words."""
    draft = (await state.get_data())[_DRAFT]
    words = _("An answer is sent in words. Please write it as a text message.")
    await show(message, problem_screen(draft["appeal"], CaseList(draft["kind"]), words))


async def send(
    callback: CallbackQuery,
    press: AnswerSent,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Send the previewed words; a repeated tap shows that they are on their way."""
    now = clock.now()
    draft = _previewed(await state.get_data(), press.appeal)
    if draft is not None and _sending(draft) != press:
        # The button of an older preview: the newer words want a look first.
        await show(callback, preview_screen(_sending(draft), draft["text"]))
        return
    if draft is not None:
        words = draft["text"]
        try:
            await db.write(answer_appeal, press.appeal, press.version, person.id, words, now)
        except Refusal as refusal:
            await acknowledge(callback, _(refusal.message).format(**refusal.parameters))
        await state.update_data({_DRAFT: None})
        await state.set_state(None)
    case = await db.read(open_case, press.appeal, person.id, local_date(now))
    if case.answered_by == person.id:
        onward = await db.read(first_overdue, person.id, now)
        await show(callback, answered_screen(case.card.number, onward))
    else:
        await show(callback, case_screen(case, press.kind, organisations.current))


def _draft_for(case: CaseFile, kind: CaseList, data: dict[str, Any]) -> dict[str, Any]:
    """Return the draft of this appeal; words written for it before are kept."""
    draft = {"appeal": case.card.id, "version": case.card.version, "kind": kind.value}
    old = data.get(_DRAFT) or {}
    same = all(old.get(name) == draft[name] for name in ("appeal", "version"))
    return {**old, **draft} if same else draft


def _previewed(data: dict[str, Any], appeal: int) -> dict[str, Any] | None:
    """Return the draft with its words, None where nothing is ready to be sent to this appeal."""
    draft: dict[str, Any] = data.get(_DRAFT) or {}
    return draft if draft.get("appeal") == appeal and "text" in draft else None


def _sending(draft: dict[str, Any]) -> AnswerSent:
    """Return the button data that send exactly the words of this draft."""
    return AnswerSent(
        appeal=draft["appeal"],
        version=draft["version"],
        kind=CaseList(draft["kind"]),
        words=draft["message"],
    )


def router() -> Router:
    """Return the router of answers; it waits for words, so it stands behind the menu."""
    router = Router(name="official answer")
    waiting = StateFilter(Answering.words)
    router.callback_query.register(begin, Pressed(AnswerBegun))
    router.callback_query.register(send, Pressed(AnswerSent))
    router.message.register(take_words, waiting, Has("text"))
    router.message.register(take_something_else, waiting)
    return router
