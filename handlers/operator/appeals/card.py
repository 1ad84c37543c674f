"""One appeal before its handler: its parts and its history, and who works on it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.inspection import Inspection
from handlers.operator.appeals.callbacks import (
    AppealMore,
    AppealOpened,
    AppealPart,
    Assigned,
    AssigneeAsked,
    HistoryShown,
    Part,
    WorkBegun,
    WorkReleased,
)
from handlers.operator.appeals.files import send_files
from handlers.operator.appeals.parts import send_place, send_texts
from handlers.operator.appeals.showing import show_card, tell_refusal
from handlers.screen import acknowledge, show
from handlers.views.appeal_history import history_screen
from handlers.views.operator_appeal import more_screen
from handlers.views.operator_desk import colleagues_screen
from services.appeals.dossier import open_dossier
from services.appeals.history import open_history
from services.appeals.queue import assign, begin, release
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.colleagues import list_colleagues
from services.people.deeds import Deed
from services.people.model import Person
from services.refusal import Refusal
from storage.database import Database

_COLLEAGUES = 8


async def open_card(
    callback: CallbackQuery,
    press: AppealOpened,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the appeal; what was being written to it stays as a draft."""
    await state.set_state(None)
    await show_card(
        callback,
        press.appeal,
        person=person,
        organisations=organisations,
        db=db,
        clock=clock,
        source=press.source,
        of=press.of,
    )


async def open_more(
    callback: CallbackQuery,
    press: AppealMore,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the appeal with the less frequent actions."""
    dossier = await db.write(open_dossier, press.appeal, person.id, clock.now())
    await show(callback, more_screen(dossier, organisations.current, press.source, press.of))


async def show_part(
    callback: CallbackQuery,
    press: AppealPart,
    person: Person,
    db: Database,
    clock: Clock,
    inspection: Inspection,
) -> None:
    """Send what was asked for below the card."""
    now = clock.now()
    dossier = await db.write(open_dossier, press.appeal, person.id, now)
    await acknowledge(callback)
    message = callback.message
    if not isinstance(message, Message):
        return
    match press.part:
        case Part.TEXT:
            moments = await db.write(open_history, press.appeal, person.id, now)
            await send_texts(message, dossier.card, moments)
        case Part.FILES:
            await send_files(
                message, dossier.card, person.id, db=db, inspection=inspection, now=now
            )
        case Part.MAP:
            await send_place(message, dossier.card)


async def show_history(
    callback: CallbackQuery,
    press: HistoryShown,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show a page of what happened and what was said."""
    now = clock.now()
    moments = await db.write(open_history, press.appeal, person.id, now)
    dossier = await db.write(open_dossier, press.appeal, person.id, now)
    page = max(press.page, 0)
    seen = (press.appeal, dossier.card.number)
    await show(callback, history_screen(*seen, moments, page, organisations.current))


async def ask_whom(
    callback: CallbackQuery, press: AssigneeAsked, person: Person, db: Database
) -> None:
    """Show the staff by name."""
    found = await db.read(list_colleagues, person.id, after=press.after, limit=_COLLEAGUES)
    await show(callback, colleagues_screen(press.appeal, press.version, found, press.after))


async def change_hands(
    callback: CallbackQuery,
    press: WorkBegun | WorkReleased | Assigned,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Take the appeal, give it back or hand it to a colleague, and show it as it is now."""
    seen, now = (press.appeal, press.version, person.id), clock.now()
    try:
        match press:
            case WorkBegun():
                await db.write(begin, *seen, now)
            case WorkReleased():
                await db.write(release, *seen, now)
            case Assigned():
                await db.write(assign, *seen, press.person, now)
    except Refusal as refusal:
        await tell_refusal(callback, refusal)
    await show_card(
        callback, press.appeal, person=person, organisations=organisations, db=db, clock=clock
    )


def router() -> Router:
    """Return the router of appeals before their handlers."""
    router = Router(name="appeal before its handler")
    staff, desk = Works(Deed.READ_APPEAL), Works(Deed.ASSIGN)
    router.callback_query.register(open_card, Pressed(AppealOpened), staff)
    router.callback_query.register(open_more, Pressed(AppealMore), staff)
    router.callback_query.register(show_part, Pressed(AppealPart), staff)
    router.callback_query.register(show_history, Pressed(HistoryShown), staff)
    router.callback_query.register(change_hands, Pressed(WorkBegun), staff)
    router.callback_query.register(change_hands, Pressed(WorkReleased), staff)
    router.callback_query.register(ask_whom, Pressed(AssigneeAsked), desk)
    router.callback_query.register(change_hands, Pressed(Assigned), desk)
    return router
