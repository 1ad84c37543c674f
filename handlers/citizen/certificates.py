"""Checking a certificate by its number, which anybody may, and getting one's own once more."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.i18n import I18n

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.papers import Papers
from handlers.screen import Event, acknowledge, send, show
from handlers.text import _
from handlers.views.certificate_paper import certificate_sheet, file_name
from handlers.views.certificate_screens import asking_screen, checked_screen, own_screen
from handlers.views.school_callbacks import (
    CertificateCheckBegun,
    CertificateTaken,
    OwnCertificatesShown,
)
from services.organisation.directory import Organisations
from services.people.model import Person
from services.programmes.certificate_check import (
    check_certificate,
    own_certificate,
    own_certificates,
)
from storage.database import Database


class CheckingCertificate(StatesGroup):
    """What the bot waits for."""

    number = State()


async def check_by_command(
    message: Message, command: CommandObject, state: FSMContext, person: Person, db: Database
) -> None:
    """Check the number behind the command, or ask for one."""
    if not command.args:
        await begin(message, state, person, db)
        return
    await state.set_state(None)
    await show(message, checked_screen(await db.read(check_certificate, command.args)))


async def begin(event: Event, state: FSMContext, person: Person, db: Database) -> None:
    """Ask for a number."""
    await state.set_state(CheckingCertificate.number)
    owns = bool(await db.read(own_certificates, person.id))
    await show(event, asking_screen(owns=owns))


async def take_number(message: Message, words: str, state: FSMContext, db: Database) -> None:
    """Check a number; one that is mistyped may be sent once more."""
    checked = await db.read(check_certificate, words)
    if checked.certificate is not None:
        await state.set_state(None)
    await show(message, checked_screen(checked))


async def take_something_else(message: Message, person: Person, db: Database) -> None:
    """Say that a number is asked for."""
    owns = bool(await db.read(own_certificates, person.id))
    problem = _("Please write the number as text.")
    await show(message, asking_screen(owns=owns, problem=problem))


async def open_certificate(event: Event, payload: str, db: Database, **_more: Any) -> None:
    """Check the number of a link, which stands on the paper."""
    await send(event, checked_screen(await db.read(check_certificate, payload)))


async def show_own(
    callback: CallbackQuery, state: FSMContext, person: Person, db: Database
) -> None:
    """Show one's own certificates; no number is waited for any more."""
    if await state.get_state() == CheckingCertificate.number.state:
        await state.set_state(None)
    screen = own_screen(await db.read(own_certificates, person.id))
    # Under the file that was sent the words would have to be its caption.
    await (show if _in_place(callback) else send)(callback, screen)


async def take_own(
    callback: CallbackQuery,
    press: CertificateTaken,
    person: Person,
    bot: Bot,
    papers: Papers,
    organisations: Organisations,
    i18n: I18n,
    db: Database,
) -> None:
    """Draw one's own certificate in this language and send it below."""
    found = await db.read(own_certificate, person.id, press.number)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    name = (await bot.me()).username or ""
    with i18n.context(), i18n.use_locale(press.language.value):
        sheet = certificate_sheet(found, organisations.current, name)
        file = file_name(found)
    document = await papers.certificate(sheet)
    await callback.message.answer_document(BufferedInputFile(document, file))


def _in_place(callback: CallbackQuery) -> bool:
    return isinstance(callback.message, Message) and callback.message.document is None


def router() -> Router:
    """Return the router of /certificate and of one's own."""
    router = Router(name="certificates")
    router.message.register(check_by_command, Command("certificate"))
    router.callback_query.register(begin, Pressed(CertificateCheckBegun))
    router.callback_query.register(show_own, Pressed(OwnCertificatesShown))
    router.callback_query.register(take_own, Pressed(CertificateTaken))
    return router


def words() -> Router:
    """Return the router of the number; it stands behind the menu."""
    router = Router(name="certificates: a number sent")
    waiting = StateFilter(CheckingCertificate.number)
    router.message.register(take_number, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
