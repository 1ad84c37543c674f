"""The desk of appeals: what waits, the next one, being on duty."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.appeals.callbacks import AppealsDesk, DutySet, NextTaken
from handlers.operator.appeals.search import forget
from handlers.operator.appeals.showing import show_card
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.operator_desk import appeals_desk_screen
from services.appeals.lists import desk_facts
from services.appeals.queue import take_next
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.duty import set_duty
from services.people.model import Person
from storage.database import Database


async def open_desk(
    event: Event, state: FSMContext, person: Person, db: Database, clock: Clock
) -> None:
    """Show what waits; what was being written stays as a draft."""
    await state.set_state(None)
    await forget(state)
    await _show(event, person, db, clock)


async def take(
    callback: CallbackQuery,
    press: NextTaken,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Lend the most urgent appeal that nobody works on and show it."""
    taken = await db.write(take_next, person.id, clock.now(), press.after)
    if taken is None:
        await acknowledge(callback, _("Nothing else waits in the queue now."))
        return
    await show_card(
        callback, taken, person=person, organisations=organisations, db=db, clock=clock
    )


async def change_duty(
    callback: CallbackQuery, press: DutySet, person: Person, db: Database, clock: Clock
) -> None:
    """Go on duty, or off, and show the desk with that."""
    await db.write(set_duty, person.id, clock.now(), on=press.on)
    await _show(callback, person, db, clock)


async def _show(event: Event, person: Person, db: Database, clock: Clock) -> None:
    await show(event, appeals_desk_screen(await db.read(desk_facts, person.id, clock.now())))


def router() -> Router:
    """Return the router of the desk of appeals and /queue."""
    router = Router(name="desk of appeals")
    staff = Works(Deed.READ_QUEUE)
    router.message.register(open_desk, Command("queue"), staff)
    router.callback_query.register(open_desk, Pressed(AppealsDesk), staff)
    router.callback_query.register(take, Pressed(NextTaken), staff)
    router.callback_query.register(change_duty, Pressed(DutySet), staff)
    return router
