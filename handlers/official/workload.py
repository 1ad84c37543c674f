"""/workload: per official what waits, what is late, and what the answers came to."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.official.workload_callbacks import WorkloadShown
from handlers.screen import Event, show
from handlers.views.workload import workload_screen
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from services.performance.workload import read_workload
from storage.database import Database

PAGE = 5


async def open_workload(
    message: Message,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the first page of the last 30 days."""
    await _show(message, WorkloadShown(), person, organisations, db, clock)
    await state.set_state(None)


async def turn(
    callback: CallbackQuery,
    press: WorkloadShown,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show another page or other days."""
    await _show(callback, press, person, organisations, db, clock)


async def _show(
    event: Event,
    press: WorkloadShown,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    after = (press.overdue, press.open, press.after) if press.after else None
    today = local_date(clock.now())
    page = await db.read(read_workload, person.id, press.stretch, today, after=after, limit=PAGE)
    await show(event, workload_screen(page, organisations.current, first=after is None))


def router() -> Router:
    """Return the router of the workload."""
    router = Router(name="workload")
    staff = Works(Deed.READ_WORKLOAD)
    router.message.register(open_workload, Command("workload"), staff)
    router.callback_query.register(turn, Pressed(WorkloadShown), staff)
    return router
