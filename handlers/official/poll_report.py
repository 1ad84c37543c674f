"""The full report of a closed poll, as a PDF or a spreadsheet, for officials and operators."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.i18n import I18n

from handlers.filters import Pressed, Works
from handlers.papers import Papers
from handlers.screen import Event, acknowledge, show
from handlers.views.poll_report import report_paper
from handlers.views.poll_report_callbacks import ReportMade, ReportOpened, ReportsListed
from handlers.views.poll_report_screens import report_screen, reports_screen
from services.clock import Clock, local_date
from services.exports.kinds import Export
from services.exports.plain import note_file
from services.language import Language
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.polls.reporting import closed_polls, read_report
from services.polls.results import Result
from storage.database import Database

_PAGE = 8


class Maps(Protocol):
    """Keeps pictures of results by region."""

    async def regions(self, result: Result, language: Language) -> Mapping[int, Path]:
        """Return them by the position of the question, drawn unless they are there."""


async def open_reports(event: Event, state: FSMContext, person: Person, db: Database) -> None:
    """Show the newest closed polls."""
    await state.set_state(None)
    await _show_list(event, person, db, 0)


async def turn_reports(
    callback: CallbackQuery, press: ReportsListed, person: Person, db: Database
) -> None:
    """Show another page of them."""
    await _show_list(callback, person, db, press.before)


async def open_report(
    callback: CallbackQuery, press: ReportOpened, person: Person, db: Database, clock: Clock
) -> None:
    """Show the files of a poll's report."""
    reported = await db.read(read_report, person.id, press.poll, clock.now())
    await show(callback, report_screen(reported, person.roles))


async def make(
    callback: CallbackQuery,
    press: ReportMade,
    person: Person,
    papers: Papers,
    charts: Maps,
    i18n: I18n,
    db: Database,
    clock: Clock,
) -> None:
    """Make the file and send it below: totals only, of a named poll too."""
    now = clock.now()
    reported = await db.read(read_report, person.id, press.poll, now)
    if reported.until is not None:
        await show(callback, report_screen(reported, person.roles))
        return
    await db.write(note_file, Export.REPORT, press.poll, person.id, now)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    language = press.language
    pictures = {} if press.book else await _maps(charts, reported.result, language)
    with i18n.context(), i18n.use_locale(language.value):
        paper = report_paper(reported, now, pictures)
    document = await (papers.book(paper) if press.book else papers.report(paper))
    kind = "xlsx" if press.book else "pdf"
    name = f"poll-{press.poll}-{local_date(now):%Y-%m-%d}-{language.value}.{kind}"
    await callback.message.answer_document(BufferedInputFile(document, name))


async def _maps(charts: Maps, result: Result, language: Language) -> Mapping[int, bytes]:
    """Return the regions of each question as a picture, by the number of the question."""
    paths = await charts.regions(result, language)
    return {question + 1: path.read_bytes() for question, path in paths.items()}


async def _show_list(event: Event, person: Person, db: Database, before: int) -> None:
    page = await db.read(closed_polls, person.id, before, _PAGE)
    moderator = may_somewhere(person.roles, Deed.READ_ANSWERS)
    await show(event, reports_screen(page, first=not before, moderator=moderator))


def router() -> Router:
    """Return the router of reports: /reports and its lists."""
    router = Router(name="poll reports")
    staff = Works(Deed.READ_REPORT)
    router.message.register(open_reports, Command("reports"), staff)
    router.callback_query.register(turn_reports, Pressed(ReportsListed), staff)
    router.callback_query.register(open_report, Pressed(ReportOpened), staff)
    router.callback_query.register(make, Pressed(ReportMade), staff)
    return router
