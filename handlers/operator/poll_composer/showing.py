"""Finding the draft that a button belongs to, wherever the composer was left."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.poll_composer.composition import Composition, composition_of
from handlers.screen import Event, Screen, acknowledge, send
from handlers.text import _


async def draft_of(callback: CallbackQuery, draft: str, state: FSMContext) -> Composition | None:
    """Return the composition of this draft; say so where it was launched or thrown away."""
    composition = await composition_of(state)
    if composition is not None and composition.draft.id == draft:
        return composition
    await acknowledge(callback, _("This draft is no longer here: it was launched or deleted."))
    return None


async def gone(event: Event, state: FSMContext) -> None:
    """Leave a composition whose draft is gone."""
    await state.set_state(None)
    desk = keyboard([button(_("🗂 Operator’s desk"), DeskShown())])
    await send(event, Screen(_("This draft is no longer here: it was launched or deleted."), desk))
