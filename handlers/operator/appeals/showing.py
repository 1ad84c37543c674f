"""Showing an appeal to a member of staff after whatever was done with it."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from handlers.official.callbacks import CasesListed
from handlers.operator.appeals.callbacks import AppealsDesk, AppealsListed, FoundMore
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.operator_appeal import card_screen
from services.appeals.dossier import open_dossier
from services.appeals.lists import Listed
from services.appeals.rights import DESK
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person
from services.refusal import Refusal
from services.roadmap.desk import CaseList
from storage.database import Database


async def show_card(
    event: Event,
    appeal: int,
    *,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
    source: Listed = Listed.NONE,
    of: str = "",
    note: str = "",
) -> None:
    """Show the appeal as it is now; `note`, Telegram HTML, stands above it.

    «Back» leads to the list that the source names, else to the person's own desk.
    """
    dossier = await db.write(open_dossier, appeal, person.id, clock.now())
    leave = way_back(person, source, of)
    screen = card_screen(dossier, organisations.current, leave, source=source, of=of, note=note)
    await show(event, screen)


async def tell_refusal(callback: CallbackQuery, refusal: Refusal) -> None:
    """Say in a pop-up why not; the present state of the appeal is shown after it."""
    await acknowledge(callback, _(refusal.message).format(**refusal.parameters))


def way_back(person: Person, source: Listed, of: str) -> CallbackData:
    """Return where «Back» leads from the card of an appeal."""
    if not any(person.is_a(role) for role in DESK):
        return CasesListed(kind=CaseList.OPEN)
    if source is Listed.NONE:
        return AppealsDesk()
    if source is Listed.FOUND:
        return FoundMore()
    return AppealsListed(kind=source, of=of)
