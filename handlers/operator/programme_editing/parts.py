"""Writing one thing after the other: of a new programme, or of one that is there.

Of one that is there each thing is kept at once; a new one becomes a draft in the catalogue of
the staff as soon as its title, text and days are told.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.programme_editing.desk import ProgrammeDesk, ProgrammeWriting, Sheet
from handlers.provided import provide
from handlers.screen import Event, show
from handlers.text import N_, _
from handlers.views.programme_desk import (
    form_screen,
    kind_screen,
    part_screen,
    places_screen,
    reason_screen,
    sessions_screen,
)
from handlers.views.programme_desk_callbacks import (
    Part,
    PartAsked,
    PartSet,
    ProgrammeBegun,
    WaitingSet,
)
from services.people.deeds import Deed
from services.places.atlas import atlas
from services.places.search import search
from services.programmes import form_building, rules, writing
from services.programmes.composing import begin_programme, change_programme
from services.programmes.model import Programme
from services.refusal import Refusal

# They come in one message.
_SHORT = {
    Part.TITLE: ("title", rules.LONGEST_TITLE),
    Part.PLACE: ("place", rules.LONGEST_PLACE),
}
# They come in two messages and keep their formatting.
_LONG = {
    Part.TEXT: ("text", rules.LONGEST_TEXT),
    Part.TERMS: ("terms", rules.LONGEST_TERMS),
    Part.CONSENT: ("consent", rules.LONGEST_CONSENT),
}
_FIRST = (Part.TITLE, Part.TEXT, Part.DAYS)
_FOUND = 6


async def begin(callback: CallbackQuery, press: ProgrammeBegun, editing: ProgrammeDesk) -> None:
    """Ask for the kind, then for the first part."""
    if press.kind is None:
        await show(callback, kind_screen())
        return
    before = await editing.sheet()
    seed = f"{editing.person.id}:{callback.message.message_id if callback.message else 0}"
    draft = hashlib.sha256(f"{seed}:{before.heard}".encode()).hexdigest()[:16]
    sheet = Sheet(draft=draft, told={"kind": press.kind.value}, heard=before.heard)
    await _ask(callback, editing, replace(sheet, part=Part.TITLE))


async def ask(callback: CallbackQuery, press: PartAsked, editing: ProgrammeDesk) -> None:
    """Ask for one thing anew."""
    before = await editing.sheet()
    card = await editing.card(press.programme)
    sheet = Sheet(press.programme, card.programme.version, press.part, press.item)
    await _ask(callback, editing, replace(sheet, heard=before.heard))


async def set_part(callback: CallbackQuery, press: PartSet, editing: ProgrammeDesk) -> None:
    """Set what needs no writing: any number of places, everywhere, no photo."""
    changes: dict[Part, Mapping[str, Any]] = {
        Part.CAPACITY: {"capacity": None},
        Part.PHOTO: {"photo": None},
        Part.TERMS: {"terms_kk": "", "terms_ru": ""},
        Part.PLACE: {"place_kk": "", "place_ru": ""},
        Part.CONSENT: {"consent_kk": "", "consent_ru": ""},
        Part.CERTIFICATE: {"certificate": False},
        Part.WHOM: _place(press.value),
    }
    await _change(callback, editing, press.programme, press.seen, changes.get(press.part, {}))


async def set_waiting(callback: CallbackQuery, press: WaitingSet, editing: ProgrammeDesk) -> None:
    """Set whether there is a waiting list."""
    await _change(callback, editing, press.programme, press.seen, {"waiting": press.on})


async def take_words(message: Message, words: str, editing: ProgrammeDesk) -> None:
    """Take what was written."""
    sheet = await editing.sheet()
    if sheet.part is None or message.message_id <= sheet.heard:
        return
    sheet = await editing.keep(replace(sheet, heard=message.message_id))
    try:
        await _take(message, words, editing, sheet)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        if sheet.programme:
            version = (await editing.card(sheet.programme)).programme.version
            sheet = replace(sheet, seen=version)
        await _ask(message, editing, sheet, problem)


async def take_photo(message: Message, editing: ProgrammeDesk) -> None:
    """Take the photo."""
    sheet = await editing.sheet()
    if sheet.part is not Part.PHOTO or not message.photo or message.message_id <= sheet.heard:
        return
    sheet = await editing.keep(replace(sheet, heard=message.message_id))
    changes = {"photo": message.photo[-1].file_id}
    await _change(message, editing, sheet.programme, sheet.seen, changes)


async def take_something_else(message: Message, editing: ProgrammeDesk) -> None:
    """Say what is asked for."""
    sheet = await editing.sheet()
    if sheet.part is None or message.message_id <= sheet.heard:
        return
    sheet = await editing.keep(replace(sheet, heard=message.message_id))
    problem = _("Please write it in words, as a text message.")
    if sheet.part is Part.PHOTO:
        problem = _("Please send a photo.")
    await _ask(message, editing, sheet, problem)


async def _take(message: Message, words: str, editing: ProgrammeDesk, sheet: Sheet) -> None:
    part = sheet.part
    if part in _LONG and not sheet.kk:
        rules.check_pair(words, words, _LONG[part][1], needed=True)
        kept = words if part is Part.CONSENT else message.html_text
        await _ask(message, editing, replace(sheet, kk=kept))
        return
    if part is Part.WHOM:
        found = search(words, limit=_FOUND)
        problem = "" if found else _("Nothing was found. Please check the spelling.")
        screen = places_screen(sheet.programme, sheet.seen, found, problem)
        await show(message, screen)
        return
    if part is Part.REASON:
        reason = writing.both(words)
        sheet = await editing.keep(replace(sheet, reason=reason))
        card = await editing.card(sheet.programme)
        await show(message, reason_screen(card.programme, reason))
        return
    if part in {Part.FIELD, Part.SESSION}:
        await _put_item(message, words, editing, sheet)
        return
    changes = _changes(message, words, editing, sheet)
    if sheet.programme:
        await _change(message, editing, sheet.programme, sheet.seen, changes)
    else:
        await _tell_draft(message, editing, sheet, changes)


async def _put_item(message: Message, words: str, editing: ProgrammeDesk, sheet: Sheet) -> None:
    by, now, which = editing.person.id, editing.clock.now(), sheet.programme
    if sheet.part is Part.SESSION:
        session = writing.new_session(sheet.item, words)
        await editing.db.write(form_building.put_session, by, which, sheet.seen, session, now)
        note = _("✅ The session is in the plan.")
    else:
        if sheet.kind is None:
            raise LookupError("kind")
        field = writing.new_field(sheet.kind, words)
        await editing.db.write(form_building.put_field, by, which, sheet.seen, field, now)
        note = _("✅ The question is in the form.")
    await editing.state.set_state(None)
    card = await editing.card(which)
    shown = sessions_screen if sheet.part is Part.SESSION else form_screen
    await show(message, shown(card, now, note))


async def _tell_draft(
    message: Message, editing: ProgrammeDesk, sheet: Sheet, changes: Mapping[str, Any]
) -> None:
    """Keep one more thing of a new programme; with the last one it becomes a draft."""
    at = _FIRST.index(sheet.part) if sheet.part in _FIRST else 0
    if at + 1 < len(_FIRST):
        told = {**sheet.told, **changes}
        await _ask(message, editing, replace(sheet, told=told, part=_FIRST[at + 1], kk=""))
        return
    values = {**sheet.told, **changes}
    by, now = editing.person.id, editing.clock.now()
    programme = await editing.db.write(begin_programme, by, sheet.draft, values, now)
    await editing.keep(Sheet(programme.id, programme.version, heard=sheet.heard))
    note = _("📝 The draft is kept. Add what is missing, then open signing up.")
    await editing.show_card(message, programme.id, note)


async def _change(
    event: Event, editing: ProgrammeDesk, programme: int, seen: int, changes: Mapping[str, Any]
) -> None:
    by, now = editing.person.id, editing.clock.now()
    await editing.db.write(change_programme, by, programme, seen, changes, now)
    await editing.show_card(event, programme, _("✅ Changed."))


def _changes(message: Message, words: str, editing: ProgrammeDesk, sheet: Sheet) -> dict[str, Any]:
    """Return the columns that a message tells; raises Refusal."""
    part, today = sheet.part, editing.today
    if part in _SHORT:
        name, limit = _SHORT[part]
        kk, ru = writing.both(words)
        rules.check_pair(kk, ru, limit, needed=True)
        return {f"{name}_kk": kk, f"{name}_ru": ru}
    if part in _LONG:
        name, limit = _LONG[part]
        rules.check_pair(words, words, limit, needed=True)
        ru = words if part is Part.CONSENT else message.html_text
        return {f"{name}_kk": sheet.kk, f"{name}_ru": ru}
    if part is Part.DAYS:
        begins, ends = writing.days(words, today)
        return {"begins_on": begins, "ends_on": ends}
    if part is Part.UNTIL:
        return {"sign_up_until": writing.day(words, today)}
    if part is Part.CAPACITY:
        return {"capacity": writing.whole(words, 1, rules.MOST_PLACES)}
    if part is Part.CERTIFICATE:
        return {"certificate": True, "certificate_from": writing.whole(words, 1, 100)}
    raise Refusal(N_("Please send a photo."))


async def _ask(event: Event, editing: ProgrammeDesk, sheet: Sheet, problem: str = "") -> None:
    await editing.keep(sheet)
    await editing.state.set_state(ProgrammeWriting.words)
    programme: Programme | None = None
    if sheet.programme:
        programme = (await editing.card(sheet.programme)).programme
    part = sheet.part or Part.TITLE
    screen = part_screen(part, programme, sheet.kind, problem, second=bool(sheet.kk))
    await show(event, screen)


def _place(kato: str) -> dict[str, str | None]:
    place = atlas().place(kato)
    if place is None:
        return {"region": None, "district": None}
    district = None if place.district is None else place.district.kato
    return {"region": place.region.kato, "district": district}


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="programme parts"), "editing", ProgrammeDesk)
    router.callback_query.filter(Works(Deed.RUN_PROGRAMMES))
    router.callback_query.register(begin, Pressed(ProgrammeBegun))
    router.callback_query.register(ask, Pressed(PartAsked))
    router.callback_query.register(set_part, Pressed(PartSet))
    router.callback_query.register(set_waiting, Pressed(WaitingSet))
    return router


def words() -> Router:
    """Return the router of what is written meanwhile; it stands after all menus."""
    router = provide(Router(name="programme parts words"), "editing", ProgrammeDesk)
    router.message.filter(Works(Deed.RUN_PROGRAMMES))
    writing_now = StateFilter(ProgrammeWriting.words)
    router.message.register(take_words, writing_now, Words())
    router.message.register(take_photo, writing_now, Has("photo"))
    router.message.register(take_something_else, writing_now, NotWords())
    return router
