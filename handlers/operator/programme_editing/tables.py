"""A table of programmes, brought as a document: all of it is taken in, or nothing."""

import asyncio
from dataclasses import replace

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.programme_editing.desk import ProgrammeDesk, ProgrammeWriting
from handlers.operator.table_taking import fetched
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import _, current_language
from handlers.views.programme_desk import table_screen
from handlers.views.programme_desk_callbacks import ProgrammeTableAsked, ProgrammeTableGiven
from handlers.views.table_faults import faults_text
from services.people.deeds import Deed
from services.programmes.importing import FORMS, example, import_table
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_xlsx


async def ask(callback: CallbackQuery, editing: ProgrammeDesk) -> None:
    """Ask for a table."""
    await editing.state.set_state(ProgrammeWriting.table)
    await show(callback, table_screen())


async def give_example(callback: CallbackQuery) -> None:
    """Send a small sound table."""
    await acknowledge(callback)
    if isinstance(callback.message, Message):
        language = current_language()
        data = await asyncio.to_thread(to_xlsx, FORMS, example(language), language)
        await callback.message.answer_document(BufferedInputFile(data, "programmes.xlsx"))


async def take(message: Message, editing: ProgrammeDesk) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    sheet = await editing.sheet()
    if message.document is None or message.message_id <= sheet.heard:
        return
    try:
        data = await fetched(editing.bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        by, now = editing.person.id, editing.clock.now()
        imported = await editing.db.write(import_table, by, table, now)
    except BadTable as bad:
        await editing.keep(replace(sheet, heard=message.message_id))
        await show(message, table_screen(faults_text(bad.faults, FORMS)))
        return
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, table_screen(problem))
        return
    await editing.keep(replace(sheet, heard=message.message_id))
    note = _("✅ Taken in. Rows: {rows}, changes: {changes}. Programmes are drafts until opened.")
    await show(message, table_screen(note.format(rows=imported.rows, changes=imported.changes)))


async def take_something_else(message: Message) -> None:
    """Say that a document is asked for."""
    await show(message, table_screen(_("Please send a table with the ending .xlsx or .csv.")))


def router() -> Router:
    """Return the router of the button."""
    router = provide(Router(name="programme tables"), "editing", ProgrammeDesk)
    router.callback_query.filter(Works(Deed.IMPORT_PROGRAMMES))
    router.callback_query.register(ask, Pressed(ProgrammeTableAsked))
    router.callback_query.register(give_example, Pressed(ProgrammeTableGiven))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="programme tables sent"), "editing", ProgrammeDesk)
    router.message.filter(Works(Deed.IMPORT_PROGRAMMES))
    waiting = StateFilter(ProgrammeWriting.table)
    router.message.register(take, waiting, Has("document"))
    router.message.register(take_something_else, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
