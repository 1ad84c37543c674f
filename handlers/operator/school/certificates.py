"""Issuing certificates, revoking one, and issuing another with a corrected name.

The number whose name is being corrected stands under `certificate` in the conversation, with the
last message that was heard.
"""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.screen import show
from handlers.text import _
from handlers.views.certificate_desk import (
    book_screen,
    certificate_screen,
    name_screen,
    reasons_screen,
)
from handlers.views.school_callbacks import (
    BookShown,
    CertificateNameAsked,
    CertificateOpened,
    CertificateRevoked,
    CertificatesIssued,
    RevocationAsked,
)
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from services.programmes.certificate_changing import (
    correct_name,
    read_certificate,
    revoke_certificate,
)
from services.programmes.certificates import issue_certificates, read_book
from services.refusal import Refusal
from storage.database import Database

_KEY = "certificate"


class CorrectingName(StatesGroup):
    """What the bot waits for."""

    name = State()


async def open_book(
    callback: CallbackQuery, press: BookShown, person: Person, db: Database, clock: Clock
) -> None:
    """Show who has a certificate and who lacks one."""
    book = await db.write(read_book, person.id, press.programme, press.after, clock.now())
    await show(callback, book_screen(book))


async def issue(
    callback: CallbackQuery,
    press: CertificatesIssued,
    person: Person,
    bot: Bot,
    db: Database,
    clock: Clock,
) -> None:
    """Issue to everybody who came often enough."""
    name, now = await _name_of(bot), clock.now()
    issued = await db.write(issue_certificates, person.id, press.programme, name, now)
    book = await db.write(read_book, person.id, press.programme, 0, now)
    await show(callback, book_screen(book, issued))


async def open_certificate(
    callback: CallbackQuery,
    press: CertificateOpened,
    person: Person,
    state: FSMContext,
    db: Database,
    clock: Clock,
) -> None:
    """Show one certificate; no name is waited for any more."""
    await _leave(state)
    found = await db.write(read_certificate, person.id, press.number, clock.now())
    await show(callback, certificate_screen(found))


async def ask_reason(callback: CallbackQuery, press: RevocationAsked) -> None:
    """Ask why it shall be good no more."""
    await show(callback, reasons_screen(press.number))


async def revoke(
    callback: CallbackQuery, press: CertificateRevoked, person: Person, db: Database, clock: Clock
) -> None:
    """Let it be good no more."""
    revoked = await db.write(
        revoke_certificate, person.id, press.number, press.reason, clock.now()
    )
    await show(callback, certificate_screen(revoked))


async def ask_name(
    callback: CallbackQuery, press: CertificateNameAsked, state: FSMContext
) -> None:
    """Ask how the name shall be spelt."""
    await state.set_state(CorrectingName.name)
    await state.update_data({_KEY: {**await _kept(state), "number": press.number}})
    await show(callback, name_screen(press.number))


async def take_name(
    message: Message,
    words: str,
    person: Person,
    bot: Bot,
    state: FSMContext,
    db: Database,
    clock: Clock,
) -> None:
    """Issue another certificate under this name; a repeated message changes nothing."""
    kept = await _kept(state)
    number = kept.get("number", "")
    if message.message_id <= kept.get("heard", 0):
        return
    name, now = await _name_of(bot), clock.now()
    try:
        new = await db.write(correct_name, person.id, number, words, name, now)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await show(message, name_screen(number, problem))
        return
    await state.set_state(None)
    await state.update_data({_KEY: {"heard": message.message_id}})
    await show(message, certificate_screen(new))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that a name is asked for."""
    number = (await _kept(state)).get("number", "")
    await show(message, name_screen(number, _("Please write the name in letters.")))


async def _name_of(bot: Bot) -> str:
    return (await bot.me()).username or ""


async def _kept(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


async def _leave(state: FSMContext) -> None:
    if await state.get_state() == CorrectingName.name.state:
        await state.set_state(None)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="school: certificates")
    router.callback_query.register(open_book, Pressed(BookShown), Works(Deed.READ_CERTIFICATES))
    router.callback_query.register(
        open_certificate, Pressed(CertificateOpened), Works(Deed.READ_CERTIFICATES)
    )
    router.callback_query.register(
        issue, Pressed(CertificatesIssued), Works(Deed.ISSUE_CERTIFICATES)
    )
    router.callback_query.register(
        ask_reason, Pressed(RevocationAsked), Works(Deed.REVOKE_CERTIFICATE)
    )
    router.callback_query.register(
        revoke, Pressed(CertificateRevoked), Works(Deed.REVOKE_CERTIFICATE)
    )
    router.callback_query.register(
        ask_name, Pressed(CertificateNameAsked), Works(Deed.CORRECT_CERTIFICATE)
    )
    return router


def words() -> Router:
    """Return the router of the name."""
    router = Router(name="school: a name sent")
    router.message.filter(Works(Deed.CORRECT_CERTIFICATE), StateFilter(CorrectingName.name))
    router.message.register(take_name, Words())
    router.message.register(take_something_else, NotWords())
    return router
