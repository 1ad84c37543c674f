"""Own appeals: where they stand."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.citizen.appeal.adding import Adding
from handlers.filters import MenuButton, Pressed
from handlers.menu import MY_APPEALS
from handlers.screen import Screen, send, show
from handlers.views.appeal_callbacks import OwnAppeal, OwnAppeals
from handlers.views.appeal_card import own_card_screen, own_list_screen
from services.appeals.following import count_followed
from services.appeals.model import AppealLine
from services.appeals.reading import appeal_card, list_own
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database

PAGE = 6


async def open_list(
    message: Message,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show the newest appeals and leave whatever was going on."""
    await state.set_state(None)
    today = local_date(clock.now())
    lines = await db.read(list_own, person.id, None, PAGE + 1, today)
    await show(message, await _page(lines, organisations, db, person, first=True))


async def turn_page(
    callback: CallbackQuery,
    press: OwnAppeals,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show a page of appeals in place."""
    after = press.after or None
    lines = await db.read(list_own, person.id, after, PAGE + 1, local_date(clock.now()))
    await show(callback, await _page(lines, organisations, db, person, first=after is None))


async def _page(
    lines: list[AppealLine],
    organisations: Organisations,
    db: Database,
    person: Person,
    *,
    first: bool,
) -> Screen:
    followed = await db.read(count_followed, person.id) if first else 0
    return own_list_screen(
        lines[:PAGE],
        organisations.current,
        first=first,
        more=len(lines) > PAGE,
        followed=followed,
    )


async def open_card(
    callback: CallbackQuery,
    press: OwnAppeal,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show one own appeal: in place, but never instead of its receipt.

    Whoever was adding to it has done so.
    """
    if await state.get_state() == Adding.anything:
        await state.set_state(None)
    card = await db.read(appeal_card, press.appeal, person.id, local_date(clock.now()))
    screen = own_card_screen(card, organisations.current)
    await (send if press.receipt else show)(callback, screen)


def router() -> Router:
    """Return the router of /my and of own appeals."""
    router = Router(name="own appeals")
    router.message.register(open_list, Command("my"))
    router.message.register(open_list, MenuButton(MY_APPEALS))
    router.callback_query.register(turn_page, Pressed(OwnAppeals))
    router.callback_query.register(open_card, Pressed(OwnAppeal))
    return router
