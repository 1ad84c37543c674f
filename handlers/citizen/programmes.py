"""/programmes: the catalogue, one programme, one's own; taking an offered place, leaving."""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed
from handlers.screen import Event, Screen, send, show, turn
from handlers.text import _
from handlers.views.programme_callbacks import (
    LeavingAsked,
    Left,
    OwnProgrammesShown,
    PhotoShown,
    PlaceTaken,
    ProgrammeOpened,
    ProgrammesShown,
)
from handlers.views.programme_form import done_screen
from handlers.views.programme_screens import (
    card_screen,
    catalogue_screen,
    leaving_screen,
    own_screen,
)
from services.clock import Clock, local_date
from services.people.model import Person
from services.programmes import signing_up
from services.programmes.catalogue import open_programmes, own_programmes, read_card
from services.programmes.model import SignUpStatus
from services.refusal import Refusal
from storage.database import Database


async def open_catalogue(
    event: Event,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
    press: ProgrammesShown | None = None,
    **_more: Any,
) -> None:
    """Show what one can sign up for, where the reader told their region only what is for it."""
    press = press or ProgrammesShown()
    await state.set_state(None)
    today = local_date(clock.now())
    region = person.profile.region
    place = None if press.everywhere or region is None else (region, person.profile.district)
    after = None
    if 0 < press.day <= date.max.toordinal():
        after = (date.fromordinal(press.day), press.after)
    page = await db.read(open_programmes, place, today, after)
    screen = catalogue_screen(
        page, everywhere=press.everywhere, narrowed=place is not None, today=today
    )
    await _show(event, screen)


async def open_card(
    callback: CallbackQuery,
    press: ProgrammeOpened,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show one programme; a form that was begun stays as it is."""
    await state.set_state(None)
    card = await db.read(read_card, press.programme, person.id)
    await _show(callback, card_screen(card, clock.now()))


async def show_photo(
    callback: CallbackQuery, press: PhotoShown, person: Person, db: Database, clock: Clock
) -> None:
    """Send the photo below; where there is none any more show how the programme stands."""
    card = await db.read(read_card, press.programme, person.id)
    if card.programme.photo is None:
        await _show(callback, card_screen(card, clock.now()))
    else:
        await send(callback, Screen("", photo=card.programme.photo))


async def open_own(callback: CallbackQuery, person: Person, db: Database, clock: Clock) -> None:
    """Show what the reader takes part in or waits for."""
    today = local_date(clock.now())
    found = await db.read(own_programmes, person.id, today)
    await _show(callback, own_screen(found, today))


async def take_place(
    callback: CallbackQuery, press: PlaceTaken, person: Person, db: Database, clock: Clock
) -> None:
    """Take the place that was offered; where it is gone say so and show how it stands."""
    try:
        own = await db.write(
            signing_up.take_place, person.id, press.programme, press.seen, clock.now()
        )
    except Refusal as refusal:
        await _show_card(callback, press.programme, person, db, clock, _(refusal.message))
        return
    if own.status is SignUpStatus.CONFIRMED:
        await _show(callback, done_screen(await db.read(read_card, press.programme, person.id)))
        return
    note = _(signing_up.SAME_AGAIN)
    await _show_card(callback, press.programme, person, db, clock, note)


async def ask_to_leave(
    callback: CallbackQuery, press: LeavingAsked, person: Person, db: Database, clock: Clock
) -> None:
    """Ask before the person leaves."""
    card = await db.read(read_card, press.programme, person.id)
    if card.own is None or not card.own.active or card.own.version != press.seen:
        await _show_card(callback, press.programme, person, db, clock, "")
        return
    await _show(callback, leaving_screen(card))


async def leave(
    callback: CallbackQuery, press: Left, person: Person, db: Database, clock: Clock
) -> None:
    """Leave; pressed again, or after something else happened, show how it stands."""
    own = await db.write(signing_up.leave, person.id, press.programme, press.seen, clock.now())
    note = "" if own.active else _("You have left. Thank you for telling.")
    await _show_card(callback, press.programme, person, db, clock, note)


async def _show_card(
    callback: CallbackQuery,
    programme: int,
    person: Person,
    db: Database,
    clock: Clock,
    note: str,
) -> None:
    card = await db.read(read_card, programme, person.id)
    await _show(callback, card_screen(card, clock.now(), note))


async def _show(event: Event, screen: Screen) -> None:
    if isinstance(event, CallbackQuery):
        await turn(event, screen)
    else:
        await show(event, screen)


def router() -> Router:
    """Return the router of /programmes and its buttons."""
    router = Router(name="programmes")
    router.message.register(open_catalogue, Command("programmes"))
    router.callback_query.register(open_catalogue, Pressed(ProgrammesShown))
    router.callback_query.register(open_card, Pressed(ProgrammeOpened))
    router.callback_query.register(show_photo, Pressed(PhotoShown))
    router.callback_query.register(open_own, Pressed(OwnProgrammesShown))
    router.callback_query.register(take_place, Pressed(PlaceTaken))
    router.callback_query.register(ask_to_leave, Pressed(LeavingAsked))
    router.callback_query.register(leave, Pressed(Left))
    return router
