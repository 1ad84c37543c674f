"""Public councils before the staff: composition, activity of members, tables brought and taken."""

import asyncio
from dataclasses import dataclass

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.table_taking import fetched
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import _, current_language
from handlers.views.council_callbacks import (
    ActivityShown,
    CouncilDesk,
    CouncilTableAsked,
    CouncilTableSent,
    InactiveListed,
    StaffPlace,
)
from handlers.views.council_desk import (
    activity_screen,
    composition_screen,
    desk_screen,
    imported_screen,
    inactive_screen,
    table_screen,
)
from handlers.views.table_faults import faults_text
from services.clock import Clock, local_date
from services.councils.desk import read_desk, read_place
from services.councils.exporting import export_councils
from services.councils.importing import example, import_table
from services.councils.members import PAGE, activity_of, inactive_seen
from services.councils.table import FORMS
from services.exports.kinds import Export
from services.exports.plain import note_file
from services.organisation.directory import Organisations
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.database import Database

_KEY = "council_table"


class Bringing(StatesGroup):
    """What the bot waits for."""

    table = State()


@dataclass(frozen=True, slots=True)
class Keeper:
    """The conversation of a member of staff who looks after councils."""

    state: FSMContext
    person: Person
    organisations: Organisations
    db: Database
    clock: Clock
    bot: Bot


async def open_desk(callback: CallbackQuery, keeper: Keeper) -> None:
    """Show how complete the councils are."""
    await keeper.state.set_state(None)
    desk = await keeper.db.read(read_desk, keeper.person.id, keeper.clock.now())
    imports = may_somewhere(keeper.person.roles, Deed.IMPORT_COUNCILS)
    await show(callback, desk_screen(desk, imports=imports))


async def open_place(callback: CallbackQuery, press: StaffPlace, keeper: Keeper) -> None:
    """Show the composition of a place."""
    where = (press.region or None, press.district or None)
    found = await keeper.db.read(read_place, keeper.person.id, *where, keeper.clock.now())
    await show(callback, composition_screen(found))


async def open_activity(callback: CallbackQuery, press: ActivityShown, keeper: Keeper) -> None:
    """Show what the members of a council have done."""
    day = local_date(keeper.clock.now())
    council, lines = await keeper.db.read(activity_of, keeper.person.id, press.council, day)
    await show(callback, activity_screen(council, lines, keeper.organisations.current))


async def list_inactive(callback: CallbackQuery, press: InactiveListed, keeper: Keeper) -> None:
    """Show who does nothing, council by council."""
    day = local_date(keeper.clock.now())
    found = await keeper.db.read(inactive_seen, keeper.person.id, day)
    codes = [one.council.code for one in found]
    start = codes.index(press.after) + 1 if press.after in codes else 0
    page, rest = found[start : start + PAGE], found[start + PAGE :]
    organisation = keeper.organisations.current
    await show(callback, inactive_screen(page, organisation, more=bool(rest)))


async def ask_table(callback: CallbackQuery, keeper: Keeper) -> None:
    """Ask for a table."""
    await keeper.state.set_state(Bringing.table)
    await show(callback, table_screen())


async def take_table(message: Message, keeper: Keeper) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    heard = ((await keeper.state.get_data()).get(_KEY) or {}).get("heard", 0)
    if message.document is None or message.message_id <= heard:
        return
    try:
        data = await fetched(keeper.bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        now = keeper.clock.now()
        done = await keeper.db.write(import_table, keeper.person.id, table, now)
    except BadTable as bad:
        await keeper.state.update_data({_KEY: {"heard": message.message_id}})
        await show(message, table_screen(faults_text(bad.faults, FORMS)))
        return
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, table_screen(problem))
        return
    await keeper.state.update_data({_KEY: {"heard": message.message_id}})
    await keeper.organisations.refresh()
    await show(message, imported_screen(done))


async def take_something_else(message: Message) -> None:
    """Say that a document is asked for."""
    await show(message, table_screen(_("Please send a table with the ending .xlsx or .csv.")))


async def give_table(callback: CallbackQuery, press: CouncilTableSent, keeper: Keeper) -> None:
    """Send all councils as a table below, or a sample with the usual fields."""
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    spoken = current_language()
    if press.sample:
        data = await asyncio.to_thread(to_xlsx, FORMS, example(spoken), spoken)
        await callback.message.answer_document(BufferedInputFile(data, "sample.xlsx"))
        return
    data = await keeper.db.read(export_councils, keeper.person.id, spoken)
    await keeper.db.write(note_file, Export.COUNCILS, "", keeper.person.id, keeper.clock.now())
    await callback.message.answer_document(BufferedInputFile(data, "councils.xlsx"))


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="council desk"), "keeper", Keeper)
    router.callback_query.filter(Works(Deed.READ_COUNCILS))
    router.callback_query.register(open_desk, Pressed(CouncilDesk))
    router.callback_query.register(open_place, Pressed(StaffPlace))
    router.callback_query.register(open_activity, Pressed(ActivityShown))
    router.callback_query.register(list_inactive, Pressed(InactiveListed))
    router.callback_query.register(ask_table, Pressed(CouncilTableAsked))
    router.callback_query.register(give_table, Pressed(CouncilTableSent))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="council tables sent"), "keeper", Keeper)
    router.message.filter(Works(Deed.IMPORT_COUNCILS))
    router.message.register(take_table, StateFilter(Bringing.table), Has("document"))
    router.message.register(take_something_else, StateFilter(Bringing.table), Words())
    router.message.register(take_something_else, StateFilter(Bringing.table), NotWords())
    return router
