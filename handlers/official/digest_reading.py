"""Under a digest: proof of reading, and the open cases as a file."""

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.filters import Pressed
from handlers.official.digest_callbacks import BookMade, DigestRead
from handlers.papers import Papers
from handlers.screen import acknowledge, change_buttons
from handlers.text import _
from handlers.views.case_book import case_book
from handlers.views.digest_buttons import marked_read
from services.clock import Clock, local_date
from services.digests.reading_proof import mark_read
from services.exports.kinds import Export
from services.exports.plain import note_file
from services.organisation.directory import Organisations
from services.people.model import Person
from services.roadmap.desk import CaseList, list_cases
from storage.database import Database

_MOST = 5000  # cases in a file


async def read(
    callback: CallbackQuery, press: DigestRead, person: Person, db: Database, clock: Clock
) -> None:
    """Note that the digest was read and show so on its button; the words stay as they are."""
    read_at = await db.write(mark_read, person.id, press.digest, clock.now())
    await acknowledge(callback, _("Thank you, it is noted."), alert=False)
    if isinstance(callback.message, Message) and callback.message.reply_markup is not None:
        buttons = marked_read(callback.message.reply_markup, press.digest, read_at)
        await change_buttons(callback, buttons)


async def make_book(
    callback: CallbackQuery,
    person: Person,
    papers: Papers,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Send the open cases of the own scope as a spreadsheet, without personal data."""
    now = clock.now()
    today = local_date(now)
    page = await db.read(list_cases, person.id, CaseList.OPEN, today, after=None, limit=_MOST)
    await db.write(note_file, Export.CASES, f"{today}", person.id, now)
    await acknowledge(callback)
    if isinstance(callback.message, Message):
        book = case_book(page, organisations.current, now)
        document = BufferedInputFile(await papers.cases(book), f"appeals-{today}.xlsx")
        await callback.message.answer_document(document)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="digest reading")
    router.callback_query.register(read, Pressed(DigestRead))
    router.callback_query.register(make_book, Pressed(BookMade))
    return router
