"""The review of how the Road Map was carried out in a quarter, as a PDF or a spreadsheet."""

from datetime import datetime

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.i18n import I18n

from handlers.filters import Pressed, Works
from handlers.papers import Papers
from handlers.screen import acknowledge, show
from handlers.views.execution_callbacks import ReviewMade, ReviewOpened, ReviewPlaces
from handlers.views.execution_paper import execution_paper
from handlers.views.execution_screens import places_screen, review_screen
from services.clock import Clock
from services.exports.kinds import Export
from services.exports.plain import note_file
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from services.reports.execution import last_quarter, read_review, regions_for
from services.reports.quarter import Quarter
from storage.database import Database


async def open_review(
    callback: CallbackQuery, press: ReviewOpened, person: Person, db: Database, clock: Clock
) -> None:
    """Show the files of a quarter and a place."""
    now = clock.now()
    regions = await db.read(regions_for, person.id, now)
    region = press.region if press.region in regions else ""
    newest = last_quarter(now)
    await show(callback, review_screen(_quarter(press.quarter, now), region, newest, regions))


async def choose_place(
    callback: CallbackQuery, press: ReviewPlaces, person: Person, db: Database, clock: Clock
) -> None:
    """Show the places of which this person may read a review."""
    now = clock.now()
    regions = await db.read(regions_for, person.id, now)
    await show(callback, places_screen(_quarter(press.quarter, now), regions))


async def make(
    callback: CallbackQuery,
    press: ReviewMade,
    person: Person,
    papers: Papers,
    organisations: Organisations,
    i18n: I18n,
    db: Database,
    clock: Clock,
) -> None:
    """Make the file and send it below."""
    now = clock.now()
    quarter = _quarter(press.quarter, now)
    review = await db.read(read_review, person.id, quarter, press.region or None, now)
    of = f"{quarter}:{press.region}" if press.region else str(quarter)
    await db.write(note_file, Export.EXECUTION, of, person.id, now)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    with i18n.context(), i18n.use_locale(press.language.value):
        paper = execution_paper(review, organisations.current, now)
    document = await (papers.review_book(paper) if press.book else papers.review(paper))
    name = file_name(quarter, press.region, press.language.value, book=press.book)
    await callback.message.answer_document(BufferedInputFile(document, name))


def file_name(quarter: Quarter, region: str, language: str, *, book: bool) -> str:
    """Return «review-2026-3-71-kk.pdf»."""
    parts = ("review", str(quarter), region, language)
    return f"{'-'.join(part for part in parts if part)}.{'xlsx' if book else 'pdf'}"


def _quarter(written: str, now: datetime) -> Quarter:
    """Return the quarter of a button; the newest one where it names none."""
    try:
        return Quarter.parse(written)
    except ValueError:
        return last_quarter(now)


def router() -> Router:
    """Return the router of reviews, which begin under /reports."""
    router = Router(name="reviews of the programme")
    staff = Works(Deed.READ_EXECUTION)
    router.callback_query.register(open_review, Pressed(ReviewOpened), staff)
    router.callback_query.register(choose_place, Pressed(ReviewPlaces), staff)
    router.callback_query.register(make, Pressed(ReviewMade), staff)
    return router
