"""«My sections»: the digest of this moment and the lists behind it."""

from datetime import date

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import MenuButton, Pressed
from handlers.menu import OFFICIAL_DESK
from handlers.official.callbacks import CasesListed, DeskOpened
from handlers.screen import Event, show
from handlers.views.official import cases_screen, desk_screen
from services.clock import Clock, local_date
from services.digests.reading_proof import digest_of_today
from services.organisation.directory import Organisations
from services.people.model import Person
from services.roadmap.desk import list_cases, my_digest
from storage.database import Database

_PAGE = 8


async def open_desk(
    event: Event,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the official's digest of this moment."""
    facts = await db.read(my_digest, person.id, clock.now())
    digest, read_at = await db.read(digest_of_today, person.id, clock.now())
    await state.set_state(None)
    await show(event, desk_screen(facts, organisations.current, digest, read_at))


async def open_list(
    callback: CallbackQuery,
    press: CasesListed,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show a page of a list, by key."""
    today, after = local_date(clock.now()), _key(press)
    page = await db.read(list_cases, person.id, press.kind, today, after=after, limit=_PAGE)
    screen = cases_screen(press.kind, page, organisations.current, first=after is None)
    await show(callback, screen)


def _key(press: CasesListed) -> tuple[date, int] | None:
    """Return the key of the page; forged numbers begin the list."""
    if not 0 < press.due <= date.max.toordinal():
        return None
    return date.fromordinal(press.due), press.after


def router() -> Router:
    """Return the router of the desk: /digest, its menu button and its lists."""
    router = Router(name="official desk")
    router.message.register(open_desk, Command("digest"))
    router.message.register(open_desk, MenuButton(OFFICIAL_DESK))
    router.callback_query.register(open_desk, Pressed(DeskOpened))
    router.callback_query.register(open_list, Pressed(CasesListed))
    return router
