"""The Road Map as a table: brought whole as a document, and given out."""

import asyncio
from dataclasses import replace

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.roadmap_editing.desk import EditDesk
from handlers.operator.roadmap_editing.sheet import Editing, keep, sheet_of
from handlers.operator.table_taking import fetched
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import _, current_language
from handlers.views.roadmap_editing_callbacks import TableAsked, TableSent
from handlers.views.roadmap_tables import imported_screen, table_screen
from handlers.views.table_faults import faults_text
from services.exports.kinds import Export
from services.exports.plain import note_file
from services.people.deeds import Deed
from services.roadmap.exporting import export_table, table_csv, table_xlsx
from services.roadmap.importing import import_table
from services.roadmap.table import FORMS, Sheet
from services.tables.model import BadTable
from services.tables.reading import read_table


async def ask(callback: CallbackQuery, edit: EditDesk) -> None:
    """Ask for a table."""
    await edit.state.set_state(Editing.table)
    await show(callback, table_screen())


async def take(message: Message, edit: EditDesk) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    sheet = await sheet_of(edit.state)
    if message.document is None or message.message_id <= sheet.heard:
        return
    try:
        data = await fetched(edit.bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        now = edit.clock.now()
        imported = await edit.db.write(import_table, edit.person.id, table, now)
    except BadTable as bad:
        await keep(edit.state, replace(sheet, heard=message.message_id))
        await show(message, table_screen(faults_text(bad.faults, FORMS)))
        return
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, table_screen(problem))
        return
    await keep(edit.state, replace(sheet, heard=message.message_id))
    await show(message, imported_screen(imported))


async def take_something_else(message: Message) -> None:
    """Say that a document is asked for."""
    await show(message, table_screen(_("Please send a table with the ending .xlsx or .csv.")))


async def give_out(callback: CallbackQuery, press: TableSent, edit: EditDesk) -> None:
    """Send everything below: as one book, or as a file for each kind of row."""
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    language = current_language()
    export = await edit.db.read(export_table, edit.person.id, language)
    await edit.db.write(note_file, Export.ROADMAP, "", edit.person.id, edit.clock.now())
    if press.book:
        data = await asyncio.to_thread(table_xlsx, export, language)
        await callback.message.answer_document(BufferedInputFile(data, "roadmap.xlsx"))
        return
    for sheet in Sheet:
        file = BufferedInputFile(table_csv(export, sheet, language), f"{sheet}.csv")
        await callback.message.answer_document(file)


def router() -> Router:
    """Return the router of the buttons; for administrators."""
    router = provide(Router(name="road map tables"), "edit", EditDesk)
    router.callback_query.filter(Works(Deed.IMPORT_ROADMAP))
    router.callback_query.register(ask, Pressed(TableAsked))
    router.callback_query.register(give_out, Pressed(TableSent))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="road map tables sent"), "edit", EditDesk)
    router.message.filter(Works(Deed.IMPORT_ROADMAP))
    router.message.register(take, StateFilter(Editing.table), Has("document"))
    router.message.register(take_something_else, StateFilter(Editing.table), Words())
    router.message.register(take_something_else, StateFilter(Editing.table), NotWords())
    return router
