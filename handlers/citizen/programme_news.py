"""Getting the news of a programme in which one takes part."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.citizen.consent_needed import ask_below
from handlers.filters import Pressed
from handlers.screen import send
from handlers.views.programme_news import heard_screen
from handlers.views.school_callbacks import ProgrammeHeard
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from services.people.model import Person
from services.programmes.topics import hear_programme
from services.refusal import ConsentNeeded
from storage.database import Database


async def hear(
    callback: CallbackQuery,
    press: ProgrammeHeard,
    person: Person,
    state: FSMContext,
    db: Database,
    organisations: Organisations,
) -> None:
    """Switch it on or off; the screen of the programme above stays as it is."""
    try:
        heard = await db.write(hear_programme, person.id, press.programme, heard=press.heard)
    except ConsentNeeded:
        await ask_below(callback, ConsentKind.NEWS, state, organisations)
        return
    await send(callback, heard_screen(heard))


def router() -> Router:
    """Return the router of the button."""
    router = Router(name="news of programmes")
    router.callback_query.register(hear, Pressed(ProgrammeHeard))
    return router
