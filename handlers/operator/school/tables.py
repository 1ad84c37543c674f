"""Who came, brought as a table.

Which programme's screen one came from, and the last document that was heard, stand under
`attendance_table` in the conversation.
"""

import asyncio
from typing import Any

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.table_taking import fetched
from handlers.screen import show
from handlers.text import _
from handlers.views.school_callbacks import AttendanceTableAsked
from handlers.views.school_screens import attendance_table_screen, table_taken_screen
from handlers.views.table_faults import faults_text
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from services.programmes.attendance_table import FORMS, import_table
from services.tables.model import BadTable
from services.tables.reading import read_table
from storage.database import Database

_KEY = "attendance_table"


class BringingAttendance(StatesGroup):
    """What the bot waits for."""

    table = State()


async def ask(callback: CallbackQuery, press: AttendanceTableAsked, state: FSMContext) -> None:
    """Ask for a table."""
    await state.set_state(BringingAttendance.table)
    kept = await _kept(state)
    await state.update_data({_KEY: {**kept, "programme": press.programme}})
    await show(callback, attendance_table_screen(press.programme))


async def take(
    message: Message, bot: Bot, person: Person, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    kept = await _kept(state)
    programme = kept.get("programme", 0)
    if message.document is None or message.message_id <= kept.get("heard", 0):
        return
    try:
        data = await fetched(bot, message.document)
        table = await asyncio.to_thread(read_table, data, message.document.file_name or "", FORMS)
        imported = await db.write(import_table, person.id, table, clock.now())
    except BadTable as bad:
        screen = attendance_table_screen(programme, faults_text(bad.faults, FORMS))
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, attendance_table_screen(programme, problem))
        return
    else:
        screen = table_taken_screen(programme, imported.rows, imported.changes)
    await state.update_data({_KEY: {**kept, "heard": message.message_id}})
    await show(message, screen)


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that a document is asked for."""
    problem = _("Please send a table with the ending .xlsx or .csv.")
    programme = (await _kept(state)).get("programme", 0)
    await show(message, attendance_table_screen(programme, problem))


async def _kept(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


def router() -> Router:
    """Return the router of the button."""
    router = Router(name="school: tables")
    router.callback_query.register(
        ask, Pressed(AttendanceTableAsked), Works(Deed.IMPORT_ATTENDANCE)
    )
    return router


def words() -> Router:
    """Return the router of the document."""
    router = Router(name="school: a table sent")
    router.message.filter(Works(Deed.IMPORT_ATTENDANCE), StateFilter(BringingAttendance.table))
    router.message.register(take, Has("document"))
    router.message.register(take_something_else, Words())
    router.message.register(take_something_else, NotWords())
    return router
