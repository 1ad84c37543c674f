"""Polls about elections: an administrator writes what the law asks for, one fact at a time.

What is written so far is kept under `poll_legal` in the conversation until it is agreed to.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.audience_callbacks import (
    LegalAgreed,
    LegalAsked,
    PoliticalChosen,
    PoliticalShown,
)
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import keep
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import Event, show
from handlers.text import _
from handlers.views.poll_audience import (
    administrators_only_screen,
    legal_question,
    legal_screen,
    political_screen,
)
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person, Role
from services.polls.political import LegalField, check_field, is_political, missing_fields
from services.refusal import Refusal
from storage.database import Database

_KEY = "poll_legal"


class PollLegal(StatesGroup):
    """An administrator writes a fact that the law asks for."""

    field = State()


async def show_political(
    callback: CallbackQuery, press: PoliticalShown, state: FSMContext, person: Person
) -> None:
    """Show what polls about elections there are, or who opens them."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    await keep(state, composition.at(Step.TOPIC))
    if person.is_a(Role.ADMINISTRATOR):
        await show(callback, political_screen(composition.draft))
    else:
        await show(callback, administrators_only_screen(composition.draft))


async def choose(callback: CallbackQuery, press: PoliticalChosen, state: FSMContext) -> None:
    """Begin to ask for what the law wants told; what was written before stays."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None or not is_political(press.topic):
        return
    kept = await _kept(state, press.draft)
    legal = kept.get("legal") or dict(composition.draft.legal or {})
    kept = {"heard": 0} | kept | {"draft": press.draft, "topic": press.topic.value, "legal": legal}
    await _go_on(callback, state, kept)


async def ask_field(callback: CallbackQuery, press: LegalAsked, state: FSMContext) -> None:
    """Ask for one of the facts anew."""
    kept = await _kept(state, press.draft)
    if kept and await draft_of(callback, press.draft, state) is not None:
        await _ask(callback, state, kept, press.field)


async def take(message: Message, words: str, state: FSMContext) -> None:
    """Keep a fact and go on; a repeated message only shows the screen again."""
    kept = (await state.get_data()).get(_KEY) or {}
    if not kept.get("asked"):
        await state.set_state(None)
        return
    field = LegalField(kept["asked"])
    if message.message_id > kept["heard"]:
        try:
            fact = check_field(field, words)
        except Refusal as refusal:
            problem = _(refusal.message).format(**refusal.parameters)
            await show(message, legal_question(kept["draft"], field, problem))
            return
        legal = kept["legal"] | {field.value: fact}
        kept = kept | {"legal": legal, "heard": message.message_id}
    await _go_on(message, state, kept)


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that words are asked for."""
    kept = (await state.get_data()).get(_KEY) or {}
    if kept.get("asked"):
        problem = _("Please send this as a text message.")
        await show(message, legal_question(kept["draft"], LegalField(kept["asked"]), problem))


async def agree(
    callback: CallbackQuery, press: LegalAgreed, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Make the draft a political one with these facts, and go on composing."""
    composition = await draft_of(callback, press.draft, state)
    kept = await _kept(state, press.draft)
    if composition is None or not kept or missing_fields(kept["legal"]):
        return
    legal = {field.value: kept["legal"][field.value] for field in LegalField}
    composition = composition.changed(topic_class=kept["topic"], legal=legal).to_poll()
    await keep(state, composition)
    await ask(callback, composition, state, db, clock.now())


async def _go_on(event: Event, state: FSMContext, kept: dict[str, Any]) -> None:
    """Ask for the next fact that is missing, or show all of them."""
    missing = missing_fields(kept["legal"])
    if missing:
        await _ask(event, state, kept, missing[0])
        return
    await state.update_data({_KEY: kept})
    await show(event, legal_screen(kept["draft"], kept["topic"], kept["legal"]))


async def _ask(event: Event, state: FSMContext, kept: dict[str, Any], field: LegalField) -> None:
    await state.update_data({_KEY: kept | {"asked": field.value}})
    await state.set_state(PollLegal.field)
    await show(event, legal_question(kept["draft"], field))


async def _kept(state: FSMContext, draft: str) -> dict[str, Any]:
    kept: dict[str, Any] = (await state.get_data()).get(_KEY) or {}
    return kept if kept.get("draft") == draft else {}


def router() -> Router:
    """Return the router of political polls; only an administrator goes beyond the first screen."""
    router = Router(name="poll political")
    administrator = Works(Deed.LAUNCH_POLITICAL)
    anybody = Works(Deed.LAUNCH_POLL)
    router.callback_query.register(show_political, Pressed(PoliticalShown), anybody)
    router.callback_query.register(choose, Pressed(PoliticalChosen), administrator)
    router.callback_query.register(ask_field, Pressed(LegalAsked), administrator)
    router.callback_query.register(agree, Pressed(LegalAgreed), administrator)
    return router


def words() -> Router:
    """Return the router of the facts; it stands after all menus."""
    router = Router(name="poll political: words")
    router.message.filter(StateFilter(PollLegal.field), Works(Deed.LAUNCH_POLITICAL))
    router.message.register(take, Words())
    router.message.register(take_something_else, NotWords())
    return router
