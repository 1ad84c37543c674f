"""Extending a running poll, once; and looking at its passport."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.desk_callbacks import ExtensionAsked, ExtensionConfirmed, PassportShown
from handlers.screen import show
from handlers.views.poll_desk import extension_screen, running_passport_screen
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from services.polls.extending import extend_poll, passport_names
from services.polls.reading import find_poll
from storage.database import Database


async def show_passport(
    callback: CallbackQuery, press: PassportShown, db: Database, clock: Clock
) -> None:
    """Show what was fixed by the launch."""
    await _show_passport(callback, press.poll, db, clock.now())


async def ask_to_extend(callback: CallbackQuery, press: ExtensionAsked, db: Database) -> None:
    """Ask by how many days; it is possible only once."""
    found = await db.read(find_poll, press.poll)
    if found is not None:
        await show(callback, extension_screen(found.poll))


async def extend(
    callback: CallbackQuery,
    press: ExtensionConfirmed,
    db: Database,
    clock: Clock,
    person: Person,
) -> None:
    """Let the poll run longer; respondents are told that it was extended."""
    await db.write(extend_poll, press.poll, press.days, person.id, clock.now())
    await _show_passport(callback, press.poll, db, clock.now())


async def _show_passport(
    callback: CallbackQuery, poll_id: int, db: Database, now: datetime
) -> None:
    found = await db.read(find_poll, poll_id)
    if found is not None:
        names = await db.read(passport_names, found.poll)
        await show(callback, running_passport_screen(found, names, now))


def router() -> Router:
    """Return the router of passports and extensions."""
    router = Router(name="poll extension")
    router.callback_query.filter(Works(Deed.EXTEND_POLL))
    router.callback_query.register(show_passport, Pressed(PassportShown))
    router.callback_query.register(ask_to_extend, Pressed(ExtensionAsked))
    router.callback_query.register(extend, Pressed(ExtensionConfirmed))
    return router
