"""Asking for the step at hand."""

from datetime import datetime

from aiogram.fsm.context import FSMContext

from handlers.operator.poll_composer.audience import PICKER
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import Composition, keep
from handlers.screen import Event, Screen, send, show
from handlers.views.poll_composer import check_screen, passport_screen
from handlers.views.poll_composer_files import copy_screen
from handlers.views.poll_composer_lists import list_screen, more_screen
from handlers.views.poll_composer_question import card_screen, ways_screen
from handlers.views.poll_composer_steps import step_screen
from services.clock import Clock
from services.delivery.target import EVERYBODY
from services.polls.copying import earlier_polls
from services.polls.expected import expected
from storage.database import Database

_COPIES = 8


class _At(Clock):
    """A clock at the moment of the update."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


async def ask(
    event: Event,
    composition: Composition,
    state: FSMContext,
    db: Database,
    now: datetime,
    problem: str = "",
) -> None:
    """Show what the step asks; the audience is asked for by the picker of readers."""
    if composition.step is Step.REHEARSAL:
        # It was left for something else; whoever comes back finds the check.
        composition = composition.to_poll()
        await keep(state, composition)
    if composition.step is Step.AUDIENCE:
        if problem:
            await send(event, Screen(f"⚠️ {problem}"))
        await PICKER.open(event, composition.draft.id, state=state, db=db, clock=_At(now))
        return
    await show(event, await _screen(composition, db, now, problem))


async def _screen(composition: Composition, db: Database, now: datetime, problem: str) -> Screen:
    if composition.step is Step.COPY:
        return copy_screen(composition, await db.read(earlier_polls, _COPIES))
    if composition.step is Step.CHECK:
        target = composition.draft.target or EVERYBODY
        found = await db.read(expected, target, composition.draft.sample, now)
        return check_screen(composition, found, problem)
    if composition.question is not None:
        shown = {Step.CARD: card_screen, Step.WAYS: ways_screen}.get(composition.step)
        if shown is not None:
            return shown(composition, composition.question, problem)
    whole = {Step.LIST: list_screen, Step.MORE: more_screen, Step.PASSPORT: passport_screen}
    if composition.step in whole:
        return whole[composition.step](composition, problem)
    return step_screen(composition, now, problem)
