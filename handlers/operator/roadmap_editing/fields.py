"""Writing one thing after the other: of a new indicator, or of one that is there.

A button names the indicator by its code; the draft of a new one has a code of its own. Of one
that is there each thing is kept at once, of a draft when it is taken into the Road Map.
"""

from collections.abc import Sequence
from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import back
from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.roadmap_editing.desk import EditDesk
from handlers.operator.roadmap_editing.sheet import (
    Draft,
    Editing,
    Sheet,
    changed,
    keep,
    sheet_of,
)
from handlers.operator.roadmap_editing.writing import told
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.roadmap_editing import draft_screen, field_screen, value_of
from handlers.views.roadmap_editing_callbacks import (
    DraftDropped,
    DraftSaved,
    EditShown,
    Field,
    FieldAsked,
    IndicatorBegun,
    PlaceSet,
    SectionEdited,
)
from services.people.deeds import Deed
from services.places.model import Place
from services.places.search import search
from services.refusal import Refusal
from services.roadmap.editing import add_indicator, change_indicator
from services.roadmap.indicators import all_indicators, indicator_in_use

_FOUND = 6
_CODE = 28  # letters of a section that a code begins with


async def begin(callback: CallbackQuery, press: IndicatorBegun, edit: EditDesk) -> None:
    """Begin a new indicator, or go on with the one that was begun in this section."""
    sheet = await sheet_of(edit.state)
    draft = sheet.draft
    if draft is None or draft.section != press.section:
        draft = await _new_draft(press.section, edit)
    await _go_on(callback, sheet, draft, edit)


async def ask(callback: CallbackQuery, press: FieldAsked, edit: EditDesk) -> None:
    """Ask for one thing anew."""
    sheet = await sheet_of(edit.state)
    if sheet.draft is not None and sheet.draft.code == press.code:
        sheet = replace(sheet, code=press.code, what=press.field, version=0)
    else:
        indicator = await edit.db.read(indicator_in_use, press.code)
        sheet = replace(sheet, code=indicator.code, what=press.field, version=indicator.version)
    await keep(edit.state, sheet)
    await _ask(callback, sheet, edit)


async def take_words(message: Message, words: str, edit: EditDesk) -> None:
    """Take what was written; of a place, offer what it may mean."""
    sheet = await sheet_of(edit.state)
    what = sheet.what
    if what is None or message.message_id <= sheet.heard:
        return
    sheet = await keep(edit.state, replace(sheet, heard=message.message_id))
    if what is Field.PLACE:
        found = search(words, limit=_FOUND)
        problem = "" if found else _("Nothing was found. Please check the spelling.")
        await _ask(message, sheet, edit, problem, found)
        return
    try:
        await _put(message, sheet, what, told(what, words, edit.day), edit)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await _ask(message, await _as_it_is_now(sheet, edit), edit, problem)


async def set_place(callback: CallbackQuery, press: PlaceSet, edit: EditDesk) -> None:
    """Take the place of a button."""
    sheet = await sheet_of(edit.state)
    if sheet.code != press.code:
        await acknowledge(callback, _("This button belongs to an older draft."))
        return
    await _put(callback, sheet, Field.PLACE, press.kato, edit)


async def take_something_else(message: Message, edit: EditDesk) -> None:
    """Say that words are asked for."""
    sheet = await sheet_of(edit.state)
    if sheet.what is not None:
        problem = _("Please write it in words, as a text message.")
        await _ask(message, sheet, edit, problem)


async def save(callback: CallbackQuery, press: DraftSaved, edit: EditDesk) -> None:
    """Take the draft into the Road Map; a repeated tap shows the indicator."""
    sheet = await sheet_of(edit.state)
    draft = sheet.draft
    if draft is not None and draft.code == press.code and draft.missing is None:
        try:
            wanted = draft.indicator()
            await edit.db.write(add_indicator, edit.person.id, wanted, edit.clock.now())
        except Refusal as refusal:
            problem = _(refusal.message).format(**refusal.parameters)
            await _show_draft(callback, draft, edit, problem)
            return
        await keep(edit.state, Sheet(heard=sheet.heard))
    await edit.state.set_state(None)
    note = _("✅ The indicator is in the Road Map. Now say who answers for it.")
    await edit.show_card(callback, press.code, note)


