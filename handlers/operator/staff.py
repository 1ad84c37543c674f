"""The staff, for administrators and auditors: who works here, and the end of a role."""

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BotCommandScopeChat, CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.screen import Event, show
from handlers.text import _
from handlers.views.staff_callbacks import (
    EndAsked,
    EndConfirmed,
    MemberShown,
    ResetAsked,
    ResetConfirmed,
    StaffListed,
)
from handlers.views.staff_screens import (
    end_screen,
    ended_note,
    gone_screen,
    grants_of,
    member_screen,
    reset_screen,
    staff_screen,
)
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.directory import Directory
from services.people.dismissal import dismiss, end_role
from services.people.model import Person, Role
from services.people.sessions import reset_pin
from services.people.staff import Member, find_member, list_staff
from storage.database import Database


async def begin(message: Message, state: FSMContext, db: Database, person: Person) -> None:
    """Show the staff; what was being written stays as a draft."""
    await state.set_state(None)
    await _show_list(message, db, person, 0)


async def turn_page(
    callback: CallbackQuery, press: StaffListed, db: Database, person: Person
) -> None:
    """Show another page of the staff."""
    await _show_list(callback, db, person, press.after)


async def show_member(
    callback: CallbackQuery,
    press: MemberShown,
    db: Database,
    person: Person,
    organisations: Organisations,
) -> None:
    """Show what somebody may do."""
    await _show_member(callback, press.person, db, person, organisations)


async def ask_to_end(
    callback: CallbackQuery,
    press: EndAsked,
    db: Database,
    person: Person,
    organisations: Organisations,
) -> None:
    """Ask before a role ends."""
    member = await db.read(find_member, person.id, press.person)
    if member is None or not grants_of(member, press.which):
        await _show_member(callback, press.person, db, person, organisations)
        return
    await show(callback, end_screen(member, press.which, organisations.current))


async def end(  # the event and everything that it needs
    callback: CallbackQuery,
    press: EndConfirmed,
    db: Database,
    clock: Clock,
    person: Person,
    people: Directory,
    organisations: Organisations,
    bot: Bot,
) -> None:
    """End a role, or all of them; a repeated tap shows how it is."""
    member = await db.read(find_member, person.id, press.person)
    grants = [] if member is None else grants_of(member, press.which)
    if not grants:
        await _show_member(callback, press.person, db, person, organisations)
        return
    if press.which:
        left = await db.write(end_role, person.id, press.person, grants[0], clock.now())
    else:
        left = await db.write(dismiss, person.id, press.person, clock.now())
    people.forget(press.person)
    if left.gone:
        await _take_commands_away(bot, press.person)
        await show(callback, gone_screen(ended_note(left)))
        return
    await _show_member(callback, press.person, db, person, organisations, ended_note(left))


async def ask_to_reset(
    callback: CallbackQuery,
    press: ResetAsked,
    db: Database,
    person: Person,
    organisations: Organisations,
) -> None:
    """Ask before a PIN is forgotten."""
    member = await db.read(find_member, person.id, press.person)
    if member is None:
        await _show_member(callback, press.person, db, person, organisations)
        return
    await show(callback, reset_screen(member))


async def reset(
    callback: CallbackQuery,
    press: ResetConfirmed,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    """Let somebody choose another PIN."""
    await db.write(reset_pin, person.id, press.person, clock.now())
    note = _("✅ The PIN is reset.")
    await _show_member(callback, press.person, db, person, organisations, note)


async def _show_list(event: Event, db: Database, person: Person, after: int) -> None:
    found = await db.read(list_staff, person.id, after=after)
    await show(event, staff_screen(found, changing=_may_change(person), first=not after))


async def _show_member(
    callback: CallbackQuery,
    person_id: int,
    db: Database,
    person: Person,
    organisations: Organisations,
    note: str = "",
) -> None:
    member: Member | None = await db.read(find_member, person.id, person_id)
    if member is None:
        await show(callback, gone_screen())
        return
    screen = member_screen(member, organisations.current, changing=_may_change(person), note=note)
    await show(callback, screen)


def _may_change(person: Person) -> bool:
    return person.is_a(Role.ADMINISTRATOR)


async def _take_commands_away(bot: Bot, person_id: int) -> None:
    """Leave somebody the commands of everybody; those of staff would lead nowhere."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=person_id))
    except TelegramAPIError:  # they have deleted the chat: nothing is shown to them anyway
        return


def router() -> Router:
    """Return the router of the staff."""
    router = Router(name="staff")
    reading, ending, resetting = (
        Works(deed) for deed in (Deed.READ_STAFF, Deed.DISMISS, Deed.RESET_PIN)
    )
    router.message.register(begin, Command("staff"), reading)
    router.callback_query.register(turn_page, Pressed(StaffListed), reading)
    router.callback_query.register(show_member, Pressed(MemberShown), reading)
    router.callback_query.register(ask_to_end, Pressed(EndAsked), ending)
    router.callback_query.register(end, Pressed(EndConfirmed), ending)
    router.callback_query.register(ask_to_reset, Pressed(ResetAsked), resetting)
    router.callback_query.register(reset, Pressed(ResetConfirmed), resetting)
    return router
