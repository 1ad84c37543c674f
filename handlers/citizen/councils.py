"""/councils: the public councils of one's own place, and who sits in them."""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed
from handlers.screen import Event, Screen, show
from handlers.views.council_callbacks import (
    CouncilDistricts,
    CouncilRegions,
    CouncilsAt,
    CouncilShown,
    CouncilsOpened,
    MeetingsShown,
)
from handlers.views.council_screens import (
    council_screen,
    districts_screen,
    meetings_screen,
    own_place_screen,
    own_places,
    place_screen,
    regions_screen,
)
from handlers.views.council_words import day_of
from services.appeals.reading import remembered_place
from services.clock import Clock, local_date
from services.councils.applying import OwnApplication, own_applications
from services.councils.composition import composition_of, find_council, gathering, meetings_of
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from storage.database import Database

_FIRST_MEETINGS = 4
_PAGE = 10


async def open_councils(
    event: Event, state: FSMContext, person: Person, db: Database, clock: Clock, **_more: Any
) -> None:
    """Show the way to the councils of the district, the region and the republic."""
    await state.set_state(None)
    day = local_date(clock.now())
    place = await db.read(remembered_place, person.id)
    found = [await db.read(composition_of, *where, day) for where in own_places(place)]
    await show(event, own_place_screen(found))


async def open_place(
    callback: CallbackQuery, press: CouncilsAt, db: Database, clock: Clock
) -> None:
    """Show the councils of one place."""
    where = (press.region or None, press.district or None)
    await show(callback, place_screen(await db.read(composition_of, *where, _day(clock))))


async def choose_region(callback: CallbackQuery, press: CouncilRegions) -> None:
    """Show the regions."""
    await show(callback, regions_screen(staff=press.staff))


async def choose_district(callback: CallbackQuery, press: CouncilDistricts) -> None:
    """Show the districts of a region."""
    await show(callback, districts_screen(press.region, staff=press.staff))


async def open_council(
    callback: CallbackQuery,
    press: CouncilShown,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show one council."""
    await state.set_state(None)
    screen = await council_now(press.council, person, organisations.current, db, clock)
    await show(callback, screen)


async def council_now(
    council: str,
    person: Person,
    organisation: Organisation,
    db: Database,
    clock: Clock,
    note: str = "",
) -> Screen:
    """Return the screen of a council as a citizen sees it now."""
    found = await db.read(gathering, council, _day(clock), _FIRST_MEETINGS)
    own = [one for one in await db.read(own_applications, person.id) if one.council == council]
    newest: OwnApplication | None = own[-1] if own else None
    return council_screen(found, organisation, newest, note)


async def open_meetings(
    callback: CallbackQuery, press: MeetingsShown, db: Database, clock: Clock
) -> None:
    """Show a page of the meetings of a council."""
    council = await db.read(find_council, press.council, _day(clock))
    before = day_of(press.before) if press.before else None
    found = await db.read(meetings_of, press.council, _PAGE + 1, before)
    await show(callback, meetings_screen(council, found[:_PAGE], more=len(found) > _PAGE))


def _day(clock: Clock) -> date:
    return local_date(clock.now())


def router() -> Router:
    """Return the router of /councils."""
    router = Router(name="councils")
    router.message.register(open_councils, Command("councils"))
    router.callback_query.register(open_councils, Pressed(CouncilsOpened))
    router.callback_query.register(open_place, Pressed(CouncilsAt))
    router.callback_query.register(choose_region, Pressed(CouncilRegions))
    router.callback_query.register(choose_district, Pressed(CouncilDistricts))
    router.callback_query.register(open_council, Pressed(CouncilShown))
    router.callback_query.register(open_meetings, Pressed(MeetingsShown))
    return router
