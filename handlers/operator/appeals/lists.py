"""Lists of open appeals, and by what to narrow them."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.appeals.callbacks import AppealsListed, ListsShown
from handlers.screen import show
from handlers.views.operator_desk import list_screen, lists_screen, regions_screen, topics_screen
from services.appeals.lists import Listed, list_appeals
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from storage.database import Database

_PAGE = 8


async def choose(callback: CallbackQuery, press: ListsShown, organisations: Organisations) -> None:
    """Ask for the region, for the topic, or for which list."""
    match press.kind:
        case Listed.REGION:
            await show(callback, regions_screen())
        case Listed.TOPIC:
            await show(callback, topics_screen(organisations.current))
        case _:
            await show(callback, lists_screen())


async def open_list(
    callback: CallbackQuery,
    press: AppealsListed,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show a page of a list, by key."""
    today, after = local_date(clock.now()), _key(press)
    page = await db.read(
        list_appeals, person.id, press.kind, press.of, today, after=after, limit=_PAGE
    )
    first = after is None
    screen = list_screen(press.kind, press.of, page, organisations.current, first=first)
    await show(callback, screen)


def _key(press: AppealsListed) -> tuple[date, int] | None:
    """Return the key of the page; forged numbers begin the list."""
    if not 0 < press.due <= date.max.toordinal():
        return None
    return date.fromordinal(press.due), press.after


def router() -> Router:
    """Return the router of lists."""
    router = Router(name="lists of appeals")
    staff = Works(Deed.READ_QUEUE)
    router.callback_query.register(choose, Pressed(ListsShown), staff)
    router.callback_query.register(open_list, Pressed(AppealsListed), staff)
    return router
