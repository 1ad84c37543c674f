"""One appeal before its official, from a list of their cases."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed
from handlers.official.callbacks import AnswerDropped, CaseOpened
from handlers.screen import show
from handlers.views.official import case_screen
from services.appeals.dossier import open_dossier
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database


async def open_card(
    callback: CallbackQuery,
    press: CaseOpened | AnswerDropped,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the appeal; an answer that was being written is left where it is."""
    case = await db.write(open_dossier, press.appeal, person.id, clock.now())
    await state.set_state(None)
    await show(callback, case_screen(case, press.kind, organisations.current))


def router() -> Router:
    """Return the router of cases."""
    router = Router(name="official case")
    router.callback_query.register(open_card, Pressed(CaseOpened))
    router.callback_query.register(open_card, Pressed(AnswerDropped))
    return router
