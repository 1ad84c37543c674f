"""Own appeals: where they stand."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import MenuButton, Pressed
from handlers.menu import MY_APPEALS
from handlers.screen import send, show
from handlers.views.appeal_callbacks import OwnAppeal, OwnAppeals
from handlers.views.appeal_card import own_card_screen, own_list_screen
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
    more = len(lines) > PAGE
    organisation = organisations.current
    await show(message, own_list_screen(lines[:PAGE], organisation, first=True, more=more))


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
    more = len(lines) > PAGE
    organisation = organisations.current
    first = after is None
    await show(callback, own_list_screen(lines[:PAGE], organisation, first=first, more=more))


async def open_card(
    callback: CallbackQuery,
    press: OwnAppeal,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show one own appeal: in place, but never instead of its receipt."""
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
