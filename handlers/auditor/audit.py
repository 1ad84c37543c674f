"""/audit: who did what, for auditors. Looking into it is written down too."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import Words
from handlers.filters import Pressed, Works
from handlers.provided import provide
from handlers.screen import Event, show
from handlers.views.audit_callbacks import AuditChecked, AuditNarrowed, AuditShown, By
from handlers.views.audit_screens import (
    case_screen,
    checked_screen,
    days_screen,
    deeds_screen,
    people_screen,
    rows_screen,
)
from services.audit.checking import check_audit
from services.audit.showing import appeal_of, days, names_of, read_audit, staff_of
from services.clock import Clock, local_date
from services.people.deeds import Deed
from services.people.model import Person
from storage.audit_reading import Wanted
from storage.database import Database

_KEY = "audit"
_PAGE = 12


class Auditing(StatesGroup):
    """The number of an appeal is awaited."""

    case = State()


@dataclass(frozen=True, slots=True)
class AuditDesk:
    """The conversation of an auditor."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock


async def begin(message: Message, desk: AuditDesk) -> None:
    """Show the newest rows."""
    await desk.state.set_state(None)
    await _show(message, AuditShown(), desk)


async def show_rows(callback: CallbackQuery, press: AuditShown, desk: AuditDesk) -> None:
    """Show the rows that were chosen."""
    await desk.state.set_state(None)
    await _show(callback, press, desk)


async def narrow(callback: CallbackQuery, press: AuditNarrowed, desk: AuditDesk) -> None:
    """Offer what rows can be narrowed to."""
    shown = AuditShown(who=press.who, what=press.what, case=press.case, day=press.day)
    match press.by:
        case By.WHO:
            found = await desk.db.read(staff_of, desk.person.id, press.after, _PAGE)
            screen = people_screen(shown, found)
        case By.WHAT:
            screen = deeds_screen(shown)
        case By.DAY:
            screen = days_screen(shown, local_date(desk.clock.now()))
        case By.CASE:
            await desk.state.update_data({_KEY: shown.model_dump()})
            await desk.state.set_state(Auditing.case)
            screen = case_screen(shown)
    await show(callback, screen)


async def take_number(message: Message, words: str, desk: AuditDesk) -> None:
    """Show the rows about the appeal of this number."""
    kept: dict[str, Any] = (await desk.state.get_data()).get(_KEY) or {}
    shown = AuditShown(**kept)
    appeal = await desk.db.read(appeal_of, desk.person.id, words)
    if appeal is None:
        await show(message, case_screen(shown, unknown=True))
        return
    await _show(message, shown.model_copy(update={"case": appeal, "before": 0}), desk)


async def check(callback: CallbackQuery, desk: AuditDesk) -> None:
    """Go along the chain and say whether it is whole."""
    await show(callback, checked_screen(await desk.db.read(check_audit, desk.person.id)))


async def _show(event: Event, shown: AuditShown, desk: AuditDesk) -> None:
    day = date.fromordinal(shown.day) if 0 < shown.day < date.max.toordinal() else None
    shown = shown.model_copy(update={"day": day.toordinal() if day else 0})
    wanted = Wanted(
        who=shown.who or None,
        what=shown.what or None,
        on=f"appeal:{shown.case}" if shown.case else None,
        **days(day, day),
    )
    page = await desk.db.write(
        read_audit,
        desk.person.id,
        wanted,
        desk.clock.now(),
        before=shown.before or None,
        limit=_PAGE,
    )
    names = await desk.db.read(names_of, desk.person.id, shown.who, shown.case)
    await show(event, rows_screen(shown, page, dict(names)))


def router() -> Router:
    """Return the router of the audit; for auditors."""
    router, works = Router(name="audit"), Works(Deed.READ_AUDIT)
    router.message.register(begin, Command("audit"), works)
    router.message.register(take_number, StateFilter(Auditing.case), Words(), works)
    router.callback_query.register(show_rows, Pressed(AuditShown), works)
    router.callback_query.register(narrow, Pressed(AuditNarrowed), works)
    router.callback_query.register(check, Pressed(AuditChecked), works)
    return provide(router, "desk", AuditDesk)
