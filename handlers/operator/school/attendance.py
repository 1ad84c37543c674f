"""Marking who came: the list of a session, two buttons for each participant."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.screen import show
from handlers.views.school_callbacks import (
    PresenceMarked,
    RestMarked,
    RollShown,
    SchoolShown,
    SchoolsListed,
)
from handlers.views.school_screens import roll_screen, school_screen, schools_screen
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from services.programmes.attendance import mark, mark_rest, read_meetings, read_roll
from services.programmes.schools import read_schools
from storage.database import Database


async def list_schools(
    callback: CallbackQuery, press: SchoolsListed, person: Person, db: Database
) -> None:
    """Show the programmes."""
    found = await db.read(read_schools, person.id, press.before or None)
    await show(callback, schools_screen(found.programmes, found.later))


async def open_school(
    callback: CallbackQuery,
    press: SchoolShown,
    person: Person,
    state: FSMContext,
    db: Database,
    clock: Clock,
) -> None:
    """Show the sessions of a programme; nothing is waited for any more."""
    await state.set_state(None)
    programme, meetings = await db.read(read_meetings, person.id, press.programme)
    await show(callback, school_screen(programme, meetings, clock.now()))


async def open_roll(
    callback: CallbackQuery,
    press: RollShown | PresenceMarked | RestMarked,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show a page of the list of a session."""
    roll = await db.write(
        read_roll, person.id, press.programme, press.number, press.after, clock.now()
    )
    await show(callback, roll_screen(roll))


async def mark_one(
    callback: CallbackQuery, press: PresenceMarked, person: Person, db: Database, clock: Clock
) -> None:
    """Mark a participant."""
    await db.write(
        mark,
        person.id,
        press.programme,
        press.number,
        press.signup,
        clock.now(),
        present=press.present,
    )
    await open_roll(callback, press, person, db, clock)


async def mark_others(
    callback: CallbackQuery, press: RestMarked, person: Person, db: Database, clock: Clock
) -> None:
    """Mark everybody as present who is not marked."""
    await db.write(mark_rest, person.id, press.programme, press.number, clock.now())
    await open_roll(callback, press, person, db, clock)


def router() -> Router:
    """Return the router of attendance."""
    router = Router(name="school: attendance")
    router.callback_query.filter(Works(Deed.MARK_ATTENDANCE))
    router.callback_query.register(list_schools, Pressed(SchoolsListed))
    router.callback_query.register(open_school, Pressed(SchoolShown))
    router.callback_query.register(open_roll, Pressed(RollShown))
    router.callback_query.register(mark_one, Pressed(PresenceMarked))
    router.callback_query.register(mark_others, Pressed(RestMarked))
    return router
