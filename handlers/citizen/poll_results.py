"""Results of polls: the list for everybody, and each page by page."""

from collections.abc import Mapping, Sequence

from aiogram import Router
from aiogram.types import CallbackQuery, FSInputFile, InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.filters import Pressed
from handlers.screen import Event, Screen, send, show, turn
from handlers.text import N_, _, current_language
from handlers.views.poll_callbacks import PollList, PollOpened, ResultList
from handlers.views.poll_captions import answers_caption, caption, overview
from handlers.views.poll_done import (
    DoneShown,
    done_row,
    done_screen,
    done_words,
    staff_button,
)
from handlers.views.poll_pages import ResultPage, first_page, page_keyboard, to_results
from handlers.views.poll_report_callbacks import ReportOpened
from handlers.views.story_words import stories_row
from services.clock import Clock
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.polls.done import Followed, followed, followed_among
from services.polls.pages import Page, is_drawn
from services.polls.political import check_shown
from services.polls.publishing import Charts
from services.polls.reading import find_result, latest_results
from services.polls.results import Result
from services.polls.waves import waves_of
from services.refusal import Refusal
from services.stories.model import TieKind
from services.stories.reading import stories_about
from services.text.length import shortened
from storage.database import Database

_PAGE = 5
_LABEL_LENGTH = 60


async def show_result(
    callback: CallbackQuery,
    result: Result,
    db: Database,
    person: Person,
    charts: Charts,
    clock: Clock,
) -> None:
    """Show a result as a new message: a survey in words, one question with its picture."""
    if len(result.poll.questions) > 1:
        await send(callback, await _survey_screen(result, db, person, clock))
        return
    await send(callback, await _page_screen(result, Page(0), db, person, charts, clock))


async def show_in_words(
    event: Event, result: Result, db: Database, person: Person, clock: Clock
) -> None:
    """Show a result without a picture, and the way to it."""
    if len(result.poll.questions) > 1:
        await send(event, await _survey_screen(result, db, person, clock))
        return
    chart = button(_("📈 Show the chart"), PollOpened(poll=result.poll.id))
    rows = [[chart]] if is_drawn(result, 0) else []
    rows += [done_row(await db.read(followed, result.poll.id))]
    rows += [await _stories(result.poll.id, db, clock), _staff_row(result, person)]
    text = answers_caption(result, 0, pictured=False)
    await send(event, Screen(text, keyboard(*rows, [to_results()])))


async def turn_page(
    callback: CallbackQuery,
    press: ResultPage,
    db: Database,
    person: Person,
    charts: Charts,
    clock: Clock,
) -> None:
    """Show another page in place."""
    result = await db.read(find_result, press.poll)
    if result is None or not 0 <= press.question < len(result.poll.questions):
        raise Refusal(N_("There is no such poll."))
    await db.read(check_shown, result.poll.passport.topic_class, clock.now())
    page = Page(press.question, press.view)
    await turn(callback, await _page_screen(result, page, db, person, charts, clock))


async def show_done(callback: CallbackQuery, press: DoneShown, db: Database, clock: Clock) -> None:
    """Show what was done after a poll."""
    found = await db.read(followed, press.poll)
    if found is None or found.told_at is None:
        raise Refusal(N_("There is no such poll."))
    await send(callback, done_screen(found, await _stories(press.poll, db, clock)))


async def show_results(callback: CallbackQuery, press: ResultList, db: Database) -> None:
    """Show the results of closed polls, archived ones too, the newest first, by pages."""
    results = await db.read(latest_results, _PAGE + 1, press.before or None)
    what_became = await db.read(followed_among, [result.poll.id for result in results])
    await show(callback, _results_screen(results, what_became))


async def _page_screen(
    result: Result, page: Page, db: Database, person: Person, charts: Charts, clock: Clock
) -> Screen:
    waves = await db.read(waves_of, result)
    picture = await charts.page(result, page, waves, current_language())
    photo = None if picture is None else FSInputFile(picture)
    buttons = page_keyboard(result, page, waves)
    last = [buttons.inline_keyboard[-1]]
    if len(result.poll.questions) == 1:
        done = done_row(await db.read(followed, result.poll.id))
        told = await _stories(result.poll.id, db, clock)
        last = [done, told, _staff_row(result, person), *last]
    rows = [*buttons.inline_keyboard[:-1], *last]
    text = caption(result, page, waves, pictured=photo is not None)
    return Screen(text, keyboard(*rows), photo)


async def _survey_screen(result: Result, db: Database, person: Person, clock: Clock) -> Screen:
    text = overview(result)
    found = await db.read(followed, result.poll.id)
    if found is not None and found.told_at is not None:
        text = done_words(text, found)
    pages = [first_page(result)] if result.tables else []
    told = await _stories(result.poll.id, db, clock)
    return Screen(text, keyboard(pages, told, _staff_row(result, person), [to_results()]))


async def _stories(poll: int, db: Database, clock: Clock) -> list[InlineKeyboardButton]:
    found = await db.read(stories_about, TieKind.POLL, str(poll), clock.now())
    return stories_row(found, TieKind.POLL, str(poll))


def _staff_row(result: Result, person: Person) -> list[InlineKeyboardButton]:
    row = []
    if may_somewhere(person.roles, Deed.TELL_DONE):
        row.append(staff_button(result.poll.id))
    if may_somewhere(person.roles, Deed.READ_REPORT):
        row.append(button(_("📑 Full report"), ReportOpened(poll=result.poll.id)))
    return row


def _results_screen(results: Sequence[Result], became: Mapping[int, Followed]) -> Screen:
    page = results[:_PAGE]
    polls = [result.poll for result in page]
    language = current_language()
    rows = [
        [
            button(
                f"{_mark(became.get(poll.id))} {shortened(poll.title(language), _LABEL_LENGTH)}",
                PollOpened(poll=poll.id),
            )
        ]
        for poll in polls
    ]
    if len(results) > _PAGE:
        rows.append([button(_("Older ›"), ResultList(before=polls[-1].id))])
    rows.append([button(_("‹ Open polls"), PollList())])
    text = _("Results of closed polls, the newest first.") if page else _("No results yet.")
    if any(one.told_at is not None for one in became.values()):
        text += "\n" + _("✅ people were told what was done; 🗄 in the archive.")
    return Screen(text, keyboard(*rows))


def _mark(found: Followed | None) -> str:
    if found is None or found.told_at is None:
        return "📈"
    return "✅" if found.archived_at is None else "🗄"


def router() -> Router:
    """Return the router of results."""
    router = Router(name="poll results")
    router.callback_query.register(turn_page, Pressed(ResultPage))
    router.callback_query.register(show_done, Pressed(DoneShown))
    router.callback_query.register(show_results, Pressed(ResultList))
    return router
