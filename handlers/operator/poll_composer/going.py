"""Going on to a step: the draft is kept, then its screen is shown."""

from datetime import datetime

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.composition import Composition, keep
from storage.database import Database


async def go(
    callback: CallbackQuery,
    composition: Composition,
    state: FSMContext,
    db: Database,
    now: datetime,
) -> None:
    """Keep the composition and show its step in place of the pressed screen."""
    await keep(state, composition)
    await ask(callback, composition, state, db, now)
