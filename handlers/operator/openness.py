"""Administrators bring earlier months and correct those that are out, with a second person.

What is being corrected stands under `openness` in the conversation until it was asked for.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

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
from handlers.screen import Event, show
from handlers.text import N_, _, current_language
from handlers.views.openness_callbacks import (
    OpennessAsked,
    OpennessBrought,
    OpennessDecided,
    OpennessDesk,
    OpennessEdited,
    OpennessOpened,
    OpennessRecounted,
)
from handlers.views.openness_correcting import (
    asked_screen,
    check_screen,
    desk_screen,
    edit_screen,
    imported_screen,
    reason_screen,
    table_screen,
)
from handlers.views.table_faults import faults_text
from services.clock import Clock
from services.openness import correcting
from services.openness.correcting import LONGEST_REASON, Reasons
from services.openness.figures import Cell, Figures, Month
from services.openness.importing import FORMS, check_correction, example, import_table
from services.openness.reading import cell_of, existing_month, figures_of, months_out
from services.organisation.directory import Organisation, Organisations
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.refusal import Refusal
from services.tables.model import BadTable, Table
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.database import Database

_KEY = "openness"
_MONTHS = 8
_WAITING = 8


class Correcting(StatesGroup):
    """What the bot waits for."""

    table = State()
    reason_kk = State()
    reason_ru = State()


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """The conversation of an administrator or an auditor, and where figures are kept."""

    state: FSMContext
    person: Person
    organisations: Organisations
    db: Database
    clock: Clock
    bot: Bot

    @property
    def organisation(self) -> Organisation:
        """The party's data of this moment."""
        return self.organisations.current

    async def kept(self) -> dict[str, Any]:
        """Return what is in hand."""
        return (await self.state.get_data()).get(_KEY) or {"heard": 0}

    async def keep(self, kept: Mapping[str, Any]) -> None:
        """Keep what is in hand."""
        await self.state.update_data({_KEY: dict(kept)})


async def show_desk(callback: CallbackQuery, desk: OpenDesk) -> None:
    """Show the newest months, and what waits for a second person."""
    await desk.state.set_state(None)
    found = await desk.db.read(months_out, _MONTHS)
    waiting: tuple[correcting.Asked, ...] = ()
    if may_somewhere(desk.person.roles, Deed.LET_OPENNESS):
        waiting = await desk.db.read(correcting.waiting_corrections, desk.person.id, _WAITING)
    may = may_somewhere(desk.person.roles, Deed.CORRECT_OPENNESS)
    await show(callback, desk_screen(found if may else (), waiting, may_bring=may))


async def show_month(callback: CallbackQuery, press: OpennessEdited, desk: OpenDesk) -> None:
    """Show how a month may be corrected."""
    await desk.state.set_state(None)
    month = await desk.db.read(existing_month, date.fromisoformat(press.month))
    await show(callback, edit_screen(month))


async def ask_table(callback: CallbackQuery, press: OpennessBrought, desk: OpenDesk) -> None:
    """Ask for a table, with an example of one."""
    heard = (await desk.kept())["heard"]
    await desk.keep({"month": press.month, "heard": heard})
    await desk.state.set_state(Correcting.table)
    await show(callback, table_screen(press.month))
    if isinstance(callback.message, Message):
        language = current_language()
        data = await asyncio.to_thread(to_xlsx, FORMS, example(language), language)
        await callback.message.answer_document(BufferedInputFile(data, "openness-example.xlsx"))


async def take_table(message: Message, desk: OpenDesk) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    kept = await desk.kept()
    if message.document is None or message.message_id <= kept["heard"]:
        return
    month = kept.get("month", "")
    kept = {"month": month, "heard": message.message_id}
    try:
        data = await fetched(desk.bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        await _take(message, desk, table, kept)
    except BadTable as bad:
        await desk.keep(kept)
        await show(message, table_screen(month, faults_text(bad.faults, FORMS)))
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, table_screen(month, problem))


async def _take(message: Message, desk: OpenDesk, table: Table, kept: Mapping[str, Any]) -> None:
    now = desk.clock.now()
    if not kept["month"]:
        imported = await desk.db.write(import_table, desk.person.id, table, now)
        await desk.keep(kept)
        await show(message, imported_screen(imported))
        return
    month = date.fromisoformat(kept["month"])
    figures = await desk.db.read(check_correction, table, month, now)
    try:
        await _propose(message, desk, month, figures, kept["heard"])
    except Refusal as refusal:
        await desk.keep(kept)
        await show(message, table_screen(kept["month"], _(refusal.message)))


async def ask_for_table(message: Message, desk: OpenDesk) -> None:
    """Say that a document is asked for."""
    kept = await desk.kept()
    problem = _("Please send a table with the ending .xlsx or .csv.")
    await show(message, table_screen(kept.get("month", ""), problem))


async def recount(callback: CallbackQuery, press: OpennessRecounted, desk: OpenDesk) -> None:
    """Count a month anew, and show what would change."""
    month = date.fromisoformat(press.month)
    figures = await desk.db.read(correcting.recount, desk.person.id, month)
    await _propose(callback, desk, month, figures, (await desk.kept())["heard"])


