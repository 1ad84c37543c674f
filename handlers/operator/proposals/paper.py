"""Bringing a table of proposals that were collected on paper."""

import asyncio

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.buttons import back, button, keyboard
from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.proposals.desk import Moderating, ProposalDesk
from handlers.operator.table_taking import fetched
from handlers.screen import Screen, show
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.proposal_callbacks import BoardShown, PaperAsked
from handlers.views.proposal_words import BOARD
from handlers.views.table_faults import faults_text
from services.people.deeds import Deed
from services.proposals.importing import FORMS, example, import_table
from services.tables.model import BadTable, Imported
from services.tables.reading import read_table
from services.tables.writing import to_xlsx


async def ask(callback: CallbackQuery, desk: ProposalDesk) -> None:
    """Ask for a table, and send an example of one."""
    await desk.state.set_state(Moderating.table)
    language = current_language()
    data = await asyncio.to_thread(to_xlsx, FORMS, example(language), language)
    await show(callback, _screen())
    if isinstance(callback.message, Message):
        await callback.message.answer_document(BufferedInputFile(data, "proposals.xlsx"))


async def take(message: Message, desk: ProposalDesk) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    draft = await desk.draft()
    if message.document is None or message.message_id <= draft.get("message", 0):
        return
    try:
        data = await fetched(desk.bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        done = await desk.db.write(import_table, desk.person.id, table, desk.clock.now())
    except BadTable as bad:
        await desk.keep({**draft, "message": message.message_id})
        await show(message, _screen(f"⚠️ {faults_text(bad.faults, FORMS)}"))
        return
    except (TelegramAPIError, TimeoutError, OSError):
        await show(message, _screen(_("The file could not be fetched. Please send it again.")))
        return
    await desk.keep({**draft, "message": message.message_id})
    await show(message, _done(done))


async def take_something_else(message: Message) -> None:
    """Say that a document is asked for."""
    await show(message, _screen(_("Please send a table with the ending .xlsx or .csv.")))


def _screen(problem: str = "") -> Screen:
    text = _(
        "Send a table as a document: CSV or XLSX, with the columns of the example. Names, "
        "telephones and addresses have no place in it: the board shows what is taken in at once. "
        "If something is wrong, nothing is taken in, and you see every mistake by its row."
    )
    parts = [part for part in (problem, bold(_("📥 Proposals collected on paper")), text) if part]
    return Screen("\n\n".join(parts), keyboard([back(PartyDeskShown())]))


def _done(done: Imported) -> Screen:
    lines = [bold(_("✅ The table is taken in.")), ""]
    lines.append(_("Rows: {count}").format(count=done.rows))
    lines.append(_("New on the board: {count}").format(count=done.changes))
    board = [button(_(BOARD), BoardShown())]
    return Screen("\n".join(lines), keyboard(board, [back(PartyDeskShown())]))


def router() -> Router:
    """Return the router of the button; for administrators."""
    router = Router(name="proposals on paper")
    router.callback_query.register(ask, Pressed(PaperAsked), Works(Deed.IMPORT_PROPOSALS))
    return router


def words() -> Router:
    """Return the router of the document."""
    router = Router(name="proposals on paper sent")
    router.message.filter(Works(Deed.IMPORT_PROPOSALS))
    router.message.register(take, StateFilter(Moderating.table), Has("document"))
    router.message.register(take_something_else, StateFilter(Moderating.table), Words())
    router.message.register(take_something_else, StateFilter(Moderating.table), NotWords())
    return router
