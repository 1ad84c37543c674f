"""Asking for the step at hand."""

from datetime import datetime

from aiogram.fsm.context import FSMContext

from handlers.operator.poll_composer.audience import PICKER
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.showing import show_step
from handlers.screen import Event
from storage.database import Database


async def ask(
    event: Event,
    composition: Composition,
    state: FSMContext,
    db: Database,
    now: datetime,
    problem: str = "",
) -> None:
    """Show what the step asks; the audience is asked for by the picker of places."""
    if composition.step is Step.AUDIENCE:
        note = f"⚠️ {problem}" if problem else ""
        await PICKER.open(event, state, composition.draft.id, note)
    else:
        await show_step(event, composition, db, now, problem)