async def drop(callback: CallbackQuery, press: DraftDropped, edit: EditDesk) -> None:
    """Throw the draft away."""
    sheet = await sheet_of(edit.state)
    await edit.state.set_state(None)
    draft = sheet.draft
    if draft is None or draft.code != press.code:
        await acknowledge(callback, _("This button belongs to an older draft."))
        return
    await keep(edit.state, Sheet(heard=sheet.heard))
    await edit.show_section(callback, draft.section)


async def _put(event: Event, sheet: Sheet, what: Field, value: str, edit: EditDesk) -> None:
    """Keep one thing and go on; raises Refusal where it does not fit."""
    draft = sheet.draft
    if draft is not None and draft.code == sheet.code:
        await _go_on(event, sheet, draft.with_told(what, value), edit)
        return
    present = await edit.db.read(indicator_in_use, sheet.code)
    wanted = changed(present, what, value)
    by, now = edit.person.id, edit.clock.now()
    await edit.db.write(change_indicator, by, wanted, sheet.version, now)
    await edit.state.set_state(None)
    await edit.show_card(event, sheet.code, _("✅ Changed."))


async def _go_on(event: Event, sheet: Sheet, draft: Draft, edit: EditDesk) -> None:
    """Keep the draft and ask for what is missing, or show it whole."""
    missing = draft.missing
    sheet = replace(sheet, code=draft.code, what=missing, version=0, draft=draft)
    await keep(edit.state, sheet)
    if missing is None:
        await edit.state.set_state(None)
        await _show_draft(event, draft, edit)
    else:
        await _ask(event, sheet, edit)


async def _ask(
    event: Event,
    sheet: Sheet,
    edit: EditDesk,
    problem: str = "",
    found: Sequence[Place] = (),
) -> None:
    what = sheet.what or Field.NAME_KK
    await edit.state.set_state(Editing.words)
    draft = sheet.draft
    if draft is not None and draft.code == sheet.code:
        present = _told(draft).get(what, "")
        leave = back(SectionEdited(section=draft.section))
    else:
        present = value_of(await edit.db.read(indicator_in_use, sheet.code), what)
        leave = back(EditShown(code=sheet.code))
    await show(event, field_screen(sheet.code, what, present, leave, problem, found))


async def _show_draft(event: Event, draft: Draft, edit: EditDesk, problem: str = "") -> None:
    screen = draft_screen(draft.code, draft.section, _told(draft), edit.organisation, problem)
    await show(event, screen)


async def _as_it_is_now(sheet: Sheet, edit: EditDesk) -> Sheet:
    """Return the sheet with the present version: what stands there is shown with the refusal."""
    if sheet.version == 0:
        return sheet
    present = await edit.db.read(indicator_in_use, sheet.code)
    return await keep(edit.state, replace(sheet, version=present.version))


async def _new_draft(section: str, edit: EditDesk) -> Draft:
    """Return a draft with the next free code and the last position of its section."""
    every = await edit.db.read(all_indicators, None, retired=True)
    codes = {each.code for each in every}
    beginning, number = section[:_CODE], 1
    while f"{beginning}-{number}" in codes:
        number += 1
    last = max((each.position for each in every if each.section == section), default=0)
    return Draft(f"{beginning}-{number}", section, last + 1)


def _told(draft: Draft) -> dict[Field, str]:
    """Return what was told of a draft, as people read it."""
    indicator = draft.indicator()
    return {what: value_of(indicator, what) for what in Field if what in draft.told}


def router() -> Router:
    """Return the router of the buttons; for administrators."""
    router = provide(Router(name="road map fields"), "edit", EditDesk)
    router.callback_query.filter(Works(Deed.EDIT_INDICATOR))
    router.callback_query.register(begin, Pressed(IndicatorBegun))
    router.callback_query.register(ask, Pressed(FieldAsked))
    router.callback_query.register(set_place, Pressed(PlaceSet))
    router.callback_query.register(save, Pressed(DraftSaved))
    router.callback_query.register(drop, Pressed(DraftDropped))
    return router


def words() -> Router:
    """Return the router of what is written meanwhile; it stands after all menus."""
    router = provide(Router(name="road map fields words"), "edit", EditDesk)
    router.message.filter(Works(Deed.EDIT_INDICATOR))
    router.message.register(take_words, StateFilter(Editing.words), Words())
    router.message.register(take_something_else, StateFilter(Editing.words), NotWords())
    return router
