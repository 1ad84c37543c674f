"""Whom a poll invites beyond its audience: a random sample, and quotas."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.poll_composer.audience_callbacks import (
    QuotaOpened,
    QuotaSet,
    QuotasShown,
    SampleSet,
    SampleShown,
)
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import Composition, keep
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import show
from handlers.views.poll_audience import (
    quota_groups_screen,
    quota_screen,
    quotas_screen,
    sample_screen,
)
from services.clock import Clock
from services.delivery.target import EVERYBODY
from services.people.deeds import Deed
from services.polls.expected import expected
from services.polls.quotas import PARTS, check_quota, levels
from services.polls.sampling import check_size
from storage.database import Database


async def show_sample(
    callback: CallbackQuery, press: SampleShown, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Ask whether everybody is invited or a sample."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await _show_sample(callback, composition, state, db, clock)


async def set_sample(
    callback: CallbackQuery, press: SampleSet, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Invite everybody, or a sample of this size."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        size = check_size(press.size) if press.size else None
        await _show_sample(callback, composition.changed(sample=size), state, db, clock)


async def show_quotas(callback: CallbackQuery, press: QuotasShown, state: FSMContext) -> None:
    """Show the quotas, or the groups of a part."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    await keep(state, composition.at(Step.MORE))
    if press.part in PARTS:
        await show(callback, quota_groups_screen(composition.draft, press.part))
    else:
        await show(callback, quotas_screen(composition.draft))


async def open_quota(callback: CallbackQuery, press: QuotaOpened, state: FSMContext) -> None:
    """Ask how many answers of a group suffice; a forged group opens nothing."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None and f"{press.part}:{press.group}" in levels(press.part):
        await show(callback, quota_screen(composition.draft, press.part, press.group))


async def set_quota(callback: CallbackQuery, press: QuotaSet, state: FSMContext) -> None:
    """Let so many answers of a group suffice."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    level = f"{press.part}:{press.group}"
    cells = dict((composition.draft.quotas or {}).get("cells", {}))
    cells.pop(level, None)
    if press.answers:
        check_quota(level, press.answers)
        cells[level] = press.answers
    quotas = {"cells": dict(sorted(cells.items()))} if cells else None
    composition = composition.changed(quotas=quotas).at(Step.MORE)
    await keep(state, composition)
    await show(callback, quota_groups_screen(composition.draft, press.part))


async def _show_sample(
    callback: CallbackQuery,
    composition: Composition,
    state: FSMContext,
    db: Database,
    clock: Clock,
) -> None:
    composition = composition.at(Step.MORE)
    await keep(state, composition)
    draft = composition.draft
    found = await db.read(expected, draft.target or EVERYBODY, draft.sample, clock.now())
    await show(callback, sample_screen(draft, found))


def router() -> Router:
    """Return the router of samples and quotas."""
    router = Router(name="poll sample")
    router.callback_query.filter(Works(Deed.LAUNCH_POLL))
    router.callback_query.register(show_sample, Pressed(SampleShown))
    router.callback_query.register(set_sample, Pressed(SampleSet))
    router.callback_query.register(show_quotas, Pressed(QuotasShown))
    router.callback_query.register(open_quota, Pressed(QuotaOpened))
    router.callback_query.register(set_quota, Pressed(QuotaSet))
    return router
