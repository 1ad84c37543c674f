"""Files that hold personal data: why they are needed, who else agrees, and the file once.

The reason is kept under `export` in the conversation until it was asked with.
"""

import asyncio
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.papers import Papers
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.approval_callbacks import FileTaken
from handlers.views.export_callbacks import ExportAsked, ExportSent
from handlers.views.export_files import file_name, sheets_of
from handlers.views.export_screens import check_screen, why_screen
from handlers.views.poll_report import report_paper
from handlers.views.second_person import second_asked_screen
from services.appeals.reasons import checked_reason
from services.clock import Clock
from services.delivery.approval import EXPORT, EYES, others_who_may
from services.delivery.requests import find_request
from services.exports.asking import Taken, ask_export, describe_export, take_export
from services.exports.kinds import Export
from services.people.deeds import Deed
from services.people.model import Person
from services.refusal import Refusal
from storage.database import Database

_KEY = "export"


class Exporting(StatesGroup):
    """Somebody writes why a file is needed."""

    reason = State()


async def begin(
    callback: CallbackQuery,
    press: ExportAsked,
    state: FSMContext,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Say what the file holds, and ask why it is needed."""
    kind, of = press.kind, press.of
    scope = await db.read(describe_export, kind, of, person.id, clock.now())
    heard = (await _kept(state)).get("heard", 0)
    await state.update_data({_KEY: {"kind": kind.value, "of": of, "heard": heard}})
    await state.set_state(Exporting.reason)
    await show(callback, why_screen(kind, of, scope))


async def take_reason(
    message: Message, words: str, state: FSMContext, db: Database, person: Person, clock: Clock
) -> None:
    """Keep the reason and show it once before anybody is asked; newer words replace older ones."""
    kept = await _kept(state)
    if "kind" not in kept or message.message_id <= kept["heard"]:
        return
    kind, of = Export(kept["kind"]), kept["of"]
    scope = await db.read(describe_export, kind, of, person.id, clock.now())
    try:
        reason = checked_reason(words)
    except Refusal as refusal:
        await state.update_data({_KEY: {"kind": kind.value, "of": of, "heard": kept["heard"]}})
        await show(message, why_screen(kind, of, scope, _(refusal.message)))
        return
    heard = message.message_id
    await state.update_data({_KEY: kept | {"heard": heard, "reason": reason}})
    await show(message, check_screen(kind, of, scope, reason, heard))


async def take_something_else(
    message: Message, state: FSMContext, db: Database, person: Person, clock: Clock
) -> None:
    """Say that words are asked for."""
    kept = await _kept(state)
    if "kind" in kept:
        kind, of = Export(kept["kind"]), kept["of"]
        scope = await db.read(describe_export, kind, of, person.id, clock.now())
        problem = _("Please write it as a text message.")
        await show(message, why_screen(kind, of, scope, problem))


async def ask(
    callback: CallbackQuery,
    press: ExportSent,
    state: FSMContext,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Ask with the reason that was shown; pressed again, or on an older screen, show the way."""
    kept = await _kept(state)
    now = clock.now()
    seen = {"kind": press.kind.value, "of": press.of, "heard": press.message}
    if kept.get("asked") == seen:
        await _show_asked(callback, kept["approval"], db, person)
        return
    if "reason" not in kept or any(kept.get(name) != value for name, value in seen.items()):
        scope = await db.read(describe_export, press.kind, press.of, person.id, now)
        await show(callback, why_screen(press.kind, press.of, scope))
        return
    approval = await db.write(
        ask_export, press.kind, press.of, person.id, press.message, kept["reason"], now
    )
    asked = {"heard": press.message, "asked": seen, "approval": approval.id}
    await state.update_data({_KEY: asked})
    await state.set_state(None)
    await _show_asked(callback, approval.id, db, person)


async def take(
    callback: CallbackQuery,
    press: FileTaken,
    db: Database,
    person: Person,
    clock: Clock,
    papers: Papers,
) -> None:
    """Make the file that was let out at this moment, and send it below."""
    now = clock.now()
    taken = await db.write(take_export, press.approval, person.id, now)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    if taken.kind is Export.NAMED:
        document = await papers.book(report_paper(taken.data, now))
    else:
        # Many answers take seconds to cover: others are served meanwhile.
        sheets = await asyncio.to_thread(sheets_of, taken, now)
        document = await papers.rows(sheets)
    await callback.message.answer_document(_file(document, taken, now))


def _file(document: bytes, taken: Taken, now: datetime) -> BufferedInputFile:
    return BufferedInputFile(document, file_name(taken, now))


async def _show_asked(
    callback: CallbackQuery, approval: int, db: Database, person: Person
) -> None:
    request = await db.read(find_request, approval, person.id)
    others = await db.read(others_who_may, person.id, EYES[EXPORT])
    await show(callback, second_asked_screen(request, len(others)))


async def _kept(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


def router() -> Router:
    """Return the router of files that need a second person."""
    router = Router(name="exports")
    staff = Works(Deed.ASK_EXPORT)
    router.callback_query.register(begin, Pressed(ExportAsked), staff)
    router.callback_query.register(ask, Pressed(ExportSent), staff)
    router.callback_query.register(take, Pressed(FileTaken), staff)
    return router


def words() -> Router:
    """Return the router of the reason; it stands after all menus."""
    router = Router(name="exports: words")
    waiting, staff = StateFilter(Exporting.reason), Works(Deed.ASK_EXPORT)
    router.message.register(take_reason, waiting, staff, Words())
    router.message.register(take_something_else, waiting, staff, NotWords())
    return router
