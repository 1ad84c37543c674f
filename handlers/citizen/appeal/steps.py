"""Showing what a draft needs next."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import back, cancel
from handlers.citizen.appeal.states import Writing, draft_id, draft_of, keep
from handlers.citizen.places import Picker
from handlers.screen import Event, Screen, acknowledge, show
from handlers.text import N_, _
from handlers.views.appeal_callbacks import DraftLeft, DraftShown, Screens
from handlers.views.appeal_draft import (
    check_screen,
    files_screen,
    kept_note,
    text_screen,
    topic_screen,
)
from services.appeals.draft import Draft, Step
from services.appeals.reading import remembered_place
from services.organisation.directory import Organisations
from services.people.model import Person
from services.places.model import Place
from storage.database import Database

_SCREENS = {
    Step.TOPIC: Screens.TOPIC,
    Step.PLACE: Screens.PLACE,
    Step.TEXT: Screens.TEXT,
    Step.CHECK: Screens.CHECK,
}
WAITING = {
    Screens.TOPIC: Writing.topic,
    Screens.PLACE: Writing.place,
    Screens.TEXT: Writing.text,
    Screens.FILES: Writing.files,
    Screens.CHECK: Writing.check,
}


async def show_next(
    event: Event,
    draft: Draft,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    note: str = "",
) -> None:
    """Show what the draft needs next; a complete one is shown to be checked."""
    part = part_after(draft)
    await show_part(event, draft, part, state, organisations, db, person, note)


async def show_part(
    event: Event,
    draft: Draft,
    part: Screens,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    note: str = "",
) -> None:
    """Show one screen of the draft and wait for what belongs to it."""
    if part is Screens.BEFORE_PLACE:
        part = Screens.CHECK if draft.next_step is Step.CHECK else Screens.TOPIC
    await state.set_state(WAITING[part])
    await show(event, await screen_of(draft, part, organisations, db, person, note))


def part_after(draft: Draft) -> Screens:
    """Return the screen of what the draft needs next."""
    return _SCREENS[draft.next_step]


async def screen_of(
    draft: Draft,
    part: Screens,
    organisations: Organisations,
    db: Database,
    person: Person,
    note: str = "",
) -> Screen:
    """Return one screen of the draft with a note above it."""
    organisation = organisations.current
    match part:
        case Screens.PLACE:
            kept = kept_note(draft) if draft.region is None else ""
            note = "\n\n".join(words for words in (note, kept) if words)
            return await PICKER.screen(draft.id, note, db=db, person=person)
        case Screens.TEXT:
            return text_screen(draft, organisation, note)
        case Screens.FILES:
            return files_screen(draft, note)
        case Screens.CHECK:
            return check_screen(draft, organisation, note)
        case _:
            return topic_screen(draft, organisation, note)


async def current_draft(callback: CallbackQuery, state: FSMContext, expected: str) -> Draft | None:
    """Return the draft that a button speaks of; say so where it is no longer the present one."""
    draft = await draft_of(state)
    if draft is not None and draft.id == expected:
        return draft
    old = _("This button belongs to an earlier draft. To see the present one: /appeal")
    await acknowledge(callback, old)
    return None


async def _place_chosen(
    callback: CallbackQuery,
    place: Place,
    *,
    key: str,
    near: bool,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    **_more: Any,
) -> None:
    draft = await current_draft(callback, state, key)
    if draft is None:
        return
    district = place.district.kato if place.district else None
    draft = draft.with_place(place.region.kato, district, keep_point=near)
    await show_next(callback, await keep(state, draft), state, organisations, db, person)


async def _located(point: tuple[float, float], *, state: FSMContext, **_more: Any) -> None:
    draft = await draft_of(state)
    if draft is not None:
        await keep(state, draft.with_point(point))


async def _remembered(*, db: Database, person: Person, **_more: Any) -> Place | None:
    return await db.read(remembered_place, person.id)


PICKER = Picker(
    host="appeal",
    state=Writing.place,
    question=N_("Where is it?"),
    key=draft_id,
    chosen=_place_chosen,
    located=_located,
    remembered=_remembered,
    last=lambda key: [
        back(DraftShown(draft=key, screen=Screens.BEFORE_PLACE)),
        cancel(DraftLeft()),
    ],
)
