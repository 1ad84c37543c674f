"""Whom to ask: the picker of readers as the composer of polls uses it."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.operator.audience.picker import TargetPicker
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import composition_of, keep
from handlers.operator.poll_composer.showing import draft_of
from handlers.operator.poll_composer.ways_out import way_out
from handlers.screen import Event
from services.clock import Clock
from services.delivery.target import EVERYBODY, Target
from storage.database import Database


async def _kept(
    event: Event, *, key: str, state: FSMContext, **_more: Any
) -> tuple[Target, str | None] | None:
    if isinstance(event, CallbackQuery):
        composition = await draft_of(event, key, state)
    else:
        composition = await composition_of(state)
    return None if composition is None else (composition.draft.target or EVERYBODY, None)


async def _keep(
    _callback: CallbackQuery, target: Target, *, state: FSMContext, **_more: Any
) -> None:
    composition = await composition_of(state)
    if composition is not None:
        await keep(state, composition.changed(target=target).at(Step.AUDIENCE))


async def _go_on(
    callback: CallbackQuery, *, state: FSMContext, db: Database, clock: Clock, **_more: Any
) -> None:
    # The step after this one may be any other, whose module shows all steps.
    from handlers.operator.poll_composer.asking import ask  # noqa: PLC0415

    composition = await composition_of(state)
    if composition is not None:
        target = composition.draft.target or EVERYBODY
        composition = composition.changed(target=target).to_poll()
        await keep(state, composition)
        await ask(callback, composition, state, db, clock.now())


async def _last(*, state: FSMContext, **_more: Any) -> list[InlineKeyboardButton]:
    composition = await composition_of(state)
    return [] if composition is None else way_out(composition.at(Step.AUDIENCE))


PICKER = TargetPicker(host="q", kept=_kept, keep=_keep, done=_go_on, last=_last)


async def take_place(
    message: Message, words: str, draft: str, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Take words at this step for the name of a place."""
    await PICKER.typed(message, words, draft, state=state, db=db, clock=clock)
