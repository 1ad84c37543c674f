"""Saying who answers: for an indicator or a section, from a day on.

For what and who stands under `assigned` of the sheet; the tag of a button is a hash of it, so that
an old button says nothing about what is being settled now.
"""

import hashlib
from dataclasses import replace
from datetime import date
from html import escape

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.roadmap_editing.desk import EditDesk
from handlers.operator.roadmap_editing.sheet import Editing, Sheet, keep, sheet_of
from handlers.operator.roadmap_editing.writing import the_day
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _, current_language
from handlers.views.roadmap_assigning import (
    assigned_note,
    assignees_screen,
    since_screen,
)
from handlers.views.roadmap_editing_callbacks import (
    Answering,
    AssigneeAsked,
    AssigneeChosen,
    AssigneesTurned,
    EditShown,
    SectionEdited,
    SinceChosen,
)
from handlers.views.roadmap_words import section_title
from services.organisation.directory import Body
from services.people.deeds import Deed
from services.refusal import Refusal
from services.roadmap.editing import assign_indicator, assign_section
from services.roadmap.indicators import indicator_in_use

# Who is offered first.
_FIRST = {Answering.SECTION: Body.BUREAU, Answering.INDICATOR: Body.POLITICAL_COUNCIL}


async def ask_whom(callback: CallbackQuery, press: AssigneeAsked, edit: EditDesk) -> None:
    """Ask who shall answer."""
    sheet = await sheet_of(edit.state)
    sheet = replace(sheet, assigned={"what": press.what.value, "code": press.code})
    await keep(edit.state, sheet)
    await edit.state.set_state(None)
    await _show_people(callback, sheet, edit)


async def turn(callback: CallbackQuery, press: AssigneesTurned, edit: EditDesk) -> None:
    """Show more people, by key."""
    sheet = await _present(callback, press.tag, edit)
    if sheet is not None:
        await _show_people(callback, sheet, edit, press.after)


async def ask_since(callback: CallbackQuery, press: AssigneeChosen, edit: EditDesk) -> None:
    """Ask from which day on."""
    sheet = await _present(callback, press.tag, edit)
    if sheet is None:
        return
    sheet = replace(sheet, assigned={**sheet.assigned, "official": press.official})
    await keep(edit.state, sheet)
    await edit.state.set_state(Editing.since)
    await _show_days(callback, sheet, edit)


async def set_since(callback: CallbackQuery, press: SinceChosen, edit: EditDesk) -> None:
    """Settle it from the day of a button on."""
    sheet = await _present(callback, press.tag, edit)
    if sheet is not None and 0 < press.day <= date.max.toordinal():
        await _assign(callback, sheet, date.fromordinal(press.day), edit)


async def take_day(message: Message, words: str, edit: EditDesk) -> None:
    """Settle it from the day on that was written."""
    sheet = await sheet_of(edit.state)
    if "official" not in sheet.assigned or message.message_id <= sheet.heard:
        return
    sheet = await keep(edit.state, replace(sheet, heard=message.message_id))
    try:
        day = the_day(words, edit.day)
    except Refusal as refusal:
        await _show_days(message, sheet, edit, _(refusal.message))
        return
    await _assign(message, sheet, day, edit)


async def take_something_else(message: Message, edit: EditDesk) -> None:
    """Say that a day is asked for."""
    sheet = await sheet_of(edit.state)
    if "official" in sheet.assigned:
        problem = _("Please write it in words, as a text message.")
        await _show_days(message, sheet, edit, problem)


async def _assign(event: Event, sheet: Sheet, since: date, edit: EditDesk) -> None:
    what, code = _what(sheet)
    official = sheet.assigned["official"]
    command = assign_section if what is Answering.SECTION else assign_indicator
    await edit.db.write(command, edit.person.id, code, official, since, edit.clock.now())
    await edit.state.set_state(None)
    note = assigned_note(official, since, edit.organisation)
    if what is Answering.SECTION:
        await edit.show_section(event, code, note=note)
    else:
        await edit.show_card(event, code, note)


async def _show_people(event: Event, sheet: Sheet, edit: EditDesk, after: str = "") -> None:
    what, _code = _what(sheet)
    officials = sorted(
        edit.organisation.officials.values(), key=lambda one: one.body != _FIRST[what]
    )
    title, leave = await _title(sheet, edit), _leave(sheet)
    screen = assignees_screen(title, officials, edit.organisation, _tag(sheet), after, leave)
    await show(event, screen)


async def _show_days(event: Event, sheet: Sheet, edit: EditDesk, problem: str = "") -> None:
    title, leave = await _title(sheet, edit), _leave(sheet)
    official = sheet.assigned["official"]
    screen = since_screen(
        title, official, edit.organisation, _tag(sheet), edit.day, leave, problem
    )
    await show(event, screen)


async def _title(sheet: Sheet, edit: EditDesk) -> str:
    """Return the section or the indicator that somebody is named for; HTML."""
    what, code = _what(sheet)
    if what is Answering.SECTION:
        return escape(section_title(code, edit.organisation))
    indicator = await edit.db.read(indicator_in_use, code)
    return escape(indicator.name(current_language()))


def _leave(sheet: Sheet) -> CallbackData:
    what, code = _what(sheet)
    section = what is Answering.SECTION
    return SectionEdited(section=code) if section else EditShown(code=code)


def _what(sheet: Sheet) -> tuple[Answering, str]:
    return Answering(sheet.assigned["what"]), sheet.assigned["code"]


def _tag(sheet: Sheet) -> str:
    named = ":".join(sheet.assigned.get(name, "") for name in ("what", "code", "official"))
    return hashlib.sha256(named.encode()).hexdigest()[:8]


async def _present(callback: CallbackQuery, tag: str, edit: EditDesk) -> Sheet | None:
    """Return the sheet that a button speaks of, with or without the one who was chosen."""
    sheet = await sheet_of(edit.state)
    if sheet.assigned and _tag(sheet) == tag:
        return sheet
    asked = {name: sheet.assigned[name] for name in ("what", "code") if name in sheet.assigned}
    before = replace(sheet, assigned=asked)
    if asked and _tag(before) == tag:
        return before
    await acknowledge(callback, _("This button belongs to an older draft."))
    return None


def router() -> Router:
    """Return the router of the buttons; for administrators."""
    router = provide(Router(name="road map assigning"), "edit", EditDesk)
    router.callback_query.filter(Works(Deed.ASSIGN_ROADMAP))
    router.callback_query.register(ask_whom, Pressed(AssigneeAsked))
    router.callback_query.register(turn, Pressed(AssigneesTurned))
    router.callback_query.register(ask_since, Pressed(AssigneeChosen))
    router.callback_query.register(set_since, Pressed(SinceChosen))
    return router


def words() -> Router:
    """Return the router of what is written meanwhile; it stands after all menus."""
    router = provide(Router(name="road map assigning words"), "edit", EditDesk)
    router.message.filter(Works(Deed.ASSIGN_ROADMAP))
    router.message.register(take_day, StateFilter(Editing.since), Words())
    router.message.register(take_something_else, StateFilter(Editing.since), NotWords())
    return router
