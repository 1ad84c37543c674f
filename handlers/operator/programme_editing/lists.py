"""The questions of a form and the sessions of a programme, as lists with their buttons."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.programme_editing.desk import ProgrammeDesk, ProgrammeWriting, Sheet
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.programme_desk import form_screen, part_screen, sessions_screen
from handlers.views.programme_desk_callbacks import (
    FieldBegun,
    FieldDropped,
    FieldSet,
    FormShown,
    Part,
    SessionDropped,
    SessionsShown,
)
from services.people.deeds import Deed
from services.programmes import form_building


async def open_form(callback: CallbackQuery, press: FormShown, editing: ProgrammeDesk) -> None:
    """Show what the form asks."""
    await editing.state.set_state(None)
    await show(callback, form_screen(await editing.card(press.programme), editing.clock.now()))


async def begin_field(callback: CallbackQuery, press: FieldBegun, editing: ProgrammeDesk) -> None:
    """Ask for the words of a new question."""
    programme = (await editing.card(press.programme)).programme
    heard = (await editing.sheet()).heard
    sheet = Sheet(programme.id, programme.version, Part.FIELD, kind=press.kind, heard=heard)
    await editing.keep(sheet)
    await editing.state.set_state(ProgrammeWriting.words)
    await show(callback, part_screen(Part.FIELD, programme, press.kind, ""))


async def set_field(callback: CallbackQuery, press: FieldSet, editing: ProgrammeDesk) -> None:
    """Set whether a question must be answered."""
    card = await editing.card(press.programme)
    field = next((one for one in card.fields if one.code == press.field), None)
    if field is not None:
        by, now = editing.person.id, editing.clock.now()
        wanted = replace(field, required=press.required)
        await editing.db.write(
            form_building.put_field, by, press.programme, press.seen, wanted, now
        )
    card = await editing.card(press.programme)
    await show(callback, form_screen(card, editing.clock.now(), _("✅ Changed.")))


async def drop_field(callback: CallbackQuery, press: FieldDropped, editing: ProgrammeDesk) -> None:
    """Ask this no more."""
    by, now = editing.person.id, editing.clock.now()
    await editing.db.write(
        form_building.drop_field, by, press.programme, press.seen, press.field, now
    )
    card = await editing.card(press.programme)
    await show(callback, form_screen(card, editing.clock.now(), _("✅ Changed.")))


async def open_sessions(
    callback: CallbackQuery, press: SessionsShown, editing: ProgrammeDesk
) -> None:
    """Show the sessions."""
    await editing.state.set_state(None)
    card = await editing.card(press.programme)
    await show(callback, sessions_screen(card, editing.clock.now()))


async def drop_session(
    callback: CallbackQuery, press: SessionDropped, editing: ProgrammeDesk
) -> None:
    """Take a session away; whoever has a place is told."""
    by, now = editing.person.id, editing.clock.now()
    await editing.db.write(
        form_building.drop_session, by, press.programme, press.seen, press.number, now
    )
    card = await editing.card(press.programme)
    await show(callback, sessions_screen(card, now, _("✅ Changed.")))


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="programme lists"), "editing", ProgrammeDesk)
    router.callback_query.filter(Works(Deed.RUN_PROGRAMMES))
    router.callback_query.register(open_form, Pressed(FormShown))
    router.callback_query.register(begin_field, Pressed(FieldBegun))
    router.callback_query.register(set_field, Pressed(FieldSet))
    router.callback_query.register(drop_field, Pressed(FieldDropped))
    router.callback_query.register(open_sessions, Pressed(SessionsShown))
    router.callback_query.register(drop_session, Pressed(SessionDropped))
    return router
