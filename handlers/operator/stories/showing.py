"""Keeping the draft of a story, showing the step that it is at, and choosing its place."""

from dataclasses import replace
from functools import cache
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.citizen.places import Picker
from handlers.operator.stories.desk import StoryWork
from handlers.operator.stories.sheet import WORDS, Composing, Sheet, keep, sheet_of
from handlers.screen import Event, Screen, send, show
from handlers.text import _
from handlers.views.story_callbacks import Step
from handlers.views.story_composer import (
    PLACE,
    check_lines,
    check_screen,
    photo_screen,
    place_rows,
    place_way_out,
    send_previews,
    ties_screen,
    words_screen,
)
from services.places.model import Place
from services.refusal import Refusal
from services.stories.checking import check
from services.stories.takers import count_takers
from services.stories.ties import titles


async def go(event: Event, work: StoryWork, sheet: Sheet, problem: str = "") -> None:
    """Keep the draft and show the step it is at; a problem stands above."""
    await keep(work.state, sheet)
    if sheet.step is Step.CHECK:
        await _check(event, work, sheet)
    elif sheet.step is Step.PLACE:
        await work.state.set_state(Composing.place)
        await show(event, await picker().screen(sheet.draft))
    else:
        await show(event, await _asking(work, sheet, problem))


async def people_of(work: StoryWork, sheet: Sheet) -> int:
    """Return how many people would be told now."""
    return await work.db.read(count_takers, sheet.words, work.clock.now())


async def _asking(work: StoryWork, sheet: Sheet, problem: str) -> Screen:
    if sheet.step in WORDS:
        return words_screen(sheet.draft, sheet.step, sheet.words, sheet.before, problem)
    if sheet.step is Step.PHOTO:
        return photo_screen(sheet.draft, sheet.words, sheet.before, problem)
    names = await work.db.read(titles, sheet.words)
    return ties_screen(sheet.draft, sheet.words, names, work.organisation, sheet.before)


async def _check(event: Event, work: StoryWork, sheet: Sheet) -> None:
    """Show the story in both languages, then what stands beside it."""
    try:
        check(sheet.words)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        step = Step.PHOTO if sheet.words.photo else Step.TIES
        await keep(work.state, replace(sheet, step=step))
        await show(event, await _asking(work, replace(sheet, step=step), problem))
        return
    await send_previews(event, sheet.words, work.organisation)
    people = await people_of(work, sheet)
    names = await work.db.read(titles, sheet.words)
    lines = check_lines(sheet.words, names, work.organisation, people)
    asks = people > work.policy.approval_above
    await send(event, check_screen(sheet.draft, sheet.version, lines, asks=asks))


@cache
def picker() -> Picker:
    """Return the list of regions and districts for stories."""
    return Picker(
        host="story",
        state=Composing.place,
        question=PLACE,
        key=_draft,
        chosen=_choose_place,
        last=place_way_out,
        extra=place_rows,
        by_location=False,
    )


async def _draft(state: FSMContext) -> str:
    sheet = await sheet_of(state)
    return sheet.draft if sheet is not None else ""


async def _choose_place(
    callback: CallbackQuery, place: Place, key: str, work: StoryWork, **_more: Any
) -> None:
    sheet = await work.sheet_for(callback, key)
    if sheet is not None:
        district = None if place.district is None else place.district.kato
        chosen = {"region": place.region.kato, "district": district}
        await go(callback, work, sheet.changed(Step.PLACE, **chosen))
