"""Whom to ask: everybody, or the people of a region out of the picker of places."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton

from handlers.buttons import button
from handlers.citizen.places import Picker
from handlers.operator.poll_composer.callbacks import EverybodyChosen, Step
from handlers.operator.poll_composer.composition import (
    PollComposing,
    composition_of,
    keep,
    next_step,
)
from handlers.operator.poll_composer.one_choice import Audience
from handlers.operator.poll_composer.showing import draft_of, show_step
from handlers.text import N_, _
from handlers.views.poll_composer import way_out
from services.clock import Clock
from services.places.model import Place
from storage.database import Database


async def choose_region(
    callback: CallbackQuery,
    place: Place,
    *,
    key: str,
    state: FSMContext,
    db: Database,
    clock: Clock,
    **_more: Any,
) -> None:
    """Ask the people of one region."""
    composition = await draft_of(callback, key, state)
    if composition is None:
        return
    audience = Audience(place.region.kato)
    if composition.draft.audience == audience:
        composition = composition.at(next_step(composition.draft))
    else:
        composition = composition.changed(audience=audience)
    await keep(state, composition)
    await show_step(callback, composition, db, clock.now())


async def _key(state: FSMContext) -> str:
    composition = await composition_of(state)
    return composition.draft.id if composition else ""


def _everybody(key: str) -> list[list[InlineKeyboardButton]]:
    return [[button(_("👥 Everybody"), EverybodyChosen(draft=key))]]


PICKER = Picker(
    host="poll",
    state=PollComposing.region,
    question=N_("Whom to ask? Everybody, or the people of one region:"),
    key=_key,
    chosen=choose_region,
    last=lambda key: way_out(key, Step.AUDIENCE),
    extra=_everybody,
    districts=False,
    by_location=False,
)
