"""An appeal as a PDF with every step of it: for who handles it, and for its citizen."""

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.i18n import I18n

from handlers.filters import Pressed
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.papers import Papers
from handlers.screen import acknowledge, show
from handlers.views.appeal_callbacks import OwnAppeal
from handlers.views.evidence import evidence_sheet, language_screen
from handlers.views.evidence_callbacks import EvidenceAsked, EvidenceMade, OwnEvidenceAsked
from services.appeals.dossier import open_dossier
from services.appeals.evidence import own_evidence, take_evidence
from services.appeals.reading import own_number
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database


async def ask_language(
    callback: CallbackQuery, press: EvidenceAsked, person: Person, db: Database, clock: Clock
) -> None:
    """Ask in which language the document shall be."""
    dossier = await db.write(open_dossier, press.appeal, person.id, clock.now())
    leave = AppealOpened(appeal=press.appeal)
    screen = language_screen(press.appeal, dossier.card.number, leave, own=False)
    await show(callback, screen)


async def ask_own_language(
    callback: CallbackQuery, press: OwnEvidenceAsked, person: Person, db: Database
) -> None:
    """Ask a citizen the same."""
    number = await db.read(own_number, press.appeal, person.id)
    leave = OwnAppeal(appeal=press.appeal)
    await show(callback, language_screen(press.appeal, number, leave, own=True))


async def make(
    callback: CallbackQuery,
    press: EvidenceMade,
    person: Person,
    organisations: Organisations,
    papers: Papers,
    i18n: I18n,
    db: Database,
    clock: Clock,
) -> None:
    """Draw the document and send it below."""
    asked = press.appeal, person.id, clock.now()
    if press.own:
        evidence = await db.read(own_evidence, *asked)
    else:
        evidence = await db.write(take_evidence, *asked)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    with i18n.context(), i18n.use_locale(press.language.value):
        sheet = evidence_sheet(evidence, organisations.current)
    document = await papers.draw(sheet)
    name = f"{evidence.card.number}-{press.language.value}.pdf"
    await callback.message.answer_document(BufferedInputFile(document, name))


def router() -> Router:
    """Return the router of documents."""
    router = Router(name="evidence")
    router.callback_query.register(ask_language, Pressed(EvidenceAsked))
    router.callback_query.register(ask_own_language, Pressed(OwnEvidenceAsked))
    router.callback_query.register(make, Pressed(EvidenceMade))
    return router
