"""Showing the step at hand, wherever the composer was left."""

from datetime import datetime

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import Composition, composition_of
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.text import _
from handlers.views.poll_composer import check_screen, step_screen
from services.delivery.mailing import count_audience
from services.delivery.target import Target
from storage.database import Database


async def show_step(
    event: Event, composition: Composition, db: Database, now: datetime, problem: str = ""
) -> None:
    """Show what the step asks, or the check; not for the step of the picker of places."""
    draft = composition.draft
    if composition.step is not Step.CHECK or draft.audience is None:
        await show(event, step_screen(composition, now, problem))
        return
    region = draft.audience.region
    target = Target(regions=(region,) if region else ())
    reachable = await db.read(count_audience, now=now, target=target)
    await show(event, check_screen(draft, reachable, problem))


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
