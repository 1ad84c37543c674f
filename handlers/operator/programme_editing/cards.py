"""The list of programmes, one of them; opening, closing and calling off."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.programme_editing.desk import ProgrammeDesk
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.programme_desk import desk_screen, participants_screen
from handlers.views.programme_desk_callbacks import (
    CalledOff,
    ParticipantsShown,
    ProgrammeEdited,
    ProgrammesDesk,
    SigningSet,
)
from services.people.deeds import Deed
from services.programmes import composing
from services.programmes.desk import all_programmes, read_participants
from services.programmes.model import ProgrammeStatus


async def open_desk(
    callback: CallbackQuery, press: ProgrammesDesk, editing: ProgrammeDesk
) -> None:
    """Show the programmes that this person looks after, the newest first."""
    await editing.state.set_state(None)
    before = press.before or None
    found, more = await editing.db.read(all_programmes, editing.person.id, before)
    await show(callback, desk_screen(found, more=more, roles=editing.person.roles))


async def open_card(
    callback: CallbackQuery, press: ProgrammeEdited, editing: ProgrammeDesk
) -> None:
    """Show one programme; what was being written stays where it is."""
    await editing.show_card(callback, press.programme)


async def set_signing(callback: CallbackQuery, press: SigningSet, editing: ProgrammeDesk) -> None:
    """Open or close signing up; a repeated tap shows the same."""
    command = composing.open_programme if press.on else composing.close_programme
    now, by = editing.clock.now(), editing.person.id
    await editing.db.write(command, by, press.programme, press.seen, now)
    note = _("🔒 Closed: nobody signs up any more. Who waits still gets places that become free.")
    if press.on:
        note = _("🟢 Open: citizens see it and can sign up.")
    await editing.show_card(callback, press.programme, note)


async def call_off(callback: CallbackQuery, press: CalledOff, editing: ProgrammeDesk) -> None:
    """Call it off for the reason that was shown; pressed again, show how it stands."""
    sheet = await editing.sheet()
    card = await editing.card(press.programme)
    if card.programme.status is not ProgrammeStatus.CALLED_OFF:
        if sheet.programme != press.programme or not all(sheet.reason):
            await acknowledge(callback, _("This button belongs to an older draft."))
            return
        now, by = editing.clock.now(), editing.person.id
        await editing.db.write(
            composing.call_off_programme, by, press.programme, press.seen, sheet.reason, now
        )
        await editing.keep(replace(sheet, reason=("", ""), part=None))
    note = _("🚫 Called off. Everybody who takes part or waits is told why.")
    await editing.show_card(callback, press.programme, note)


async def open_participants(
    callback: CallbackQuery, press: ParticipantsShown, editing: ProgrammeDesk
) -> None:
    """Show who takes part or waits; that it was read is written down."""
    now, by = editing.clock.now(), editing.person.id
    found = await editing.db.write(read_participants, by, press.programme, press.after, now)
    screen = participants_screen(found, press.after, roles=editing.person.roles)
    await show(callback, screen)


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="programme cards"), "editing", ProgrammeDesk)
    router.callback_query.filter(Works(Deed.RUN_PROGRAMMES))
    router.callback_query.register(open_desk, Pressed(ProgrammesDesk))
    router.callback_query.register(open_card, Pressed(ProgrammeEdited))
    router.callback_query.register(set_signing, Pressed(SigningSet))
    router.callback_query.register(call_off, Pressed(CalledOff))
    router.callback_query.register(open_participants, Pressed(ParticipantsShown))
    return router