async def _propose(event: Event, desk: OpenDesk, month: date, figures: Month, heard: int) -> None:
    """Keep the figures that shall be, show what changes, and ask for the first reason."""
    changes, hidden = await desk.db.read(correcting.changes_of, month, figures)
    rows = [{**asdict(cell), **each.as_json()} for cell, each in sorted(figures.items())]
    await desk.keep({"month": month.isoformat(), "heard": heard, "figures": rows})
    await desk.state.set_state(Correcting.reason_kk)
    await show(event, reason_screen(month, changes, hidden, desk.organisation))


async def take_reason_kk(message: Message, words: str, desk: OpenDesk) -> None:
    """Keep the reason in Kazakh and ask for it in Russian."""
    kept = await desk.kept()
    if message.message_id <= kept["heard"] or "figures" not in kept:
        return
    if problem := _length_problem(words):
        await show(message, check_screen(None, problem, "kk"))
        return
    await desk.keep({**kept, "heard": message.message_id, "kk": words.strip()})
    await desk.state.set_state(Correcting.reason_ru)
    await show(message, check_screen(None, "", "ru"))


async def take_reason_ru(message: Message, words: str, desk: OpenDesk) -> None:
    """Keep the reason in Russian and show both before anybody is asked; newer words count."""
    kept = await desk.kept()
    if message.message_id <= kept["heard"] or "kk" not in kept:
        return
    if problem := _length_problem(words):
        await show(message, check_screen(None, problem, "ru"))
        return
    kept = {**kept, "heard": message.message_id, "ru": words.strip()}
    await desk.keep(kept)
    await show(message, check_screen(Reasons(kept["kk"], kept["ru"]), "", "", kept["heard"]))


async def ask_for_words(message: Message) -> None:
    """Say that words are asked for."""
    await show(message, check_screen(None, _("Please write it as a text message."), ""))


async def ask_second(callback: CallbackQuery, press: OpennessAsked, desk: OpenDesk) -> None:
    """Ask others to let it through; pressed again, show how it stands."""
    kept = await desk.kept()
    by = desk.person.id
    if "correction" in kept and kept["heard"] == press.message:
        asked = await desk.db.read(correcting.find_correction, by, kept["correction"])
        await show(callback, asked_screen(asked, by, desk.organisation))
        return
    if "ru" not in kept or kept["heard"] != press.message:
        raise Refusal(N_("This has changed meanwhile. Please open it again."))
    month = date.fromisoformat(kept["month"])
    figures: dict[Cell, Figures] = {cell_of(row): figures_of(row) for row in kept["figures"]}
    reasons = Reasons(kept["kk"], kept["ru"])
    now = desk.clock.now()
    asked = await desk.db.write(
        correcting.ask_correction, by, month, figures, reasons, press.message, now
    )
    await desk.keep({"heard": press.message, "correction": asked.id})
    await desk.state.set_state(None)
    await show(callback, asked_screen(asked, by, desk.organisation))


async def open_correction(callback: CallbackQuery, press: OpennessOpened, desk: OpenDesk) -> None:
    """Show a correction that is asked for."""
    by = desk.person.id
    asked = await desk.db.read(correcting.find_correction, by, press.correction)
    await show(callback, asked_screen(asked, by, desk.organisation))


async def decide(callback: CallbackQuery, press: OpennessDecided, desk: OpenDesk) -> None:
    """Let a correction through or not; decided already, show how it stands."""
    by, now = desk.person.id, desk.clock.now()
    asked = await desk.db.write(
        correcting.decide_correction, by, press.correction, now, through=press.through
    )
    await show(callback, asked_screen(asked, by, desk.organisation))


def _length_problem(words: str) -> str:
    if 0 < len(words.strip()) <= LONGEST_REASON:
        return ""
    return _("The reason may have up to {most} characters.").format(most=LONGEST_REASON)


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="openness desk"), "desk", OpenDesk)
    both = Works(Deed.CORRECT_OPENNESS, Deed.LET_OPENNESS)
    own, second = Works(Deed.CORRECT_OPENNESS), Works(Deed.LET_OPENNESS)
    router.callback_query.register(show_desk, Pressed(OpennessDesk), both)
    router.callback_query.register(open_correction, Pressed(OpennessOpened), both)
    router.callback_query.register(decide, Pressed(OpennessDecided), second)
    router.callback_query.register(show_month, Pressed(OpennessEdited), own)
    router.callback_query.register(ask_table, Pressed(OpennessBrought), own)
    router.callback_query.register(recount, Pressed(OpennessRecounted), own)
    router.callback_query.register(ask_second, Pressed(OpennessAsked), own)
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="openness desk: words"), "desk", OpenDesk)
    router.message.filter(Works(Deed.CORRECT_OPENNESS))
    waiting = StateFilter(Correcting.table)
    router.message.register(take_table, waiting, Has("document"))
    router.message.register(ask_for_table, waiting, Words())
    router.message.register(ask_for_table, waiting, NotWords())
    router.message.register(take_reason_kk, StateFilter(Correcting.reason_kk), Words())
    router.message.register(take_reason_ru, StateFilter(Correcting.reason_ru), Words())
    reasons = StateFilter(Correcting.reason_kk, Correcting.reason_ru)
    router.message.register(ask_for_words, reasons, NotWords())
    return router
