"""Composing a poll: what the operator writes and presses, step by step."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import Words
from handlers.filters import Pressed, Works
from handlers.operator.desk import show_desk
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.audience import PICKER
from handlers.operator.poll_composer.callbacks import (
    ClosingChosen,
    ComposePoll,
    DifficultSet,
    DraftDropped,
    EverybodyChosen,
    PartOpened,
    Step,
    StepBack,
)
from handlers.operator.poll_composer.composition import (
    Composition,
    PollComposing,
    begin,
    composition_of,
    drop,
    keep,
    next_step,
)
from handlers.operator.poll_composer.one_choice import Audience, OneChoice
from handlers.operator.poll_composer.showing import draft_of, gone
from handlers.text import N_, _
from services.clock import Clock
from services.people.model import Role
from services.polls.composing import (
    check_closing,
    check_options,
    check_question,
    check_translation,
    closing_after,
    parse_closing,
)
from services.refusal import Refusal
from storage.database import Database


async def compose(callback: CallbackQuery, state: FSMContext, db: Database, clock: Clock) -> None:
    """Go on with the draft that was begun, or begin one."""
    composition = await composition_of(state)
    if composition is None:
        if callback.message is None:
            return
        composition = await begin(state, callback.message.message_id, callback.from_user.id)
    await keep(state, composition)
    await ask(callback, composition, state, db, clock.now())


async def open_part(
    callback: CallbackQuery, press: PartOpened, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Go to a step to say it anew."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await _go(callback, composition.at(press.step), state, db, clock.now())


async def step_back(
    callback: CallbackQuery, press: StepBack, state: FSMContext, db: Database, clock: Clock,
    **resources: Any,
) -> None:  # fmt: skip
    """Go one step back; from the first to the desk."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    step = composition.before(press.step)
    if step is None:
        await show_desk(callback, state=state, **resources)
        return
    await _go(callback, composition.at(step), state, db, clock.now())


async def take_words(
    message: Message, words: str, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Take a text for the step at hand; a repeated message only shows the screen again."""
    composition = await composition_of(state)
    if composition is None:
        await gone(message, state)
        return
    now = clock.now()
    problem = ""
    if message.message_id not in composition.taken:
        try:
            values = _said(composition, words, now)
        except Refusal as refusal:
            problem = _(refusal.message).format(**refusal.parameters)
        else:
            composition = composition.changed(message.message_id, **values)
            await keep(state, composition)
    await ask(message, composition, state, db, now, problem)


async def take_something_else(
    message: Message, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Say what is needed: a photo, a sticker or a voice message is not a question."""
    composition = await composition_of(state)
    if composition is None:
        await gone(message, state)
        return
    chosen = composition.step in {Step.AUDIENCE, Step.CHECK}
    problem = _("Please send this as a text message.")
    if chosen:
        problem = _("Please choose with the buttons below.")
    await ask(message, composition, state, db, clock.now(), problem)


async def choose_everybody(
    callback: CallbackQuery, press: EverybodyChosen, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Ask everybody."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await _set(callback, composition, state, db, clock.now(), audience=Audience())


async def choose_closing(
    callback: CallbackQuery, press: ClosingChosen, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Close after so many days."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    moment = closing_after(press.days, clock.now())
    check_closing(moment, clock.now())
    await _set(callback, composition, state, db, clock.now(), closes_at=moment)


async def set_difficult(
    callback: CallbackQuery, press: DifficultSet, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Offer «difficult to answer» as the last option, or do not."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await _set(callback, composition, state, db, clock.now(), difficult=press.offered)


async def drop_draft(
    callback: CallbackQuery, press: DraftDropped, state: FSMContext, **resources: Any
) -> None:
    """Throw the draft away and go back to the desk."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await drop(state, press.draft)
        await show_desk(callback, state=state, **resources)


def _said(composition: Composition, words: str, now: datetime) -> dict[str, Any]:
    """Return what the words mean at this step; raises Refusal."""
    draft: OneChoice = composition.draft
    match composition.step:
        case Step.QUESTION_KK:
            return {"question_kk": check_question(words)}
        case Step.QUESTION_RU:
            return {"question_ru": check_question(words)}
        case Step.OPTIONS_KK:
            return {"options_kk": check_options(words)}
        case Step.OPTIONS_RU:
            options = check_options(words)
            check_translation(draft.options_kk, options)
            return {"options_ru": options}
        case Step.CLOSING:
            return {"closes_at": parse_closing(words, now)}
        case _:
            raise Refusal(N_("Please choose with the buttons below."))


async def _set(
    callback: CallbackQuery,
    composition: Composition,
    state: FSMContext,
    db: Database,
    now: datetime,
    **values: Any,
) -> None:
    """Set absolute values: a second tap of the same button changes nothing."""
    draft = composition.draft
    if all(getattr(draft, name) == value for name, value in values.items()):
        changed = composition.at(next_step(draft))
    else:
        changed = composition.changed(**values)
    await _go(callback, changed, state, db, now)


async def _go(
    callback: CallbackQuery,
    composition: Composition,
    state: FSMContext,
    db: Database,
    now: datetime,
) -> None:
    await keep(state, composition)
    await ask(callback, composition, state, db, now)


def router() -> Router:
    """Return the router of the composer's buttons."""
    router = Router(name="poll composer")
    router.callback_query.filter(Works(Role.OPERATOR, Role.ADMINISTRATOR))
    router.callback_query.register(compose, Pressed(ComposePoll))
    router.callback_query.register(open_part, Pressed(PartOpened))
    router.callback_query.register(step_back, Pressed(StepBack))
    router.callback_query.register(choose_everybody, Pressed(EverybodyChosen))
    router.callback_query.register(choose_closing, Pressed(ClosingChosen))
    router.callback_query.register(set_difficult, Pressed(DifficultSet))
    router.callback_query.register(drop_draft, Pressed(DraftDropped))
    router.include_router(PICKER.router())
    return router


def words() -> Router:
    """Return the router of what the operator sends; it stands after all menus."""
    router = Router(name="poll composer words")
    said = Router(name="poll composer text")
    said.message.register(take_words, StateFilter(PollComposing.talking), Words())
    rest = Router(name="poll composer rest")
    rest.message.register(take_something_else, StateFilter(PollComposing))
    router.include_routers(said, PICKER.words(), rest)
    return router
